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

/** How many incidents are remembered of which nothing was delivered; the oldest is forgotten first. */
const MAX_UNHEARD = 10_000;

/**
 * Keeps the order. A newer message about a firing incident takes the place of one that was never tried, if it
 * says all that one says. A resolved one ends that; it is never replaced.
 *
 * It also knows what is missed least if not all can be kept: an incident of which nothing was told, once it is
 * over; then what was never tried of one that is not; and an end of what was told last of all.
 */
export class WaitingList {
  /** By place. A map keeps the place of a key whose value is replaced. */
  readonly #places = new Map<number, Waiting>();
  readonly #placeOf = new Map<Waiting, number>();
  /** By place: firing ones that were never tried. */
  readonly #untried = new Map<number, Waiting>();
  /** By incident: all that wait. */
  readonly #waitingOf = new Map<string, Set<Waiting>>();
  /** By incident, those that a newer one would replace. */
  readonly #replaceable = new Map<string, Waiting>();
  /** Incidents that began in this list and of which nothing was delivered. */
  readonly #unheard = new Set<string>();
  /** Those of them of which nothing that waits was tried, and whose end waits too. */
  readonly #untold = new Set<string>();
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
    this.#noteBeginning(waiting);
    if (replaced !== undefined) this.#placeOf.delete(replaced);
    this.#places.set(place, waiting);
    this.#placeOf.set(waiting, place);
    if (state === "firing") {
      this.#replaceable.set(incident, waiting);
      this.#untried.set(place, waiting);
    } else this.#replaceable.delete(incident);
    this.#regroup(waiting, replaced);
    return replaced;
  }

  /** Says that an attempt begins: from now on nothing replaces it, nor is it dropped before others. */
  keep(waiting: Waiting): void {
    const { incident } = waiting.notification;
    if (this.#replaceable.get(incident) === waiting) this.#replaceable.delete(incident);
    const place = this.#placeOf.get(waiting);
    if (place !== undefined) this.#untried.delete(place);
    this.#untold.delete(incident);
  }

  /** Says that one was delivered: the receiver knows of its incident. */
  hear({ notification: { incident, state } }: Waiting): void {
    if (state === "firing") this.#unheard.delete(incident);
  }

  /** Tells whether one says that something is over of which the receiver does not know; it is the first one. */
  isMoot({ notification: { incident, state } }: Waiting): boolean {
    return state === "resolved" && this.#unheard.has(incident);
  }

  /** Removes one. */
  remove(waiting: Waiting): void {
    const place = this.#placeOf.get(waiting);
    if (place === undefined) return;
    this.keep(waiting);
    this.#placeOf.delete(waiting);
    this.#places.delete(place);
    this.#regroup(undefined, waiting);
  }

  /** Removes and returns what is missed least, in order; but not `spared`. */
  removeLeastMissed(spared: Waiting | undefined): Waiting[] {
    const found = this.#findUntold() ?? this.#findOldest(spared);
    for (const waiting of found) this.remove(waiting);
    return found;
  }

  /** What was told of an incident before is not known of one whose messages wait already. */
  #noteBeginning({ notification: { incident, state, reason } }: Waiting): void {
    if (state !== "firing" || reason !== "first" || this.#waitingOf.has(incident)) return;
    this.#unheard.add(incident);
    const [oldest] = this.#unheard;
    if (this.#unheard.size > MAX_UNHEARD && oldest !== undefined) this.#unheard.delete(oldest);
  }

  #regroup(added: Waiting | undefined, removed: Waiting | undefined): void {
    const incident = (added ?? removed)?.notification.incident ?? "";
    const group = this.#waitingOf.get(incident) ?? new Set();
    if (removed !== undefined) group.delete(removed);
    if (added !== undefined) group.add(added);
    if (group.size > 0) this.#waitingOf.set(incident, group);
    else this.#waitingOf.delete(incident);
    const isEnd = removed?.notification.state === "resolved";
    if (isEnd && group.size === 0) this.#unheard.delete(incident);
    const all = [...group];
    const isUntold = this.#unheard.has(incident) && all.every(({ tries }) => tries === 0) &&
      all.some(({ notification }) => notification.state === "resolved");
    if (isUntold) this.#untold.add(incident);
    else this.#untold.delete(incident);
  }

  /** Returns all of an incident up to its end; what follows may be told yet. */
  #findUntold(): Waiting[] | undefined {
    const [incident] = this.#untold;
    if (incident === undefined) return undefined;
    const placeOf = (waiting: Waiting) => this.#placeOf.get(waiting) ?? 0;
    const all = [...this.#waitingOf.get(incident) ?? []].sort((a, b) => placeOf(a) - placeOf(b));
    return all.slice(
      0,
      all.findLastIndex(({ notification }) => notification.state === "resolved") + 1,
    );
  }

  /** What was tried and is not in flight is the first of all, and no end comes before it. */
  #findOldest(spared: Waiting | undefined): Waiting[] {
    const [untried] = this.#untried.values();
    if (untried !== undefined) return [untried];
    for (const waiting of this.#places.values()) {
      if (waiting !== spared) return [waiting];
    }
    return [];
  }
}

/** That something flaps is said once, and in no other message. */
function saysAllOf({ notification: newer }: Waiting, { notification: older }: Waiting): boolean {
  if (newer.reason === "flapping" || older.reason === "flapping") return false;
  const said = new Set(newer.alerts.map(({ rule }) => rule));
  return older.alerts.every(({ rule }) => said.has(rule));
}
