/**
 * From the text of `vitals.config.jsonc` to a {@linkcode MonitorConfig} in which nothing can be wrong any
 * more. Knows no files and no clock.
 *
 * @module
 */

import { RUN_DURATION } from "@/lib/domain/job_run.ts";
import { BUILT_IN_METRICS, type Metric } from "@/lib/domain/metric.ts";
import { quote } from "@/lib/domain/quote.ts";
import { formatPath } from "@/lib/domain/value_path.ts";
import type { MonitorConfig } from "@/lib/ports/monitor_config.ts";

import { checkReferences } from "./check_references.ts";
import { ConfigError, type ConfigIssue, type Position } from "./config_error.ts";
import { type Entries, type Placed, readEntries, type Section } from "./entries.ts";
import type { MetricEntry } from "./entry_types.ts";
import { type JsoncDocument, parseJsonc } from "./jsonc_document.ts";
import { resolveAuth } from "./resolve_auth.ts";
import { resolveHistory } from "./resolve_history.ts";
import { resolveAlerting, resolveWindow } from "./resolve_maintenance.ts";
import { resolveReceiver } from "./resolve_receivers.ts";
import { type Report, resolveRule } from "./resolve_rule.ts";
import { resolveServices } from "./resolve_services.ts";
import { resolveStatusPage } from "./resolve_status.ts";
import { findSchemaIssues } from "./schema.ts";
import type { Finding } from "./schema_issues.ts";
import { resolveOtlpDefaults } from "./sources/otlp.ts";
import type { ReadVariable } from "./variables.ts";

/** Options for {@linkcode parseConfig}. */
export interface ParseConfigOptions {
  /**
   * Names of the profiles that can be simulated.
   *
   * @default {undefined} Any name will do.
   */
  readonly profiles?: readonly string[] | undefined;
  /**
   * The environment, for what `${NAME}` stands for.
   *
   * @default {() => undefined} Nothing is set.
   */
  readonly env?: ReadVariable | undefined;
}

/**
 * Returns what a text of JSON with comments and trailing commas configures. A section that is left out
 * takes its default: no further metrics, no services, the default rules, the default limits, nobody to tell,
 * no maintenance, no origins, nobody else to read, a history in the usual folder for the usual time, exports
 * once a minute, probes without restrictions, a status page of all services, no tokens.
 *
 * @throws {ConfigError} If anything is wrong; it names everything that is.
 *
 * @example One pushing service, all else as it comes
 * ```ts
 * import { parseConfig } from "@/lib/config/parse_config.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { services } = parseConfig('{ "services": [{ "name": "checkout" }] }');
 * assertEquals(services[0]?.source, { kind: "push" });
 * assertEquals(services[0]?.rules.length, 5);
 * ```
 */
export function parseConfig(text: string, options: ParseConfigOptions = {}): MonitorConfig {
  const document = parseJsonc(text);
  const { config, findings } = interpretConfig(document.value, options);
  if (config === null || findings.length > 0) throw new ConfigError(locate(findings, document));
  return config;
}

/** What a value says as a configuration. */
export interface Interpretation {
  /** The configuration; not to be used if there are findings. */
  readonly config: MonitorConfig | null;
  /** All that is wrong; at least one if there is no configuration. */
  readonly findings: readonly Finding[];
}

/** Returns what a value of plain JSON configures, for those who read it from elsewhere than its own file. */
export function interpretConfig(value: unknown, options: ParseConfigOptions = {}): Interpretation {
  const findings = [...findSchemaIssues(value)];
  const entries = readEntries(value);
  const report: Report = (path, message) => void findings.push({ path, message });
  return { config: entries && resolve(entries, report, options), findings };
}

