/**
 * One attempt to deliver a notification, which ends in time whatever the receiver does.
 *
 * @module
 */

import { formatDuration } from "@/lib/domain/instant.ts";
import type { Notification } from "@/lib/domain/notification.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import type { Log } from "@/lib/ports/log.ts";
import type { DeliveryResult, Receiver } from "@/lib/ports/receiver.ts";

/** How long a receiver may take to end after its signal was aborted; then it is waited for no longer. */
export const ABORT_GRACE_MS = 1_000;

/** What an attempt needs. */
export interface TryReceiverOptions {
  /** Measures the attempt, with one timer at a time. */
  readonly clock: Clock;
  /** Takes word of a receiver that breaks its contract. */
  readonly log: Log;
  /** The attempt is aborted after so many milliseconds. */
  readonly attemptMs: number;
  /** Aborts the attempt. */
  readonly signal?: AbortSignal;
}

/**
 * Tries once. Never rejects; ends at most {@linkcode ABORT_GRACE_MS} after the time is up or the signal is
 * aborted. A receiver that says meanwhile that it has delivered, or never will, is believed.
 */
export function tryReceiver(
  receiver: Receiver,
  notification: Notification,
  options: TryReceiverOptions,
): Promise<DeliveryResult> {
  const { clock, log, attemptMs, signal } = options;
  if (signal?.aborted) return Promise.resolve(passing(STOPPED));
  const fault = { receiver: receiver.name, notification: notification.id };
  return new Promise((resolve) => {
    const abort = new AbortController();
    let cancel = clock.after(attemptMs, () => cutShort(describeTimeout(attemptMs)));
    let cut: string | undefined;
    const stop = () => cutShort(STOPPED);
    signal?.addEventListener("abort", stop);
    runGuarded(() => receiver.deliver(notification, abort.signal), (error) => {
      log.error("receiver broken", { ...fault, ...describeError(error) });
    }).then(finish);

    function cutShort(reason: string): void {
      leave();
      cut = reason;
      cancel = clock.after(ABORT_GRACE_MS, () => {
        log.error("receiver ignores its signal", fault);
        finish(passing(reason));
      });
      abort.abort(new DOMException(reason, "AbortError"));
    }
    function finish(result: DeliveryResult): void {
      leave();
      resolve(cut !== undefined && result.kind === "passing" ? passing(cut) : result);
    }
    function leave(): void {
      cancel();
      signal?.removeEventListener("abort", stop);
    }
  });
}

const STOPPED = "stopped before an answer came";

function describeTimeout(attemptMs: number): string {
  return `no answer within ${
    attemptMs < 10_000 ? `${attemptMs / 1_000} s` : formatDuration(attemptMs)
  }`;
}

/** A receiver that throws or rejects breaks its contract; the attempt counts as one that may work later. */
async function runGuarded(
  run: () => Promise<DeliveryResult>,
  onFault: (error: unknown) => void,
): Promise<DeliveryResult> {
  try {
    return await run();
  } catch (error) {
    onFault(error);
    return passing("the receiver is broken, see the log");
  }
}

/** Says what broke and where, but not the message: that of `fetch` names the address, which is a secret. */
function describeError(error: unknown): { readonly error: string; readonly stack: string[] } {
  if (!(error instanceof Error)) return { error: typeof error, stack: [] };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^ +at /.test(line));
  return { error: error.name, stack: frames.slice(0, 5).map((line) => line.trim()) };
}

function passing(reason: string): DeliveryResult {
  return { kind: "passing", reason, retryAfterMs: null };
}
