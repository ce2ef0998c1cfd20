/**
 * The port to what outlives the process: samples over time, what was decided about them, and the state to go
 * on from after a restart. `lib/history` has two adapters, one on disk and one in memory.
 *
 * @module
 */

import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";
import type { Retention } from "@/lib/domain/retention.ts";
import type { Sample, SeriesSample } from "@/lib/domain/sample.ts";
import type { Transition } from "@/lib/domain/service.ts";
import type { Status } from "@/lib/domain/status.ts";
import type {
  AlertSpanView,
  EventView,
  GapView,
  HistoryView,
} from "@/lib/protocol/history_views.ts";

/** Kinds of documents, each with its own keys. */
export type DocumentKind = "service" | "silence" | "incident" | "notification" | "audit";

/** A piece of state as it is now; what it was before is not kept. */
export interface Document {
  /** What it is the state of. */
  readonly kind: DocumentKind;
  /** Unique among those of its kind. */
  readonly key: string;
  /** JSON, which only its writer understands. */
  readonly body: string;
}

/** A document as it is to be; `body` is `null` if it is to be gone. */
export interface DocumentChange extends Omit<Document, "body"> {
  /** JSON; `null` if the document is to be gone. */
  readonly body: string | null;
  /** Whether none of that kind and key was ever there before. @default {false} */
  readonly isNew?: boolean;
}

/** What is written together: all of it, or nothing. */
export interface HistoryBatch {
  /**
   * Tells it from all others. If the latest batch that was written has the same, it was written although its
   * writer never heard of that, and nothing is done. @default {another than all}
   */
  readonly id?: string;
  /** When it was closed: the monitor was alive then. */
  readonly at: Instant;
  /** Samples, in the order of their arrival. Late ones and bare heartbeats are kept as well. */
  readonly samples: readonly Sample[];
  /** What was decided, in order. */
  readonly transitions: readonly Transition[];
  /** No two of the same kind and key. */
  readonly documents: readonly DocumentChange[];
}

/** The latest samples of one service. */
export interface RecentSamples {
  /** Name of the service. */
  readonly service: string;
  /** The instant of its newest sample, bare heartbeats among them. */
  readonly newestAt: Instant;
  /** By metric id: the newest samples, oldest first, at most 60. */
  readonly series: Readonly<Record<string, readonly SeriesSample[]>>;
}

/** What there is to go on from after a restart. */
export interface Restored {
  /** When the monitor was last known to be alive; `null` if this is its first run. */
  readonly aliveAt: Instant | null;
  /** All documents, in no particular order. */
  readonly documents: readonly Document[];
  /** Of each service that sent any. */
  readonly recent: readonly RecentSamples[];
  /** JSON of the alert transitions of the latest 2,000 alerts and of all that are not over, oldest first. */
  readonly transitions: readonly string[];
}

/** Nothing: a first run. */
export const NOTHING_RESTORED: Restored = {
  ...{ aliveAt: null, documents: [], recent: [], transitions: [] },
};

/** Which samples are asked for. */
export interface SamplesQuery extends TimeSpan {
  /** Name of the service. */
  readonly service: string;
  /** At most so many buckets, or raw samples, a series: 1 or more. */
  readonly points: number;
}

/** Which events are asked for. */
export interface EventsQuery extends TimeSpan {
  /** Name of the service. */
  readonly service: string;
  /** At most so many, newest first. */
  readonly limit: number;
  /** Only those older than the one with this id; `null` for the newest. */
  readonly before: string | null;
}

/** The status of a service from an instant on. */
export interface StatusChange {
  /** When it began. */
  readonly at: Instant;
  /** The status. */
  readonly status: Status;
}

/** How much is kept. */
export interface HistoryUsage {
  /** Size of what is on disk, or of the samples in memory, in bytes. */
  readonly bytes: number;
  /** Samples that are kept as they came, each metric counted. */
  readonly rawSamples: number;
}

/** Why a {@linkcode History} cannot do what it is asked for. */
export type HistoryFault =
  /** Another process has it open. */
  | "locked"
  /** The file is damaged, or no file of Vitals. */
  | "corrupt"
  /** The file was written by a newer Vitals. */
  | "newer"
  /** No room is left on the disk. */
  | "full"
  /** The file or its folder cannot be written. */
  | "readonly"
  /** Too many questions wait for an answer. */
  | "busy"
  /** Anything else. */
  | "broken";

/** An act that failed and changed nothing. The message says what to do. */
export class HistoryError extends Error {
  /** Tells it from other errors. */
  override readonly name = "HistoryError";
  /** Why. */
  readonly fault: HistoryFault;

  /** Creates an error whose message says what was tried, what is wrong and what to do. */
  constructor(fault: HistoryFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}

/**
 * Keeps and finds. Every method rejects with a {@linkcode HistoryError}, and with nothing else; calls are
 * answered in the order in which they were made.
 */
export interface History {
  /**
   * Opens what is there, or begins anew where there is nothing; called once and first.
   *
   * @param now The present instant: a run of the monitor begins.
   */
  open(now: Instant): Promise<Restored>;
  /** Writes a batch; it resolves once the batch survives the death of this process. */
  append(batch: HistoryBatch): Promise<void>;
  /**
   * Returns samples of a service in the form that fits: as they came while these fit in `points`, else in
   * equal buckets from the tier that is fine enough. A service that is not known has no metrics.
   */
  samples(query: SamplesQuery): Promise<HistoryView>;
  /** Returns status changes, alert transitions and gaps, newest first. */
  events(query: EventsQuery): Promise<readonly EventView[]>;
  /** Returns the status of a service at `from`, if that is known, and each change after it, oldest first. */
  statuses(service: string, range: TimeSpan): Promise<readonly StatusChange[]>;
  /** Returns the alerts of a service that fired and have ended, and whose time meets the range, oldest first. */
  endedAlerts(service: string, range: TimeSpan): Promise<readonly AlertSpanView[]>;
  /** Returns the times within the range in which no monitor was running, oldest first. */
  gaps(range: TimeSpan): Promise<readonly GapView[]>;
  /** Returns the JSON of the transitions of one alert, oldest first; none if it is not kept. */
  transitionsOf(alert: string): Promise<readonly string[]>;
  /**
   * Does one small step of what is due: rolling up, sealing, and forgetting what is older than its retention.
   *
   * @returns Whether more is due at once.
   */
  maintain(now: Instant): Promise<boolean>;
  /** From now on keeps what it keeps for so long; what is too old goes with the next steps. */
  retain(retention: Retention): Promise<void>;
  /** Returns how much is kept. */
  usage(): Promise<HistoryUsage>;
  /** Ends; what was appended is kept. Nothing may be called after it. */
  close(): Promise<void>;
}
