/**
 * The queue to one receiver: in order, one attempt at a time, tried again until it works or makes no sense
 * any more.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { Notification } from "@/lib/domain/notification.ts";
import type { Cancel, Clock } from "@/lib/ports/clock.ts";
import type { Log } from "@/lib/ports/log.ts";
import type { DeliveryResult, Receiver } from "@/lib/ports/receiver.ts";
import type { AttemptView, NotificationView, ReceiverView } from "@/lib/protocol/views.ts";

import { retryPauseMs } from "./retry_pause.ts";
import { SendRate, type SendRateLimit } from "./send_rate.ts";
import { tryReceiver } from "./try_receiver.ts";

/** Bounds of a {@linkcode Mailbox}; times in milliseconds. */
export interface MailboxLimits {
  /** Most notifications that wait; when another comes the oldest that is not on its way is dropped. @default {1000} */
  readonly queue: number;
  /** Longest attempt. @default {10000} */
  readonly attemptMs: number;
  /** How long a notification is tried. @default {86400000} */
  readonly giveUpMs: number;
}

/** What a {@linkcode Mailbox} needs. */
export interface MailboxOptions {
  /** Measures pauses and attempts. */
  readonly clock: Clock;
  /** Takes what fails. */
  readonly log: Log;
  /** Numbers from 0 to below 1. */
  readonly random: () => number;
  /** Where notifications go. */
  readonly receiver: Receiver;
  /** How many notifications may begin in how long. */
  readonly rate: SendRateLimit;
  /** Bounds that differ from the defaults. */
  readonly limits?: Partial<MailboxLimits>;
  /** Hears what becomes of each. */
  readonly onUpdate: (id: string, update: DeliveryUpdate) => void;
}

/** What became of a notification. */
export interface DeliveryUpdate {
  /** Where it stands now. */
  readonly state: NotificationView["state"];
  /** The attempt that led to it, if one did. */
  readonly attempt?: AttemptView;
  /** When it is tried next; `null` if it is not, or as soon as its turn comes. */
  readonly nextTryAt: Instant | null;
}

/** What was counted since the start. */
export interface MailboxCounters {
  /** Notifications posted. */
  posted: number;
  /** Of those, delivered. */
  delivered: number;
  /** Of those, given up. */
  failed: number;
  /** Of those, dropped: the queue was full, or a newer one replaced it. */
  dropped: number;
  /** Attempts to deliver. */
  attempts: number;
}

/** A notification that waits. */
interface Letter {
  readonly notification: Notification;
  readonly postedAtMs: number;
  tries: number;
}

const DEFAULT_LIMITS: MailboxLimits = { queue: 1_000, attemptMs: 10_000, giveUpMs: 86_400_000 };

