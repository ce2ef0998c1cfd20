/**
 * Schemas of what Vitals says about itself and about requests: health, problems, acceptance.
 *
 * @module
 */

import { z } from "zod";

import type { AuditEntry } from "@/lib/ports/audit.ts";
import type { Health, HealthCheck } from "@/lib/protocol/health.ts";
import type { Problem } from "@/lib/protocol/problem.ts";

import { count, instant, listOf, number, text } from "./parts.ts";
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
 * What is told of health to who may not read.
 *
 * @ignore
 */
export const BRIEF_HEALTH_SCHEMA: z.ZodType<Pick<Health, "status">> = schemaOf<
  Pick<Health, "status">
>()(
  z.object({ status: HEALTH_STATUS.meta({ description: "The worst of all checks." }) })
    .meta({ description: "What is told of the health of Vitals to who may not read." }),
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

/**
 * What an operator did.
 *
 * @ignore
 */
export const AUDIT_ENTRY_SCHEMA: z.ZodType<AuditEntry> = schemaOf<AuditEntry>()(
  z.object({
    id: z.int().meta({ description: "Unique; a later one has a greater." }),
    at: instant("When."),
    kind: z.enum(["act", "session", "refused"]).meta({
      description:
        "`act` for what was done, `session` for who signed in or out, `refused` for a wrong token.",
    }),
    who: text("Name of the token; `loopback` for this machine where no token is set."),
    address: text("The address that it came from."),
    what: text("Method and pattern of the path, such as `POST /api/alerts/:id/ack`."),
    subject: text("What it was done to, such as the id of an alert; may be empty."),
    status: z.int().meta({ description: "The HTTP status of the answer." }),
  }).meta({ description: "What an operator did, or who tried to become one." }),
);
