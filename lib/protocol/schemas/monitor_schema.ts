/**
 * Schemas of what Vitals says about itself and about requests: health, problems, acceptance.
 *
 * @module
 */

import { z } from "zod";

import type { Health, HealthCheck } from "@/lib/protocol/health.ts";
import type { Problem } from "@/lib/protocol/problem.ts";

import { count, listOf, number, text } from "./parts.ts";
import { schemaOf } from "./schema_of.ts";

const HEALTH_STATUS = z.enum(["pass", "warn", "fail"]);

const HEALTH_CHECK: z.ZodType<HealthCheck> = schemaOf<HealthCheck>()(z.object({
  status: HEALTH_STATUS,
  observedValue: number("The number that was looked at.").exactOptional(),
  observedUnit: text("Unit of `observedValue`.").exactOptional(),
  output: text("Why the status is not `pass`, or what was seen.").exactOptional(),
}));

/**
 * Health of the monitor.
 *
 * @ignore
 */
export const HEALTH_SCHEMA: z.ZodType<Health> = schemaOf<Health>()(
  z.object({
    status: HEALTH_STATUS.meta({ description: "The worst of all checks." }),
    version: text("Version of Vitals."),
    uptimeMs: number("Time since the start, in milliseconds."),
    checks: z.record(z.string(), HEALTH_CHECK).meta({ description: "By name of the check." }),
    services: z.object({
      healthy: z.int(),
      degraded: z.int(),
      down: z.int(),
      unknown: z.int(),
    }).meta({ description: "How many services are in each status." }),
  }).meta({ description: "The health of Vitals itself, not of the services." }),
);

/**
 * An error.
 *
 * @ignore
 */
export const PROBLEM_SCHEMA: z.ZodType<Problem> = schemaOf<Problem>()(
  z.object({
    type: z.literal("about:blank").meta({ description: "The status says it all." }),
    title: text("The name of the status."),
    status: z.int().min(400).max(599).meta({ description: "The HTTP status." }),
    detail: text("What went wrong this time, and what would be right.").exactOptional(),
    issues: listOf(
      z.object({
        path: text("Where, such as `[2].metrics.cpu`; empty for the input as a whole."),
        message: text("What is wrong, what came, and what would be right."),
      }),
      "What is wrong with the input, at most 20.",
    ).exactOptional(),
    moreIssues: count("How many issues are not listed.").exactOptional(),
  }).meta({ description: "An error, after RFC 9457." }),
);

/** How many samples were taken. */
export interface Accepted {
  /** How many. */
  readonly accepted: number;
}

/**
 * How many samples were taken.
 *
 * @ignore
 */
export const ACCEPTED_SCHEMA: z.ZodType<Accepted> = schemaOf<Accepted>()(
  z.object({ accepted: count("How many samples were taken.") }),
);
