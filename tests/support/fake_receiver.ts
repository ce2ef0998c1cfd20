/**
 * A receiver that keeps what it is sent and answers as a test tells it.
 *
 * @module
 */

import type { Notification } from "@/lib/domain/notification.ts";
import type { DeliveryResult, Receiver } from "@/lib/ports/receiver.ts";

/** What it does with one attempt: answers, hangs until it is told or aborted, or rejects. */
export type FakeAnswer = DeliveryResult | "hang" | Error;

/** It was taken. */
export const DELIVERED: DeliveryResult = { kind: "delivered", detail: "HTTP 204" };

/** It never will be. */
export const REFUSED: DeliveryResult = { kind: "permanent", reason: "HTTP 401" };

/** It may work later. */
export const BUSY: DeliveryResult = { kind: "passing", reason: "HTTP 503", retryAfterMs: null };

/** Implements {@linkcode Receiver} in memory. */
export class FakeReceiver implements Receiver {
  readonly name: string;
  readonly kind = "fake";
  /** Each notification as it came, repeats included, oldest first. */
  readonly sent: Notification[] = [];
  /** What it does with the next attempts, first one first; beyond the end it delivers. */
  readonly script: FakeAnswer[] = [];
  /** Called at the beginning of each attempt. */
  onSent: (notification: Notification) => void = () => {};
  /** Called with each notification that it takes. */
  onTaken: (notification: Notification) => void = () => {};
  /** Whether it goes on to hang when it is aborted. */
  deaf = false;
  readonly #hanging = new Set<(result: DeliveryResult) => void>();

  /** Begins with an empty script. */
  constructor(name = "ops") {
    this.name = name;
  }

  /** Ids of {@linkcode FakeReceiver.sent}. */
  get ids(): string[] {
    return this.sent.map(({ id }) => id);
  }

  /** How many attempts hang. */
  get hanging(): number {
    return this.#hanging.size;
  }

  /** Ends all attempts that hang. */
  answer(result: DeliveryResult): void {
    for (const resolve of [...this.#hanging]) resolve(result);
  }

  async deliver(notification: Notification, signal: AbortSignal): Promise<DeliveryResult> {
    this.sent.push(notification);
    this.onSent(notification);
    const answer = this.script.shift() ?? DELIVERED;
    if (answer instanceof Error) throw answer;
    const result = answer === "hang" ? await this.#hang(signal) : answer;
    if (result.kind === "delivered") this.onTaken(notification);
    return result;
  }

  #hang(signal: AbortSignal): Promise<DeliveryResult> {
    return new Promise((resolve) => {
      const end = (result: DeliveryResult) => {
        this.#hanging.delete(end);
        resolve(result);
      };
      this.#hanging.add(end);
      signal.addEventListener("abort", () => {
        if (!this.deaf) end({ kind: "passing", reason: "aborted", retryAfterMs: null });
      });
    });
  }
}
