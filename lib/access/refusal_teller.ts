/**
 * Tells of wrong tokens, but not of each one: whoever guesses must not fill the log.
 *
 * @module
 */

import type { AuditTrail } from "@/lib/ports/audit.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import type { Log } from "@/lib/ports/log.ts";

import { placeOf } from "./try_limiter.ts";

/** What a {@linkcode RefusalTeller} needs. */
export interface RefusalTellerOptions {
  /** For the pauses. */
  readonly clock: Pick<Clock, "monotonicMs">;
  /** Takes a line. */
  readonly log: Pick<Log, "warn">;
  /** Takes an entry. */
  readonly audit: Pick<AuditTrail, "noteRefused">;
}

/** A token that was refused. Its text is not in here. */
export interface Refusal {
  /** From where. */
  readonly address: string;
  /** Method and path. */
  readonly what: string;
  /** 401, or 429 if it was not looked at. */
  readonly status: number;
}

/** An address is told of again after this time, in milliseconds. */
const PAUSE_MS = 600_000;

/** In that time so many addresses are told of; others are counted. */
const MAX_ADDRESSES = 20;

/** Tells of the first refusal of an address, then of how many there were. */
export class RefusalTeller {
  readonly #options: RefusalTellerOptions;
  /** By place: when it was told of last, in monotonic milliseconds, and what was not told since. */
  readonly #told = new Map<string, { readonly atMs: number; omitted: number }>();
  #omittedElsewhere = 0;

  /** Begins with nothing told. */
  constructor(options: RefusalTellerOptions) {
    this.#options = options;
  }

  /** Tells of a refusal, or counts it. */
  tell({ address, what, status }: Refusal): void {
    const { clock, log, audit } = this.#options;
    const nowMs = clock.monotonicMs();
    const place = placeOf(address);
    const told = this.#told.get(place);
    if (told !== undefined && nowMs - told.atMs < PAUSE_MS) return void told.omitted++;
    if (told === undefined && !this.#makeRoom(nowMs)) return void this.#omittedElsewhere++;
    this.#told.delete(place);
    this.#told.set(place, { atMs: nowMs, omitted: 0 });
    const omitted = told?.omitted ?? 0;
    log.warn("token refused", { address, what, omitted, omittedElsewhere: this.#omittedElsewhere });
    this.#omittedElsewhere = 0;
    audit.noteRefused({ who: "unknown", address, what, subject: "", status });
  }

  /** Forgets who was told of long ago; whether there is room for another one. */
  #makeRoom(nowMs: number): boolean {
    for (const [place, { atMs, omitted }] of this.#told) {
      if (nowMs - atMs < PAUSE_MS) continue;
      this.#told.delete(place);
      this.#omittedElsewhere += omitted;
    }
    return this.#told.size < MAX_ADDRESSES;
  }
}
