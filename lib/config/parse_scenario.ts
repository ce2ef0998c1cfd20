/**
 * From the text of a scenario's file to a {@linkcode Scenario} and the configuration that it is played under in
 * virtual time. Knows no files and no clock.
 *
 * @module
 */

import { quote } from "@/lib/domain/quote.ts";
import type { Scenario } from "@/lib/domain/scenario.ts";
import { suggest } from "@/lib/domain/suggest.ts";
import type { MonitorConfig } from "@/lib/ports/monitor_config.ts";
import type { PlayableScenario } from "@/lib/ports/playable_scenario.ts";

import { ConfigError } from "./config_error.ts";
import { parseJsonc } from "./jsonc_document.ts";
import { interpretConfig, locate } from "./parse_config.ts";
import { type DurationBounds, resolveDuration } from "./resolve_durations.ts";
import { COUNTED_REASONS, readScenario, type ScenarioEntry } from "./schema_scenario.ts";
import type { Finding } from "./schema_issues.ts";

/** Options for {@linkcode parseScenario}. */
export interface ParseScenarioOptions {
  /** The name of the scenario: that of its file, without its ending. */
  readonly name: string;
  /** Names of the profiles that can be simulated. */
  readonly profiles: readonly string[];
}

/** The name of the receiver that counts. */
export const AUDIENCE = "audience";

/** How long things may take. */
const WHOLE: DurationBounds = { min: "1s", max: "2h" };
const MOMENT: DurationBounds = { min: "0s", max: "2h" };

/**
 * Returns the scenario that a text of JSON with comments and trailing commas tells.
 *
 * @throws {ConfigError} If anything is wrong, with the lines. What parts say about each other is looked at once
 * each of them is well-formed.
 *
 * @example Nothing happens, and nothing is expected to
 * ```ts
 * import { parseScenario } from "@/lib/config/parse_scenario.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = `{
 *   "summary": "Nothing happens.",
 *   "duration": "1m",
 *   "services": [{ "name": "auth-service", "profile": "api" }],
 *   "expects": {},
 * }`;
 * const { scenario } = parseScenario(text, { name: "quiet", profiles: ["api"] });
 * assertEquals([scenario.durationMs, scenario.expects.alerts], [60_000, []]);
 * ```
 */
export function parseScenario(
  text: string,
  { name, profiles }: ParseScenarioOptions,
): PlayableScenario {
  const document = parseJsonc(text);
  const shape = readScenario(document.value);
  if (shape.kind === "malformed") throw new ConfigError(locate(shape.findings, document));
  const { config, findings: own } = interpretConfig(configOf(shape.entry), { profiles });
  const findings = own.map(fromConfig);
  const scenario = new Reading(shape.entry, config, findings).scenario(name);
  if (config === null || findings.length > 0) throw new ConfigError(locate(findings, document));
  return { scenario, config };
}

/** What is not said here is as in a configuration that says nothing of it. */
function configOf({ services, seed }: ScenarioEntry): unknown {
  return {
    services: services.map(({ name, profile, dependsOn, rules, ...own }, index) => ({
      ...{ name, dependsOn, rules },
      source: { kind: "simulated", profile, seed: own.seed ?? seed + index },
    })),
    receivers: [{ name: AUDIENCE, kind: "log" }],
    history: { path: ":memory:" },
  };
}

/** In a scenario the profile stands beside the name. */
function fromConfig({ path, message }: Finding): Finding {
  return { path: path.filter((key) => key !== "source"), message };
}

/** Reads an entry, and notes what is wrong between its parts. */
class Reading {
  readonly #entry: ScenarioEntry;
  readonly #services: readonly string[];
  readonly #rules: readonly string[];
  readonly #findings: Finding[];

  constructor(entry: ScenarioEntry, config: MonitorConfig | null, findings: Finding[]) {
    this.#entry = entry;
    this.#services = entry.services.map(({ name }) => name);
    this.#rules = config?.rules.map(({ name }) => name) ?? [];
    this.#findings = findings;
  }

