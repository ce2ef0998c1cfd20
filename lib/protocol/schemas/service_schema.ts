/**
 * Schema of a service as it is shown.
 *
 * @module
 */

import { z } from "zod";

import { FAULT_KINDS } from "@/lib/domain/fault.ts";
import type { FaultView } from "@/lib/ports/fault_desk.ts";
import type {
  ActingFault,
  JobRunView,
  MetricView,
  ServiceView,
  SourceFailureView,
} from "@/lib/protocol/views.ts";

import { count, instant, listOf, number, orNull, STATUS, text } from "./parts.ts";
import { schemaOf } from "./schema_of.ts";

const METRIC_VIEW_SCHEMA: z.ZodType<MetricView> = schemaOf<MetricView>()(z.object({
  value: number("The last value."),
  avg: number("Mean of the window."),
  min: number("The least value of the window."),
  max: number("The greatest value of the window."),
  limit: orNull(z.number(), "The limit of the rule that watches this series."),
  breach: z.boolean().meta({ description: "Whether an alert on it is pending or firing." }),
  recent: listOf(z.number(), "The values of the window, oldest first."),
  times: listOf(
    z.number(),
    "Instants of `recent`: the first as it is, each further one as milliseconds after the one before.",
  ),
}));

const JOB_RUN_SCHEMA: z.ZodType<JobRunView> = schemaOf<JobRunView>()(z.object({
  id: text("Tells runs apart that overlap; empty where the job names none."),
  startedAt: instant("When it began."),
}));

const FAILURE_SCHEMA: z.ZodType<SourceFailureView> = schemaOf<SourceFailureView>()(z.object({
  reason: text("The reason in a word or two, such as `timeout` or `status 503`."),
  detail: text("The same in a sentence for people."),
  since: instant("Since when it is so without a break."),
}));

const FAULT = {
  id: text("Unique among all faults of this process."),
  kind: z.enum(FAULT_KINDS).meta({ description: "What goes wrong." }),
  startedAt: instant("When it began."),
  durationMs: number("How long it acts, in milliseconds."),
};

/**
 * A fault that somebody began.
 *
 * @ignore
 */
export const FAULT_SCHEMA: z.ZodType<FaultView> = schemaOf<FaultView>()(
  z.object({
    ...FAULT,
    service: text("Name of the service."),
    intensity: number("From 0 (hardly felt) to 1 (as bad as it gets)."),
  }).meta({ description: "What a simulated service is told to do wrong." }),
);

/**
 * A service.
 *
 * @ignore
 */
export const SERVICE_SCHEMA: z.ZodType<ServiceView> = schemaOf<ServiceView>()(
  z.object({
    name: text("Unique: 1 to 64 of `a-z 0-9 . _ -`."),
    tags: listOf(z.string(), "Words to find it by."),
    dependsOn: listOf(z.string(), "Names of the services it needs."),
    source: z.discriminatedUnion("kind", [
      z.object({
        kind: z.literal("simulated"),
        worker: z.object({
          state: z.enum(["running", "restarting"]),
          restarts: count("How often it was restarted since the monitor started."),
          reason: orNull(z.string(), "Why it was last restarted."),
        }),
      }),
      z.object({ kind: z.literal("push") }),
      z.object({
        kind: z.enum(["probe", "scrape", "otlp"]),
        about: text("What is observed, in a few words, such as `GET https://shop.example.com/`."),
      }),
      z.object({
        kind: z.literal("heartbeat"),
        about: text("When it is expected, such as `every 1 h` or `0 3 * * * Europe/Berlin`."),
        runs: listOf(JOB_RUN_SCHEMA, "Its runs that are under way, oldest first."),
      }),
    ]).meta({ description: "Where its samples come from." }),
    failure: orNull(
      FAILURE_SCHEMA,
      "Why it could not be observed the last time; `null` if it could, or nobody has tried yet.",
    ),
    status: STATUS,
    since: instant("Since when it has this status."),
    lastHeartbeat: orNull(z.int(), "When the last sign of life arrived; `null` before the first."),
    metrics: z.record(z.string(), METRIC_VIEW_SCHEMA).meta({
      description: "By metric id; a metric that was never sent is left out.",
    }),
    alerts: listOf(z.string(), "Ids of its pending and firing alerts."),
    flapping: listOf(z.string(), "Names of rules whose alerts keep changing their state."),
    faults: listOf(
      schemaOf<ActingFault>()(z.object(FAULT)),
      "What it is told to do wrong now; empty unless it is simulated.",
    ),
    strip: z.object({
      from: instant("Start of the first slot."),
      stepMs: number("Length of a slot, in milliseconds."),
      slots: text(
        "One letter a slot, oldest first: `H`, `D` (degraded), `X` (down), `U` (unknown).",
      ),
    }).meta({ description: "The status over the last minutes." }),
  }).meta({ description: "One service as seen from outside." }),
);
