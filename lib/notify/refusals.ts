/**
 * What a receiver knows for sure: a message that it refused for good has told it nothing, and may be told
 * again after a pause.
 *
 * @module
 */

import type { Told } from "@/lib/domain/decide_notification.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import type { Notification } from "@/lib/domain/notification.ts";

import type { DeliveryUpdate } from "./delivery_update.ts";

/** The first pause after a refusal, in milliseconds. */
export const FIRST_REFUSAL_PAUSE_MS = 300_000;

/** The longest one. */
export const MAX_REFUSAL_PAUSE_MS = 3_600_000;

/** What a receiver knows of one incident. */
export interface Knowledge {
  /** What it knows once it has taken all that is on its way. */
  told: Told | null;
  /** What it knew when it took the latest message. */
  heard: Told | null;
  /** Whether it has refused something that is not told again yet, and the pause for which has not begun. */
  isRefused: boolean;
  /** Until when that is not told again. */
  retryAt: Instant;
}

/** Knowledge that goes back to what was heard. */
export interface Forgotten<K extends Knowledge> {
  /** Name of the service. */
  readonly service: string;
  /** What the receiver knows now. */
  readonly knowledge: K;
}

interface OnItsWay<K extends Knowledge> extends Forgotten<K> {
  /** What the receiver knows once it has this. */
  readonly told: Told | null;
}

/** Follows the messages to one receiver. Pauses double with each refusal after one, until a delivery. */
export class Refusals<K extends Knowledge> {
  readonly #onTheirWay = new Map<string, OnItsWay<K>>();
  #pauseMs = 0;
  #until: Instant = -Infinity;

  /** Follows a message about something that fires; what it tells is in `knowledge` already. */
  follow({ id, state, service }: Notification, knowledge: K): void {
    if (state !== "firing") return;
    this.#onTheirWay.set(id, { service, knowledge, told: knowledge.told });
  }

  /** Takes what became of a message; returns what is not known after all, if that is so. */
  take(id: string, { state }: DeliveryUpdate): Forgotten<K> | undefined {
    const message = this.#onTheirWay.get(id);
    if (message === undefined || state === "queued" || state === "retrying") return undefined;
    this.#onTheirWay.delete(id);
    if (state === "delivered") this.#noteDelivered(message);
    return state === "failed" ? this.#forget(message) : undefined;
  }

  /** Returns until when nothing but an end is told; `null` if anything may be. `now` is of a steady clock. */
  restsUntil(knowledge: K, now: Instant): Instant | null {
    if (knowledge.isRefused) {
      knowledge.isRefused = false;
      knowledge.retryAt = this.#pauseFrom(now);
    }
    return now < knowledge.retryAt ? knowledge.retryAt : null;
  }

  #noteDelivered({ knowledge, told }: OnItsWay<K>): void {
    knowledge.heard = told;
    this.#pauseMs = 0;
    this.#until = -Infinity;
  }

  /** Another message about the same may tell it all the same. */
  #forget({ service, knowledge }: OnItsWay<K>): Forgotten<K> | undefined {
    const others = [...this.#onTheirWay.values()];
    if (others.some((other) => other.knowledge === knowledge)) return undefined;
    knowledge.told = knowledge.heard;
    knowledge.isRefused = true;
    return { service, knowledge };
  }

  /** What is refused during a pause waits for the end of that. */
  #pauseFrom(now: Instant): Instant {
    if (now < this.#until) return this.#until;
    const pauseMs = Math.max(FIRST_REFUSAL_PAUSE_MS, 2 * this.#pauseMs);
    this.#pauseMs = Math.min(pauseMs, MAX_REFUSAL_PAUSE_MS);
    return this.#until = now + this.#pauseMs;
  }
}
