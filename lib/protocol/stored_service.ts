/**
 * The state of a service as it is written down and read back. Its latest samples are not part of it: they are
 * kept with all other samples.
 *
 * @module
 */

import { z } from "zod";

import type { Instant } from "@/lib/domain/instant.ts";
import type { JobRun } from "@/lib/domain/job_run.ts";
import type { ServiceState } from "@/lib/domain/service.ts";
import type { StatusStrip } from "@/lib/domain/status_strip.ts";

import { MAYBE_INSTANT, STORED_ALERT } from "./stored_alert.ts";
import type { SourceFailureView } from "./views.ts";

/** The part of a service's state that samples do not tell. */
export type KeptState = Pick<
  ServiceState,
  "status" | "since" | "heardAs" | "lastHeartbeat" | "newestAt" | "alerts" | "flaps"
>;

/** What is kept of a job beside its samples. */
export interface StoredJob {
  /** Its runs that are under way. */
  readonly runs: readonly JobRun[];
  /** Why its last run failed; `null` if it did not. */
  readonly failure: SourceFailureView | null;
}

/** What is kept of a service. */
export interface StoredService {
  /** Its name. */
  readonly name: string;
  /** Whether configuration listed it, rather than that it came by itself. */
  readonly listed: boolean;
  /** Its state. */
  readonly state: KeptState;
  /** Its strip, up to when it was written. */
  readonly strip: StatusStrip;
  /** When it last ceased to be DOWN, if others depend on it; else `null`. */
  readonly recoveredAt: Instant | null;
  /** Its runs, if it is a job; else `null`. */
  readonly job: StoredJob | null;
  /** What it came by, if configuration did not list it; left out for push. */
  readonly arrival?: "otlp" | undefined;
}

const STATUS = z.enum(["HEALTHY", "DEGRADED", "DOWN", "UNKNOWN"]);

const JOB: z.ZodType<StoredJob> = z.object({
  runs: z.array(z.object({ id: z.string(), startedAt: z.number(), dueAt: MAYBE_INSTANT })),
  failure: z.object({ reason: z.string(), detail: z.string(), since: z.number() }).nullable(),
});

const SCHEMA: z.ZodType<StoredService> = z.object({
  name: z.string(),
  listed: z.boolean(),
  state: z.object({
    status: STATUS,
    since: z.number(),
    heardAs: z.object({ status: STATUS, since: z.number() }).nullable(),
    lastHeartbeat: MAYBE_INSTANT,
    newestAt: MAYBE_INSTANT,
    alerts: z.record(z.string(), STORED_ALERT),
    flaps: z.record(
      z.string(),
      z.object({ changes: z.array(z.number()), since: MAYBE_INSTANT }),
    ),
  }),
  strip: z.object({ from: z.number(), stepMs: z.number(), slots: z.string() }),
  recoveredAt: MAYBE_INSTANT,
  // What was written before there were jobs has none.
  job: JOB.nullable().default(null),
  arrival: z.literal("otlp").optional(),
});

/** Returns the text of a service. */
export function formatStoredService({ state, ...service }: StoredService): string {
  const { status, since, heardAs, lastHeartbeat, newestAt, alerts, flaps } = state;
  const kept: KeptState = { status, since, heardAs, lastHeartbeat, newestAt, alerts, flaps };
  return JSON.stringify({ ...service, state: kept });
}

/**
 * Returns the service in a text.
 *
 * @throws {SyntaxError} If it is not JSON.
 * @throws {z.ZodError} If it is no service.
 */
export function parseStoredService(text: string): StoredService {
  return SCHEMA.parse(JSON.parse(text));
}
