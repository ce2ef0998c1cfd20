/**
 * What the rules of a service mean for a job: when it is late, and that a run which failed is news at once.
 *
 * @module
 */

import type { MissingHeartbeatRule, Rule, ThresholdRule } from "@/lib/domain/rule.ts";
import type { HeartbeatConfig } from "@/lib/ports/source_config.ts";

import type { RuleChanges, RuleEntry, ServiceEntry } from "../entry_types.ts";

/** Fires with the first run that failed, until one succeeds. */
const JOB_FAILED: RuleEntry = {
  ...{ name: "JOB_FAILED", metric: "errorRate", above: 0, mean: 1, for: 1, severity: "critical" },
  services: ["*"],
};

/** Its limits are those of the job. */
const SERVICE_DOWN: RuleEntry = {
  ...{ name: "SERVICE_DOWN", missingHeartbeat: "5s", services: ["*"] },
};

/** What says how often requests fail says nothing of runs; JOB_FAILED does. */
const NOT_OF_JOBS = "HIGH_ERROR_RATE";

/** Names of the rules that every job has, whether the configuration lists them or not. */
export const JOB_RULE_NAMES: readonly string[] = [JOB_FAILED.name, SERVICE_DOWN.name];

/** Returns those rules of a job that are not among the rules of the configuration. */
export function ownRules(rules: readonly RuleEntry[]): readonly RuleEntry[] {
  const isListed = ({ name }: RuleEntry) => rules.some((rule) => rule.name === name);
  const watchesSilence = rules.some((rule) => "missingHeartbeat" in rule);
  return [JOB_FAILED, SERVICE_DOWN].filter((rule) =>
    !isListed(rule) && !(watchesSilence && rule === SERVICE_DOWN)
  );
}

/** Tells whether a rule of the configuration is for jobs, unless one asks for it by name. */
export function isForJobs({ name }: RuleEntry, { rules }: ServiceEntry): boolean {
  return name !== NOT_OF_JOBS || Object.hasOwn(rules, name);
}

/** The number of errors of one run says nothing else. */
const FAILED = "the last run failed";

function isAboutRuns({ name, metric }: ThresholdRule): boolean {
  return name === JOB_FAILED.name && metric.id === "errorRate";
}

/**
 * Returns a rule as it holds for a job: of silence, late it is a warning, missing it is critical. A severity that
 * the service itself asks for leaves one of the two. Limits that it asks for hold as they are.
 */
export function expectJob(
  rule: Rule,
  { schedule, silenceMs }: HeartbeatConfig,
  { missingHeartbeat, critical, severity }: RuleChanges,
): Rule {
  if (rule.kind === "threshold") return isAboutRuns(rule) ? { ...rule, says: FAILED } : rule;
  if (missingHeartbeat !== undefined || critical) return rule;
  const missingMs = silenceMs - schedule.slackMs + schedule.graceMs;
  const levels: Pick<MissingHeartbeatRule, "severity" | "limitMs" | "criticalMs"> =
    severity === "critical"
      ? { severity, limitMs: missingMs, criticalMs: null }
      : { severity: "warning", limitMs: silenceMs, criticalMs: severity ? null : missingMs };
  return { ...rule, ...levels, schedule };
}
