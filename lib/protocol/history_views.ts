/**
 * What history looks like from outside: columns of samples, events and spans of time.
 *
 * @module
 */

import type { AlertChange } from "@/lib/domain/explain.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import type { Severity } from "@/lib/domain/rule.ts";
import type { Status } from "@/lib/domain/status.ts";

/** A span of time in which no monitor was running: nothing is known of it, it is no outage of any service. */
export interface GapView {
  /** When the monitor was last known to be alive. */
  readonly from: Instant;
  /** When it ran again. */
  readonly to: Instant;
}

/** One series as columns of equal length, in order of time. */
export interface SeriesColumns {
  /** Beginnings of the buckets; of raw samples their instants. Buckets without samples are left out. */
  readonly t: readonly Instant[];
  /** The least value of each bucket. */
  readonly min: readonly number[];
  /** The greatest value of each bucket. */
  readonly max: readonly number[];
  /** The mean of each bucket, each sample counted once. */
  readonly avg: readonly number[];
  /** How many samples are in each bucket; of raw samples always 1. */
  readonly count: readonly number[];
}

/** Samples of a service over a range of time. */
export interface HistoryView {
  /** Beginning of the range, included. */
  readonly from: Instant;
  /** End of the range, left out. */
  readonly to: Instant;
  /** Length of a bucket in milliseconds; buckets begin at multiples of it. 0 for raw samples. */
  readonly stepMs: number;
  /** By metric id; a metric without samples in the range is left out. */
  readonly metrics: Readonly<Record<string, SeriesColumns>>;
  /** Times within the range in which no monitor was running, oldest first. */
  readonly gaps: readonly GapView[];
}

/** Something that happened to a service, or to the monitor. */
export type EventView =
  | {
    readonly kind: "status";
    /** Unique among the events; newer ones are not older in order. */
    readonly id: string;
    /** When. */
    readonly at: Instant;
    /** The status until then. */
    readonly from: Status;
    /** The status from then on. */
    readonly to: Status;
  }
  | {
    readonly kind: "alert";
    readonly id: string;
    readonly at: Instant;
    readonly change: AlertChange;
    /** Id of the alert. */
    readonly alert: string;
    readonly rule: string;
    /** The metric that the rule watches; `null` for a heartbeat. */
    readonly metric: string | null;
    readonly severity: Severity;
    /** The number computed, in `unit`. */
    readonly value: number;
    /** The limit it was held against, in `unit`. */
    readonly limit: number;
    readonly unit: string;
    /** The reason in words. */
    readonly message: string;
  }
  | {
    readonly kind: "flapping";
    readonly id: string;
    readonly at: Instant;
    readonly rule: string;
    /** Whether it flapped from then on. */
    readonly flapping: boolean;
  }
  /** No monitor was running from `at` to `to`. */
  | {
    readonly kind: "gap";
    readonly id: string;
    readonly at: Instant;
    readonly to: Instant;
  };

/** The time in which an alert fired. */
export interface AlertSpanView {
  /** Id of the alert. */
  readonly id: string;
  /** Name of its rule. */
  readonly rule: string;
  /** The metric that its rule watches; `null` for a heartbeat. */
  readonly metric: string | null;
  /** How bad it was at its end, or is now. */
  readonly severity: Severity;
  /** When it began to fire. */
  readonly firedAt: Instant;
  /** When it was resolved; `null` while it fires. */
  readonly resolvedAt: Instant | null;
  /** The reason in words, as of the latest transition. */
  readonly message: string;
}

/** A span of time in which a service had one status. */
export interface StatusSpanView {
  /** Its beginning. */
  readonly from: Instant;
  /** Its end. */
  readonly to: Instant;
  /** `GAP`: no monitor was running. `UNKNOWN`: nothing had been heard yet, or nothing is on record. */
  readonly status: Status | "GAP";
}

/** How much of a span of time a service was not DOWN. */
export interface UptimeView {
  /** Length of the span up to now, in milliseconds. */
  readonly spanMs: number;
  /** 0 to 1, of the time for which the status is known; `null` if none is. DEGRADED is up. */
  readonly ratio: number | null;
  /** For how much of the span the status is known, in milliseconds. */
  readonly knownMs: number;
}

/** The statuses and alerts of a service over a range of time. */
export interface TimelineView {
  /** Beginning of the range. */
  readonly from: Instant;
  /** End of the range. */
  readonly to: Instant;
  /** Without holes from `from` to `to`, oldest first. */
  readonly spans: readonly StatusSpanView[];
  /** Alerts that fired at any time in the range, ended ones and those that fire now, oldest first. */
  readonly alerts: readonly AlertSpanView[];
  /** Over the last 24 hours, 7 days and 30 days before now, whatever the range. */
  readonly uptime: readonly UptimeView[];
}
