/**
 * What workers report, and how it is checked: a worker is a separate program, and what comes from it is
 * input like any other. What they are told stands in `commands.ts`.
 *
 * @module
 */

import { z } from "zod";

import { FAULT_KINDS, MAX_FAULT_MS, MAX_FAULTS } from "@/lib/domain/fault.ts";
import { BUILT_IN_METRICS } from "@/lib/domain/metric.ts";
import { SERVICE_NAME } from "@/lib/domain/sample.ts";

import type { Fault } from "./faults.ts";

/** A sample of the simulated service. */
export interface SampleMessage {
  readonly type: "sample";
  readonly service: string;
  /** The instant of the step by the worker's clock. */
  readonly at: number;
  /** Values by metric id. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** The simulated service is silent, its worker is not. */
export interface AliveMessage {
  readonly type: "alive";
  readonly service: string;
  /** The instant of the step by the worker's clock. */
  readonly at: number;
}

/** What a worker reports. */
export type WorkerReport = SampleMessage | AliveMessage;

const service = z.string().regex(SERVICE_NAME);
const instant = z.int().min(0);

/** Checks one fault. */
export const faultSchema: z.ZodType<Fault> = z.strictObject({
  service,
  kind: z.enum(FAULT_KINDS),
  intensity: z.number().min(0).max(1),
  startedAt: instant,
  durationMs: z.int().min(1).max(MAX_FAULT_MS),
});

/** Checks all faults of one service. */
export const faultsSchema: z.ZodType<readonly Fault[]> = z.array(faultSchema).max(MAX_FAULTS);

const metrics = z.strictObject(
  Object.fromEntries(
    BUILT_IN_METRICS.map(({ id, min, max }) => [id, z.number().min(min).max(max)]),
  ),
);

const workerReportSchema: z.ZodType<WorkerReport> = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("sample"), service, at: instant, metrics }),
  z.strictObject({ type: z.literal("alive"), service, at: instant }),
]);

/** A report that was checked, or what is wrong with it. */
export type ParsedReport =
  | { readonly kind: "report"; readonly report: WorkerReport }
  | { readonly kind: "invalid"; readonly problem: string };

/** Returns what the worker of `service` reports, or why it is not accepted. Never throws. */
export function parseReport(message: unknown, service: string): ParsedReport {
  const parsed = workerReportSchema.safeParse(message);
  if (!parsed.success) return { kind: "invalid", problem: problemOf(parsed.error) };
  const report = parsed.data;
  if (report.service === service) return { kind: "report", report };
  return {
    kind: "invalid",
    problem: `service: expected "${service}", got "${report.service}"`,
  };
}

/** Returns the first thing that is wrong, as `path: what`. */
export function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return "unknown problem";
  const path = issue.path.join(".");
  return path === "" ? issue.message : `${path}: ${issue.message}`;
}
