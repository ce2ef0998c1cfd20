/**
 * The way of notifications to one receiver: in order, one at a time, again until it works. It knows nothing
 * of alerts, nor of what others are told.
 *
 * @module
 */

import { formatDuration, type Instant } from "@/lib/domain/instant.ts";
import type { Notification } from "@/lib/domain/notification.ts";
import type { Cancel, Clock } from "@/lib/ports/clock.ts";
import type { Log } from "@/lib/ports/log.ts";
import type { DeliveryResult, Receiver } from "@/lib/ports/receiver.ts";
import type { AttemptView } from "@/lib/protocol/views.ts";

import type { DeliveryUpdate } from "./delivery_update.ts";
import { type MailboxCounters, startMailboxCounters } from "./mailbox_counters.ts";
import { DEFAULT_MAILBOX_LIMITS, type MailboxLimits } from "./mailbox_limits.ts";
import { type Rate, RateWindow } from "./rate_window.ts";
import { ReceiverCondition } from "./receiver_condition.ts";
import { tryReceiver } from "./try_receiver.ts";
import { type Waiting, WaitingList } from "./waiting_list.ts";

/** What a {@linkcode Mailbox} needs. */
export interface MailboxOptions {
  /** Tells the time and holds the one timer. */
  readonly clock: Clock;
  /** Uniform in 0 to 1, 1 left out. */
  readonly random: () => number;
  /** Takes word of failures. */
  readonly log: Log;
  /** Where everything goes. */
  readonly receiver: Receiver;
  /** How many notifications may begin in a span of time. Attempts to repeat one are not counted. */
  readonly rate: Rate;
  /** Bounds other than the default ones. */
  readonly limits?: Partial<MailboxLimits>;
  /** Takes news of a notification; it may be called before `post` returns, and may post. */
  readonly onUpdate: (id: string, change: DeliveryUpdate) => void;
}

/** Options for {@linkcode Mailbox.post}. */
export interface PostOptions {
  /** It is not tried before this resolves; others behind it wait as well. @default {at once} */
  readonly after?: Promise<unknown>;
  /** How long ago it was decided, in milliseconds. @default {0} */
  readonly ageMs?: number;
  /** How many attempts there were in an earlier run. @default {0} */
  readonly tries?: number;
}

/** How a mailbox is. */
export interface MailboxState {
  /** `failing` while the latest attempt failed. */
  readonly state: "ok" | "failing";
  /** How many notifications are not over. */
  readonly queued: number;
  /** Why the latest attempt failed; `null` if it did not. */
  readonly failure: string | null;
  /** When the latest notification was delivered; `null` if none was. */
  readonly deliveredAt: Instant | null;
}

/**
 * Holds what one receiver is still to be told. The first in the queue is tried until it is delivered, refused
 * for good or too old; then comes the next. After a failure the receiver is left alone for a growing pause,
 * whichever notification is first by then. Times are measured by the monotonic clock.
 */
export class Mailbox {
  readonly #options: MailboxOptions;
  readonly #limits: MailboxLimits;
  readonly #counters = startMailboxCounters();
  readonly #waiting = new WaitingList();
  readonly #rate: RateWindow;
  readonly #condition: ReceiverCondition;
  readonly #stop = new AbortController();
  #inFlight: Waiting | undefined;
  #running: Promise<void> | undefined;
  #cancelTimer: Cancel | undefined;

