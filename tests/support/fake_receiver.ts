/**
 * A receiver that keeps what it is given and answers what it is told to.
 *
 * @module
 */

import type { Notification } from "@/lib/domain/notification.ts";
import type { DeliveryResult, Receiver } from "@/lib/ports/receiver.ts";

/** A result to come, or to wait for, or something that is thrown. */
export type ScriptedResult = DeliveryResult | "hang" | Error;

/** Implements {@linkcode Receiver}. */
export class FakeReceiver implements Receiver {
  readonly kind = "webhook";
  /** Each attempt, delivered or not, oldest first. */
  readonly tried: Notification[] = [];
  /** What was delivered, oldest first. */
  readonly sent: Notification[] = [];
  /** The results of the next attempts; afterwards all are delivered. */
  readonly script: ScriptedResult[] = [];
  /** How many attempts are under way. */
  inFlight = 0;
  /** The most that were under way at a time. */
  mostInFlight = 0;

  /** Called with what was delivered. */
  onSent: (notification: Notification) => void = () => {};

  constructor(readonly name: string = "ops") {}

  async deliver(notification: Notification, signal: AbortSignal): Promise<DeliveryResult> {
    this.tried.push(notification);
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    const result = this.script.shift() ?? { kind: "delivered", detail: "HTTP 204" };
    try {
      if (result === "hang") await aborted(signal);
      if (result instanceof Error) throw result;
      if (result === "hang") return { kind: "passing", reason: "aborted", retryAfterMs: null };
      if (result.kind === "delivered") {
        this.sent.push(notification);
        this.onSent(notification);
      }
      return result;
    } finally {
      this.inFlight--;
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  else signal.addEventListener("abort", () => resolve(), { once: true });
  return promise;
}