function resolve(
  entries: Entries,
  report: Report,
  { profiles = undefined, env = () => undefined }: ParseConfigOptions,
): MonitorConfig {
  const metrics = resolveMetrics(entries, report);
  checkDuplicates(entries, report);
  const known = {
    metric: [...metrics.keys()],
    service: namesIn(entries.services),
    rule: namesIn(entries.rules),
    profile: profiles ?? null,
  };
  checkReferences(entries, { known, report });
  const rules = entries.rules.placed.map(({ path, entry }) => ({
    entry,
    rule: resolveRule(entry, { path, metrics, report }),
  }));
  checkLimits(entries, report);
  checkOrigins(entries, report);
  const sources = {
    otlp: resolveOtlpDefaults(entries.sources.otlp, report),
    probe: entries.sources.probe,
  };
  return {
    metrics: [...metrics.values()].filter((metric) => metric !== null),
    services: resolveServices(entries.services, { metrics, rules, env, report, sources }),
    rules: rules.map(({ rule }) => rule).filter((rule) => rule !== null),
    limits: entries.limits,
    receivers: resolveAll(entries.receivers, (placed) => resolveReceiver(placed, { env, report })),
    maintenance: resolveAll(entries.maintenance, (placed) => resolveWindow(placed, report)),
    alerting: resolveAlerting(entries.alerting, report),
    origins: entries.origins.map(({ entry }) => entry),
    cors: entries.cors,
    history: resolveHistory(entries.history, report),
    sources,
    status: resolveStatusPage(entries.status, { windows: namesIn(entries.maintenance), report }),
    auth: resolveAuth(entries.auth, report),
  };
}

/** Leaves out what means nothing; that was reported. */
function resolveAll<Entry, Meaning>(
  { placed }: Section<Entry>,
  resolveOne: (placed: Placed<Entry>) => Meaning | null,
): readonly Meaning[] {
  return placed.map(resolveOne).filter((meaning) => meaning !== null);
}

function namesIn({ names }: Section<unknown>): readonly string[] {
  return [...new Set(names.map(({ entry }) => entry))];
}

/** Returns all metrics by id: the built-in ones first; `null` for one whose entry is wrong. */
function resolveMetrics(entries: Entries, report: Report): ReadonlyMap<string, Metric | null> {
  const own = [...BUILT_IN_METRICS, ...hasJobs(entries) ? [RUN_DURATION] : []];
  const metrics = new Map<string, Metric | null>(own.map((metric) => [metric.id, metric]));
  for (const { path, entry: id } of entries.metrics.names) {
    if (own.some((metric) => metric.id === id)) report(path, `${id} is built in`);
    // Samples keep their values in plain objects, where these names already mean something.
    else if (id in {}) report(path, `must not be ${quote(id)}`);
    else metrics.set(id, null);
  }
  for (const placed of entries.metrics.placed) {
    if (metrics.get(placed.entry.id) === null) {
      metrics.set(placed.entry.id, resolveMetric(placed, report));
    }
  }
  return metrics;
}

/** How long runs take is a metric only where there are any. */
function hasJobs({ services }: Entries): boolean {
  return services.placed.some(({ entry }) => entry.source.kind === "heartbeat");
}

function resolveMetric({ path, entry }: Placed<MetricEntry>, report: Report): Metric | null {
  if (entry.min >= entry.max) {
    report([...path, "max"], `must be above "min": ${entry.min}, got ${entry.max}`);
    return null;
  }
  return { ...entry, name: entry.name ?? entry.label };
}

function checkDuplicates(entries: Entries, report: Report): void {
  const { metrics, rules, services, receivers, maintenance } = entries;
  for (const { names } of [metrics, rules, services, receivers, maintenance]) {
    const seen = new Map<string, Placed<string>>();
    for (const name of names) {
      const first = seen.get(name.entry);
      if (first === undefined) {
        seen.set(name.entry, name);
      } else {
        const owner = formatPath(first.path.slice(0, -1));
        report(name.path, `${quote(name.entry)} is taken by ${owner}`);
      }
    }
  }
}

function checkOrigins({ origins }: Entries, report: Report): void {
  const seen = new Map<string, Placed<string>>();
  for (const origin of origins) {
    const first = seen.get(origin.entry);
    if (first === undefined) {
      seen.set(origin.entry, origin);
    } else {
      report(origin.path, `repeats ${formatPath(first.path)}, ${quote(origin.entry)}`);
    }
  }
}

function checkLimits({ services, limits }: Entries, report: Report): void {
  const listed = services.names.length;
  if (listed <= limits.services) return;
  const message = `must be at least ${listed}, the number of listed services`;
  report(["limits", "services"], `${message}, got ${limits.services}`);
}

/** Returns findings with their places in the text, in its order. */
export function locate(
  findings: readonly Finding[],
  document: JsoncDocument,
): readonly ConfigIssue[] {
  return findings
    .map(({ path, message }) => {
      return { path: formatPath(path), message, position: document.locate(path) };
    })
    .sort((one, other) => comparePositions(one.position, other.position));
}

function comparePositions(one: Position, other: Position): number {
  return one.line - other.line || one.column - other.column;
}

/** The configuration of a monitor without a file. */
export const DEFAULT_CONFIG: MonitorConfig = parseConfig("{}");
