/**
 * The notifications of one receiver that are not over yet, in the order in which they are sent.
 *
 * @module
 */

import type { Notification } from "@/lib/domain/notification.ts";

/** A notification that is not over. */
export interface Waiting {
  /** What is to be sent. */
  readonly notification: Notification;
  /** When it was posted, in monotonic milliseconds. */
  readonly postedAtMs: number;
  /** How many attempts have begun. */
  tries: number;
  /** When it was said to be tried next, in monotonic milliseconds; `null` if nothing was said. */
  toldDueMs: number | null;
  /** Whether it must not be tried yet: it is not written down. */
  isHeld: boolean;
}

/**
 * Keeps the order. A newer message about a firing incident takes the place of one that was never tried, if it
 * says all that one says. A resolved one ends that; it is never replaced.
 */
export class WaitingList {
  /** By place. A map keeps the place of a key whose value is replaced. */
  readonly #places = new Map<number, Waiting>();
  readonly #placeOf = new Map<Waiting, number>();
  /** By incident, those that a newer one would replace. */
  readonly #replaceable = new Map<string, Waiting>();
  #nextPlace = 0;

  /** How many there are. */
  get size(): number {
    return this.#places.size;
  }

  /** The one to be sent first. */
  get head(): Waiting | undefined {
    const [head] = this.#places.values();
    return head;
  }

  /** Returns all, first one first. */
  all(): Waiting[] {
    return [...this.#places.values()];
  }

  /** Adds one at the end, or in the place of an older one, which it returns. */
  add(waiting: Waiting): Waiting | undefined {
    const { incident, state } = waiting.notification;
    const older = state === "firing" ? this.#replaceable.get(incident) : undefined;
    const replaced = older !== undefined && saysAllOf(waiting, older) ? older : undefined;
    const place = (replaced && this.#placeOf.get(replaced)) ?? this.#nextPlace++;
    if (replaced !== undefined) this.#placeOf.delete(replaced);
    this.#places.set(place, waiting);
    this.#placeOf.set(waiting, place);
    if (state === "firing") this.#replaceable.set(incident, waiting);
    else this.#replaceable.delete(incident);
    return replaced;
  }

  /** Says that an attempt begins: from now on nothing replaces it. */
  keep(waiting: Waiting): void {
    const { incident } = waiting.notification;
    if (this.#replaceable.get(incident) === waiting) this.#replaceable.delete(incident);
  }

  /** Removes one. */
  remove(waiting: Waiting): void {
    const place = this.#placeOf.get(waiting);
    if (place === undefined) return;
    this.keep(waiting);
    this.#placeOf.delete(waiting);
    this.#places.delete(place);
  }

  /** Removes and returns the oldest; but not `spared`. */
  removeOldest(spared: Waiting | undefined): Waiting | undefined {
    for (const waiting of this.#places.values()) {
      if (waiting === spared) continue;
      this.remove(waiting);
      return waiting;
    }
    return undefined;
  }
}

/** That something flaps is said once, and in no other message. */
function saysAllOf({ notification: newer }: Waiting, { notification: older }: Waiting): boolean {
  if (newer.reason === "flapping" || older.reason === "flapping") return false;
  const said = new Set(newer.alerts.map(({ rule }) => rule));
  return older.alerts.every(({ rule }) => said.has(rule));
}
