/**
 * One attempt to deliver, guarded: it ends in time, and never throws.
 *
 * @module
 */

import type { Notification } from "@/lib/domain/notification.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import type { DeliveryResult, Receiver } from "@/lib/ports/receiver.ts";

/** Options for {@linkcode tryReceiver}. */
export interface TryOptions {
  /** Measures the attempt. */
  readonly clock: Clock;
  /** How long it may take, in milliseconds. */
  readonly attemptMs: number;
  /** Ends it early. @default {undefined} Nothing does. */
  readonly signal?: AbortSignal;
}

/**
 * Returns what came of an attempt. When its time is over it is aborted and not waited for any longer; a
 * receiver that throws, which none should, counts as a failure that may pass.
 */
export async function tryReceiver(
  receiver: Receiver,
  notification: Notification,
  { clock, attemptMs, signal }: TryOptions,
): Promise<DeliveryResult> {
  const abort = new AbortController();
  const { promise: ended, resolve: end } = Promise.withResolvers<DeliveryResult>();
  function giveUp(reason: string): void {
    abort.abort();
    end({ kind: "passing", reason, retryAfterMs: null });
  }
  const stop = () => giveUp("Vitals is stopping");
  const cancel = clock.after(attemptMs, () => giveUp(`no answer within ${attemptMs / 1_000} s`));
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  try {
    return await Promise.race([deliver(receiver, notification, abort.signal), ended]);
  } finally {
    cancel();
    signal?.removeEventListener("abort", stop);
  }
}

async function deliver(
  receiver: Receiver,
  notification: Notification,
  signal: AbortSignal,
): Promise<DeliveryResult> {
  try {
    return await receiver.deliver(notification, signal);
  } catch (error) {
    // Its message might quote an address, which is a secret; its name does not.
    const name = error instanceof Error ? error.name : "unknown error";
    return { kind: "passing", reason: `the receiver failed: ${name}`, retryAfterMs: null };
  }
}