  scenario(name: string): Scenario {
    const { summary, seed, duration } = this.#entry;
    const durationMs = this.#span(duration, ["duration"], WHOLE);
    return {
      ...{ name, summary, seed, durationMs, services: this.#services },
      timeline: this.#timeline(durationMs).sort((one, other) => one.atMs - other.atMs),
      expects: {
        alerts: this.#alerts(durationMs),
        statuses: this.#statuses(durationMs),
        notifications: this.#notifications(),
      },
    };
  }

  #timeline(endMs: number): Scenario["timeline"][number][] {
    return this.#entry.timeline.map(({ at, service, kind, intensity, duration }, index) => {
      const path = ["timeline", index];
      this.#checkService(service, path);
      const atMs = this.#moment(at, [...path, "at"], endMs);
      const durationMs = this.#span(duration, [...path, "duration"], WHOLE);
      if (atMs + durationMs > endMs) {
        this.#complain([...path, "duration"], "must be over before the scenario is");
      }
      return { atMs, service, kind, intensity, durationMs };
    });
  }

  #alerts(endMs: number): Scenario["expects"]["alerts"] {
    return this.#entry.expects.alerts.map(
      ({ service, rule, fires, resolves, tolerance }, index) => {
        const path = ["expects", "alerts", index];
        this.#checkService(service, path);
        if (!this.#rules.includes(rule)) {
          this.#complain(
            [...path, "rule"],
            `no rule is called ${quote(rule)}${suggest(rule, this.#rules)}`,
          );
        }
        return {
          ...{ service, rule, firesAtMs: this.#moment(fires, [...path, "fires"], endMs) },
          resolvesAtMs: resolves === undefined
            ? null
            : this.#moment(resolves, [...path, "resolves"], endMs),
          toleranceMs: this.#tolerance(tolerance, path),
        };
      },
    );
  }

  #statuses(endMs: number): Scenario["expects"]["statuses"] {
    return this.#entry.expects.statuses.map(({ at, service, status, tolerance }, index) => {
      const path = ["expects", "statuses", index];
      this.#checkService(service, path);
      return {
        ...{ atMs: this.#moment(at, [...path, "at"], endMs), service, status },
        toleranceMs: this.#tolerance(tolerance, path),
      };
    });
  }

  #notifications(): Scenario["expects"]["notifications"] {
    const { notifications } = this.#entry.expects;
    const counts = COUNTED_REASONS.flatMap((reason) => {
      const count = notifications[reason];
      return count === undefined ? [] : [[reason, count] as const];
    });
    return { total: notifications.total ?? null, byReason: Object.fromEntries(counts) };
  }

  #tolerance(own: string | undefined, path: Finding["path"]): number {
    if (own !== undefined) return this.#span(own, [...path, "tolerance"], MOMENT);
    return this.#span(this.#entry.expects.tolerance, ["expects", "tolerance"], MOMENT);
  }

  #moment(text: string, path: Finding["path"], endMs: number): number {
    const atMs = this.#span(text, path, MOMENT);
    if (atMs > endMs) this.#complain(path, `must be within the scenario, got ${quote(text)}`);
    return atMs;
  }

  #span(text: string, path: Finding["path"], bounds: DurationBounds): number {
    return resolveDuration(text, bounds, {
      path,
      report: (place, message) => this.#complain(place, message),
    }) ?? 0;
  }

  #checkService(name: string, path: Finding["path"]): void {
    if (this.#services.includes(name)) return;
    const known = suggest(name, this.#services);
    this.#complain([...path, "service"], `no service is called ${quote(name)}${known}`);
  }

  /** What is shared, such as the tolerance, is complained of once. */
  #complain(path: Finding["path"], message: string): void {
    const isKnown = this.#findings.some((finding) =>
      finding.message === message && finding.path.join() === path.join()
    );
    if (!isKnown) this.#findings.push({ path, message });
  }
}
