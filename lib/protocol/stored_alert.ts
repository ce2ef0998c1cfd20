/**
 * Alerts as they are written down and read back: the shapes of the domain as JSON, checked on the way in.
 *
 * @module
 */

import { z } from "zod";

import type { Acknowledgement, Alert, AlertTransition } from "@/lib/domain/alert.ts";
import type { CriticalJudgement, Judgement } from "@/lib/domain/judgement.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import type { Metric } from "@/lib/domain/metric.ts";
import type { Hold, JobSchedule, Rule, Severity } from "@/lib/domain/rule.ts";
import type { SeriesSample } from "@/lib/domain/sample.ts";

/**
 * How bad something is.
 *
 * @ignore
 */
export const SEVERITY: z.ZodType<Severity> = z.enum(["warning", "critical"]);

/**
 * An instant, or nothing.
 *
 * @ignore
 */
export const MAYBE_INSTANT: z.ZodType<Instant | null> = z.number().nullable();

/** A sample of a series. */
const SERIES_SAMPLE: z.ZodType<SeriesSample> = z.object({
  at: z.number(),
  value: z.number(),
});

const METRIC: z.ZodType<Metric> = z.object({
  id: z.string(),
  label: z.string(),
  name: z.string(),
  unit: z.string(),
  min: z.number(),
  max: z.number(),
  decimals: z.number(),
});

const HOLD: z.ZodType<Hold> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("samples"), breaches: z.number(), of: z.number() }),
  z.object({ kind: z.literal("duration"), durationMs: z.number() }),
]);

const JOB_TIMES = { slackMs: z.number(), graceMs: z.number() };

const SCHEDULE: z.ZodType<JobSchedule> = z.discriminatedUnion("kind", [
  z.object({ ...JOB_TIMES, kind: z.literal("every"), everyMs: z.number() }),
  z.object({ ...JOB_TIMES, kind: z.literal("cron"), cron: z.string(), timeZone: z.string() }),
]);

const ANY_RULE = {
  name: z.string(),
  severity: SEVERITY,
  keepFiringForMs: z.number(),
  services: z.array(z.string()),
};

const RULE: z.ZodType<Rule> = z.discriminatedUnion("kind", [
  z.object({
    ...ANY_RULE,
    kind: z.literal("threshold"),
    metric: METRIC,
    direction: z.enum(["above", "below"]),
    limit: z.number(),
    clear: z.number(),
    mean: z.number(),
    critical: z.number().nullable(),
    hold: HOLD,
    says: z.string().exactOptional(),
  }),
  z.object({
    ...ANY_RULE,
    kind: z.literal("missingHeartbeat"),
    limitMs: z.number(),
    criticalMs: z.number().nullable(),
    schedule: SCHEDULE.exactOptional(),
  }),
]);

const CRITICAL: z.ZodType<CriticalJudgement> = z.object({
  limit: z.number(),
  cleared: z.boolean(),
  enough: z.boolean(),
});

const JUDGEMENT: z.ZodType<Judgement> = z.object({
  value: z.number(),
  limit: z.number(),
  unit: z.string(),
  breached: z.boolean(),
  cleared: z.boolean(),
  held: z.number(),
  needed: z.number(),
  enough: z.boolean(),
  critical: CRITICAL.nullable(),
  evidence: z.array(SERIES_SAMPLE),
});

const ACKNOWLEDGEMENT: z.ZodType<Acknowledgement> = z.object({
  by: z.string(),
  at: z.number(),
  note: z.string(),
  severity: SEVERITY,
});

/**
 * A pending or firing alert.
 *
 * @ignore
 */
export const STORED_ALERT: z.ZodType<Alert> = z.object({
  kind: z.enum(["pending", "firing"]),
  id: z.string(),
  service: z.string(),
  rule: RULE,
  severity: SEVERITY,
  since: z.number(),
  firedAt: MAYBE_INSTANT,
  begunAt: z.number(),
  peak: z.number(),
  latest: JUDGEMENT,
  cause: JUDGEMENT,
  message: z.string(),
  seenAt: z.number(),
  calmSince: MAYBE_INSTANT,
  acknowledgement: ACKNOWLEDGEMENT.nullable(),
});

const TRANSITION: z.ZodType<AlertTransition> = z.object({
  kind: z.literal("alert"),
  change: z.enum([
    ...["pending", "firing", "escalated", "eased"] as const,
    ...["resolved", "cancelled", "acknowledged", "unacknowledged"] as const,
  ]),
  id: z.string(),
  service: z.string(),
  rule: RULE,
  severity: SEVERITY,
  at: z.number(),
  since: z.number(),
  firedAt: MAYBE_INSTANT,
  value: z.number(),
  peak: z.number(),
  limit: z.number(),
  unit: z.string(),
  evidence: z.array(SERIES_SAMPLE),
  message: z.string(),
  seenAt: z.number(),
  calmSince: MAYBE_INSTANT,
  acknowledgement: ACKNOWLEDGEMENT.nullable(),
});

/**
 * Returns the transition in a text.
 *
 * @throws {SyntaxError} If it is not JSON.
 * @throws {z.ZodError} If it is no transition of an alert.
 */
export function parseStoredTransition(text: string): AlertTransition {
  return TRANSITION.parse(JSON.parse(text));
}