/** Delivers what is posted. It holds one timer at most, and none while it is empty. */
export class Mailbox {
  readonly #options: MailboxOptions;
  readonly #limits: MailboxLimits;
  readonly #rate: SendRate;
  readonly #stopping = new AbortController();
  readonly #counters: MailboxCounters = {
    ...{ posted: 0, delivered: 0, failed: 0, dropped: 0, attempts: 0 },
  };
  #waiting: Letter[] = [];
  /** The letter of the attempt that is under way. */
  #inFlight: Letter | undefined;
  #attempt: Promise<void> = Promise.resolve();
  #cancelTimer: Cancel | undefined;
  #failure: string | null = null;
  #deliveredAt: Instant | null = null;

  /** Begins empty. */
  constructor(options: MailboxOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#rate = new SendRate(options.rate);
  }

  /** Takes a notification. Each of its attempts carries the same id. */
  post(notification: Notification): void {
    if (this.#stopping.signal.aborted) return;
    this.#counters.posted++;
    this.#replace(notification);
    const postedAtMs = this.#options.clock.monotonicMs();
    this.#waiting.push({ notification, postedAtMs, tries: 0 });
    if (this.#waiting.length > this.#limits.queue) {
      this.#drop(this.#waiting.shift(), "the queue is full");
    }
    this.#advance();
  }

  /** Returns how the receiver is doing. */
  state(): Pick<ReceiverView, "state" | "queued" | "failure" | "deliveredAt"> {
    return {
      state: this.#failure === null ? "ok" : "failing",
      queued: this.#waiting.length + (this.#inFlight === undefined ? 0 : 1),
      failure: this.#failure,
      deliveredAt: this.#deliveredAt,
    };
  }

  /** Returns a copy of the counts. */
  counters(): Readonly<MailboxCounters> {
    return { ...this.#counters };
  }

  /** Aborts the attempt that is under way and begins no other. A second call awaits the first. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    await this.#attempt;
  }

  /** A newer word about what fires makes an older one that nobody has heard needless. */
  #replace({ state, incident }: Notification): void {
    if (state !== "firing") return;
    const old = this.#waiting.find(({ notification, tries }) =>
      tries === 0 && notification.incident === incident && notification.state === "firing"
    );
    if (old === undefined) return;
    this.#waiting = this.#waiting.filter((letter) => letter !== old);
    this.#drop(old, "a newer one replaces it");
  }

  #drop(letter: Letter | undefined, reason: string): void {
    if (letter === undefined) return;
    this.#counters.dropped++;
    const { receiver, log } = this.#options;
    const { id, title } = letter.notification;
    log.warn("notification dropped", { receiver: receiver.name, id, title, reason });
    this.#update(letter, { state: "dropped", nextTryAt: null });
  }

  /** Begins the next attempt, or waits until it may begin. */
  #advance(): void {
    const [next] = this.#waiting;
    const isBusy = this.#inFlight !== undefined || this.#cancelTimer !== undefined;
    if (isBusy || next === undefined || this.#stopping.signal.aborted) return;
    const { clock } = this.#options;
    const pauseMs = next.tries > 0 ? 0 : this.#rate.waitMs(clock.monotonicMs());
    if (pauseMs > 0) return this.#pause(next, "queued", pauseMs);
    this.#begin(next);
  }

  #pause(
    letter: Letter,
    state: "queued" | "retrying",
    pauseMs: number,
    attempt?: AttemptView,
  ): void {
    const { clock } = this.#options;
    const nextTryAt = clock.now() + pauseMs;
    this.#update(letter, { state, nextTryAt, ...(attempt === undefined ? {} : { attempt }) });
    this.#cancelTimer = clock.after(pauseMs, () => {
      this.#cancelTimer = undefined;
      this.#advance();
    });
  }

  #begin(letter: Letter): void {
    const { clock, receiver } = this.#options;
    this.#waiting.shift();
    this.#inFlight = letter;
    if (letter.tries === 0) this.#rate.note(clock.monotonicMs());
    letter.tries++;
    this.#counters.attempts++;
    this.#attempt = tryReceiver(receiver, letter.notification, {
      ...{ clock, attemptMs: this.#limits.attemptMs, signal: this.#stopping.signal },
    }).then((result) => this.#finish(letter, result));
  }

  #finish(letter: Letter, result: DeliveryResult): void {
    this.#inFlight = undefined;
    const { clock } = this.#options;
    const detail = result.kind === "delivered" ? result.detail : result.reason;
    const attempt = { at: clock.now(), result: result.kind, detail };
    this.#failure = result.kind === "delivered" ? null : result.reason;
    switch (result.kind) {
      case "delivered":
        this.#counters.delivered++;
        this.#deliveredAt = clock.now();
        this.#update(letter, { state: "delivered", attempt, nextTryAt: null });
        break;
      case "permanent":
        this.#fail(letter, attempt);
        break;
      case "passing":
        this.#retry(letter, attempt, result.retryAfterMs);
    }
    this.#advance();
  }

  #fail(letter: Letter, attempt: AttemptView): void {
    this.#counters.failed++;
    const { receiver, log } = this.#options;
    const { id, title } = letter.notification;
    const { name } = receiver;
    log.error("notification failed", { receiver: name, id, title, reason: attempt.detail });
    this.#update(letter, { state: "failed", attempt, nextTryAt: null });
  }

  #retry(letter: Letter, attempt: AttemptView, retryAfterMs: number | null): void {
    const { clock, random, log, receiver } = this.#options;
    const pauseMs = retryPauseMs({ tries: letter.tries, retryAfterMs, random });
    const ageMs = clock.monotonicMs() - letter.postedAtMs;
    if (ageMs + pauseMs > this.#limits.giveUpMs) return this.#fail(letter, attempt);
    this.#waiting.unshift(letter);
    if (this.#stopping.signal.aborted) return;
    const { id } = letter.notification;
    const reason = attempt.detail;
    log.warn("notification not delivered yet", { receiver: receiver.name, id, reason, pauseMs });
    this.#pause(letter, "retrying", pauseMs, attempt);
  }

  #update({ notification }: Letter, update: DeliveryUpdate): void {
    this.#options.onUpdate(notification.id, update);
  }
}
