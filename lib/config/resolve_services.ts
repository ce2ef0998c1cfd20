/**
 * Turns services as the file has them into services with their rules, and checks what they need. That names
 * mean something is checked in `check_references.ts`.
 *
 * @module
 */

import { allowSilence } from "@/lib/domain/allow_silence.ts";
import { quote } from "@/lib/domain/quote.ts";
import { appliesTo, type Rule } from "@/lib/domain/rule.ts";
import type { ServiceConfig } from "@/lib/ports/monitor_config.ts";
import type { SourceConfig } from "@/lib/ports/source_config.ts";

import { findCycles } from "./dependency_cycles.ts";
import type { Placed, Section } from "./entries.ts";
import type { RuleChanges, RuleEntry, ServiceEntry } from "./entry_types.ts";
import { mergeOverride } from "./merge_override.ts";
import { resolveRule, type RuleScope } from "./resolve_rule.ts";
import { expectJob, isForJobs, ownRules } from "./sources/job_rules.ts";
import { resolveSource, type SourceScope } from "./sources/resolve_source.ts";

/** A rule as the file has it beside what it means; `rule` is `null` if it means nothing. */
export interface ResolvedRule {
  /** As it stands in the file. */
  readonly entry: RuleEntry;
  /** What it means. */
  readonly rule: Rule | null;
}

/** What services are resolved against. */
export interface ServiceScope extends Pick<RuleScope, "report">, SourceScope {
  /** The well-formed rules. */
  readonly rules: readonly ResolvedRule[];
}

/** Returns the services; what is wrong with them is reported, and then they are not to be used. */
export function resolveServices(
  services: Section<ServiceEntry>,
  scope: ServiceScope,
): readonly ServiceConfig[] {
  checkDependencies(services, scope);
  return services.placed.flatMap((placed) => {
    checkOverrides(placed, scope);
    const { name, tags, dependsOn } = placed.entry;
    const source = resolveSource(placed, scope);
    if (source === null) return [];
    return [{ name, tags, dependsOn, source, rules: resolveRules(placed, source, scope) }];
  });
}

function checkDependencies({ placed }: Section<ServiceEntry>, { report }: ServiceScope): void {
  for (const { path, entry } of placed) {
    for (const [index, parent] of entry.dependsOn.entries()) {
      if (entry.dependsOn.indexOf(parent) === index) continue;
      report([...path, "dependsOn", index], `names ${quote(parent)} twice`);
    }
  }
  const places = new Map(placed.map(({ path, entry }) => [entry.name, path]));
  const dependsOn = new Map(placed.map(({ entry }) => [entry.name, entry.dependsOn]));
  for (const cycle of findCycles(dependsOn)) {
    const [first = "", second] = cycle;
    const message = first === second ? "names itself" : `makes a circle: ${cycle.join(" → ")}`;
    report([...places.get(first) ?? [], "dependsOn"], message);
  }
}

function checkOverrides({ path, entry }: Placed<ServiceEntry>, scope: ServiceScope): void {
  for (const name of Object.keys(entry.rules)) {
    const rule = scope.rules.find((each) => each.entry.name === name)?.entry;
    if (rule === undefined || appliesTo(rule, entry.name)) continue;
    const services = rule.services.join(", ");
    scope.report([...path, "rules", name], `does not apply anyway: the rule is for ${services}`);
  }
}

function resolveRules(
  placed: Placed<ServiceEntry>,
  source: SourceConfig,
  scope: ServiceScope,
): readonly Rule[] {
  const { path, entry: service } = placed;
  const overrides = new Map<string, RuleChanges | false>(Object.entries(service.rules));
  return rulesFor(service, source, scope).flatMap(({ entry, rule }) => {
    const override = overrides.get(entry.name);
    if (override === undefined || override === false || rule === null) {
      return override === false || rule === null ? [] : [ruleOf(rule, source, {})];
    }
    const ruleScope = { ...scope, path: [...path, "rules", entry.name] };
    const merged = mergeOverride({ entry, changes: override }, ruleScope);
    const changed = merged && resolveRule(merged, ruleScope);
    if (changed === null) return [];
    return [ruleOf(changed, source, override)];
  });
}

/** A job has rules that need not be listed. */
function rulesFor(
  service: ServiceEntry,
  source: SourceConfig,
  scope: ServiceScope,
): readonly ResolvedRule[] {
  const applying = scope.rules.filter(({ entry }) => appliesTo(entry, service.name));
  if (source.kind !== "heartbeat") return applying;
  const listed = applying.filter(({ entry }) => isForJobs(entry, service));
  const own = ownRules(listed.map(({ entry }) => entry)).map((entry) => {
    return { entry, rule: resolveRule(entry, { ...scope, path: ["rules"] }) };
  });
  return [...listed, ...own];
}

/** The limits that a service itself gives a rule are not touched. */
function ruleOf(rule: Rule, source: SourceConfig, changes: RuleChanges): Rule {
  if (source.kind === "heartbeat") return expectJob(rule, source, changes);
  if (!("silenceMs" in source) || changes.missingHeartbeat !== undefined) return rule;
  const allowed = allowSilence(rule, source.silenceMs);
  return changes.critical ? keepCritical(allowed, rule) : allowed;
}

/** Leaves the second silence as it was, if it is still the longer one. */
function keepCritical(allowed: Rule, before: Rule): Rule {
  if (allowed.kind !== "missingHeartbeat" || before.kind !== "missingHeartbeat") return allowed;
  const { criticalMs } = before;
  return criticalMs !== null && criticalMs > allowed.limitMs ? { ...allowed, criticalMs } : allowed;
}
