/**
 * How much one peer may say.
 *
 * @module
 */

import { ProtocolError } from "@/lib/protocol/protocol_error.ts";

import type { HubLimits } from "./hub_limits.ts";

/** Counts messages in spans of fixed length, the first of which begins with the first message. */
export class MessageQuota {
  readonly #limits: Pick<HubLimits, "messages" | "messageSpanMs">;
  #spanStartMs = -Infinity;
  #taken = 0;

  /** Creates a full quota. */
  constructor(limits: Pick<HubLimits, "messages" | "messageSpanMs">) {
    this.#limits = limits;
  }

  /**
   * Takes one message off the quota. `nowMs` is `Clock.monotonicMs()`.
   *
   * @throws {ProtocolError} With code 1008 if none is left in this span.
   */
  take(nowMs: number): void {
    const { messages, messageSpanMs } = this.#limits;
    if (nowMs - this.#spanStartMs >= messageSpanMs) {
      this.#spanStartMs = nowMs;
      this.#taken = 0;
    }
    this.#taken++;
    if (this.#taken > messages) {
      throw new ProtocolError(`Cannot read message: more than ${messages} in ${messageSpanMs} ms`);
    }
  }
}