  /** Creates an empty one. */
  constructor(options: MailboxOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_MAILBOX_LIMITS, ...options.limits };
    this.#rate = new RateWindow(options.rate);
    const { log, random, receiver: { name } } = options;
    this.#condition = new ReceiverCondition({ log, random, name });
  }

  /** How many notifications are not over, the one in flight among them. */
  get queued(): number {
    return this.#waiting.size;
  }

  /**
   * Returns the notifications that are not over, first one first. A new mailbox may take over those of a
   * stopped one.
   */
  unfinished(): Notification[] {
    return this.#waiting.all().map(({ notification }) => notification);
  }

  /** Returns how it is now. */
  state(): MailboxState {
    const { failure, deliveredAt } = this.#condition;
    const state = failure === null ? "ok" : "failing";
    return { state, queued: this.queued, failure, deliveredAt };
  }

  /** Returns a copy of the counts. */
  counters(): Readonly<MailboxCounters> {
    return { ...this.#counters };
  }

  /** Queues a notification, whose id nobody else has. Never throws. Once stopped it waits for good. */
  post(notification: Notification, options: PostOptions = {}): void {
    const { after, ageMs = 0, tries = 0 } = options;
    this.#counters.posted++;
    const postedAtMs = this.#options.clock.monotonicMs() - ageMs;
    const isHeld = after !== undefined;
    const waiting = { notification, postedAtMs, tries, toldDueMs: null, isHeld };
    after?.finally(() => {
      waiting.isHeld = false;
      this.#advance();
    });
    const replaced = this.#waiting.add(waiting);
    if (replaced === undefined) this.#dropBeyondBound();
    else this.#end(replaced, REPLACED);
    this.#advance();
  }

  /** Aborts the attempt in flight, awaits its end, and starts no other; a second call does nothing more. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#clearTimer();
    await this.#running;
  }

  /** Begins what is due, or sets the timer for it. Safe to call at any time, also from within `onUpdate`. */
  #advance(): void {
    const nowMs = this.#options.clock.monotonicMs();
    for (let head = this.#next(); head !== undefined; head = this.#next()) {
      const dueMs = this.#dueMs(head);
      if (this.#waiting.isMoot(head)) this.#end(head, NEVER_TOLD);
      else if (this.#isTooLate(head, Math.max(dueMs, nowMs))) this.#giveUp(head);
      else if (dueMs > nowMs) return this.#waitFor(head, { dueMs, nowMs });
      else this.#begin(head, nowMs);
    }
    this.#clearTimer();
  }

  /** Returns the one to be tried next; `undefined` if there is none, or none may begin now. */
  #next(): Waiting | undefined {
    const busy = this.#inFlight !== undefined || this.#stop.signal.aborted;
    const head = busy ? undefined : this.#waiting.head;
    return head?.isHeld ? undefined : head;
  }

  #dueMs({ tries }: Waiting): number {
    const { restsUntilMs } = this.#condition;
    return tries === 0 ? Math.max(restsUntilMs, this.#rate.freeAtMs) : restsUntilMs;
  }

  #waitFor(head: Waiting, { dueMs, nowMs }: { dueMs: number; nowMs: number }): void {
    const delayMs = Math.ceil(dueMs - nowMs);
    this.#clearTimer();
    this.#cancelTimer = this.#options.clock.after(delayMs, () => this.#advance());
    if (head.toldDueMs === dueMs) return;
    head.toldDueMs = dueMs;
    const nextTryAt = this.#options.clock.now() + delayMs;
    this.#tell(head, { state: stateOf(head), nextTryAt });
  }

  #begin(head: Waiting, nowMs: number): void {
    this.#clearTimer();
    this.#inFlight = head;
    this.#waiting.keep(head);
    this.#counters.attempts++;
    if (head.tries === 0) this.#rate.note(nowMs);
    else this.#counters.retries++;
    const state = stateOf(head);
    const wasTold = head.toldDueMs !== null;
    head.tries++;
    head.toldDueMs = null;
    this.#running = this.#run(head);
    if (wasTold) this.#tell(head, { state, nextTryAt: null });
  }

  async #run(head: Waiting): Promise<void> {
    const { clock, log, receiver } = this.#options;
    const result = await tryReceiver(receiver, head.notification, {
      clock,
      log,
      attemptMs: this.#limits.attemptMs,
      signal: this.#stop.signal,
    });
    this.#inFlight = undefined;
    this.#running = undefined;
    this.#settle(head, result);
    this.#advance();
  }

  #settle(head: Waiting, result: DeliveryResult): void {
    const at = this.#options.clock.now();
    switch (result.kind) {
      case "delivered": {
        this.#condition.noteDelivered(at);
        const attempt = { at, result: result.kind, detail: result.detail };
        return this.#end(head, { state: "delivered", attempt, nextTryAt: null });
      }
      case "permanent": {
        this.#condition.noteRefused(result.reason);
        const attempt = { at, result: result.kind, detail: result.reason };
        return this.#end(head, { state: "failed", attempt, nextTryAt: null });
      }
      case "passing":
        return this.#keepForLater(head, result);
    }
  }

  #keepForLater(head: Waiting, result: PassingResult): void {
    const { clock } = this.#options;
    const nowMs = clock.monotonicMs();
    const at = clock.now();
    const attempt: AttemptView = { at, result: result.kind, detail: result.reason };
    if (this.#stop.signal.aborted) {
      return this.#tell(head, { state: "retrying", attempt, nextTryAt: null });
    }
    this.#condition.notePassing(result, nowMs);
    const dueMs = this.#dueMs(head);
    if (this.#isTooLate(head, dueMs)) return this.#giveUp(head, attempt);
    head.toldDueMs = dueMs;
    this.#tell(head, { state: "retrying", attempt, nextTryAt: at + Math.ceil(dueMs - nowMs) });
  }

  #isTooLate({ postedAtMs }: Waiting, dueMs: number): boolean {
    return dueMs >= postedAtMs + this.#limits.giveUpMs;
  }

  #giveUp(head: Waiting, attempt?: AttemptView): void {
    const reason = `not delivered within ${formatDuration(this.#limits.giveUpMs)}`;
    const change: DeliveryEnd = { state: "failed", nextTryAt: null, reason };
    this.#end(head, attempt === undefined ? change : { ...change, attempt });
  }

  #dropBeyondBound(): void {
    if (this.queued <= this.#limits.queue) return;
    for (const dropped of this.#waiting.removeLeastMissed(this.#inFlight)) {
      this.#end(dropped, PUSHED_OUT);
    }
  }

  /** Counts, logs and tells that a notification is over; by then it waits no more. */
  #end(waiting: Waiting, change: DeliveryEnd): void {
    if (change.state === "delivered") this.#waiting.hear(waiting);
    this.#waiting.remove(waiting);
    this.#counters[change.state]++;
    this.#logEnd(waiting, change);
    this.#tell(waiting, change);
  }

  #logEnd({ notification, tries }: Waiting, { state, attempt, reason }: DeliveryUpdate): void {
    const { log, receiver } = this.#options;
    const { id, service, incident } = notification;
    const isFine = state === "delivered" || FINE.includes(reason);
    log[isFine ? "debug" : "error"](`notification ${state}`, {
      receiver: receiver.name,
      notification: id,
      service,
      incident,
      tries,
      reason: reason ?? attempt?.detail,
    });
  }

  /** A listener that throws must not hold up what waits. */
  #tell({ notification }: Waiting, change: DeliveryUpdate): void {
    try {
      this.#options.onUpdate(notification.id, change);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#options.log.error("listener of deliveries broken", { reason });
    }
  }

  #clearTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }
}

const REPLACED = { state: "dropped", nextTryAt: null, reason: "replaced by a newer one" } as const;

const NEVER_TOLD = {
  ...{ state: "dropped", nextTryAt: null, reason: "nobody was told that it began" } as const,
};

/** Reasons for which nobody misses what was dropped. */
const FINE: readonly (string | undefined)[] = [REPLACED.reason, NEVER_TOLD.reason];

const PUSHED_OUT = { state: "dropped", nextTryAt: null, reason: "the queue was full" } as const;

type PassingResult = Extract<DeliveryResult, { kind: "passing" }>;

type DeliveryEnd = DeliveryUpdate & { readonly state: "delivered" | "failed" | "dropped" };

function stateOf({ tries }: Waiting): "queued" | "retrying" {
  return tries === 0 ? "queued" : "retrying";
}
