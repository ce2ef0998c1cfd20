/**
 * Telling simulated services to misbehave.
 *
 * @module
 */

import type { FaultKind } from "@/lib/domain/fault.ts";
import type { Instant } from "@/lib/domain/instant.ts";

import type { ActResult } from "./alert_desk.ts";

/** A fault that somebody asks for. */
export interface FaultDraft {
  /** Name of the service. */
  readonly service: string;
  /** What goes wrong. */
  readonly kind: FaultKind;
  /** From 0 (hardly felt) to 1 (as bad as it gets). */
  readonly intensity: number;
  /** How long, in milliseconds. */
  readonly durationMs: number;
}

/** A fault as it acts. */
export interface FaultView extends FaultDraft {
  /** Unique among all faults of this process. */
  readonly id: string;
  /** When it began. */
  readonly startedAt: Instant;
}

/** Begins and ends faults. A fault on a service that is not simulated is `invalid`, with the reason. */
export interface FaultDesk {
  /** Faults that act now, in the order in which they began. */
  list(): readonly FaultView[];
  /** Begins one now; several may act on a service at once. */
  add(draft: FaultDraft): ActResult<FaultView>;
  /** Ends one before its time. */
  end(id: string): ActResult<FaultView>;
}
