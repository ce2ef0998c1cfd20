/**
 * How one receiver answers, and how long it is left alone.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { Log } from "@/lib/ports/log.ts";

import { retryPauseMs } from "./retry_pause.ts";

/** What a {@linkcode ReceiverCondition} needs. */
export interface ReceiverConditionOptions {
  /** Name of the receiver. */
  readonly name: string;
  /** Takes a line when the receiver begins to fail, and when it works again. */
  readonly log: Log;
  /** Uniform in 0 to 1, 1 left out. */
  readonly random: () => number;
}

/** Remembers the latest attempts of one receiver, whichever notifications they were for. */
export class ReceiverCondition {
  readonly #options: ReceiverConditionOptions;
  /** How many attempts in a row have failed in a way that may pass. */
  #failures = 0;
  #failure: string | null = null;
  #deliveredAt: Instant | null = null;
  #restsUntilMs = -Infinity;

  /** Begins without a failure. */
  constructor(options: ReceiverConditionOptions) {
    this.#options = options;
  }

  /** Why the latest attempt failed; `null` if it did not. */
  get failure(): string | null {
    return this.#failure;
  }

  /** When the latest notification was delivered; `null` if none was. */
  get deliveredAt(): Instant | null {
    return this.#deliveredAt;
  }

  /** Until when it is left alone, in monotonic milliseconds. */
  get restsUntilMs(): number {
    return this.#restsUntilMs;
  }

  /** Notes a delivery. */
  noteDelivered(at: Instant): void {
    const { log, name } = this.#options;
    if (this.#failure !== null) log.info("receiver works again", { receiver: name });
    this.#failures = 0;
    this.#failure = null;
    this.#deliveredAt = at;
  }

  /** Notes that a notification was refused for good. The receiver answers: there is nothing to wait for. */
  noteRefused(reason: string): void {
    this.#noteFailure(reason);
    this.#failures = 0;
  }

  /** Notes a failure that may pass, and begins a pause. `nowMs` is `Clock.monotonicMs()`. */
  notePassing(
    { reason, retryAfterMs }: { readonly reason: string; readonly retryAfterMs: number | null },
    nowMs: number,
  ): void {
    this.#noteFailure(reason);
    this.#failures++;
    const { random } = this.#options;
    const pauseMs = retryPauseMs({ failures: this.#failures, retryAfterMs, random });
    this.#restsUntilMs = nowMs + pauseMs;
  }

  #noteFailure(reason: string): void {
    const { log, name } = this.#options;
    if (this.#failure === null) log.warn("receiver fails", { receiver: name, reason });
    this.#failure = reason;
  }
}
