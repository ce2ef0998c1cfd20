/**
 * The door for what OpenTelemetry sends.
 *
 * @module
 */

import type { OtlpExport } from "@/lib/domain/otlp/otlp_export.ts";

import type { SourceFailure } from "./sample_source.ts";

/** Who sends an export. */
export interface OtlpSender {
  /** The service that all of it is about, as the address of the exporter says; `null` if each resource says so. */
  readonly service: string | null;
  /** The address of the sender, for the log. */
  readonly address: string;
}

/** What became of an export. What is not rejected was taken. */
export interface OtlpOutcome {
  /** How many data points were not taken. */
  readonly rejectedPoints: number;
  /** Why the first of them was not, and what would be right; `null` if all were taken. */
  readonly problem: string | null;
}

/** Takes exports. No call throws. */
export interface OtlpIntake {
  /** Takes an export. Each resource counts by itself: what is wrong with one touches no other. */
  take(request: OtlpExport, sender: OtlpSender): OtlpOutcome;
  /** Takes that an export could not be read at all, and why. */
  noteUnreadable(sender: OtlpSender, failure: SourceFailure): void;
}
