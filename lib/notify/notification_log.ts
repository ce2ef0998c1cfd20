/**
 * The log of notifications: each decision, and what became of it.
 *
 * @module
 */

import type { NotificationQuery } from "@/lib/ports/alert_desk.ts";
import type { NotificationView } from "@/lib/protocol/views.ts";

import type { DeliveryUpdate } from "./mailbox.ts";

/** How many entries are kept; the oldest that waits for nothing goes first. */
export const MAX_ENTRIES = 2_000;

/** How many attempts are kept of an entry. */
const MAX_ATTEMPTS = 10;

/** Keeps entries in the order in which they came. */
export class NotificationLog {
  readonly #limit: number;
  readonly #entries = new Map<string, NotificationView>();

  /** Begins empty, and keeps `limit` entries. */
  constructor(limit: number = MAX_ENTRIES) {
    this.#limit = limit;
  }

  /** Adds an entry. */
  add(entry: NotificationView): void {
    this.#entries.set(entry.id, entry);
    if (this.#entries.size <= this.#limit) return;
    const [oldest] = this.#entries.values();
    const over = this.#entries.values().find((each) => !isWaiting(each)) ?? oldest;
    if (over !== undefined) this.#entries.delete(over.id);
  }

  /** Notes what became of an entry; nothing if it is not kept any more. */
  update(id: string, { state, attempt, nextTryAt }: DeliveryUpdate): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    const made = attempt === undefined ? [] : [attempt];
    const attempts = [...entry.attempts, ...made].slice(-MAX_ATTEMPTS);
    const tries = entry.tries + made.length;
    this.#entries.set(id, { ...entry, state, attempts, tries, nextTryAt });
  }

  /** Returns the entries that a query asks for, newest first. */
  query({ receiver, service, alert, state, limit, before }: NotificationQuery): NotificationView[] {
    const found: NotificationView[] = [];
    let isBefore = before === null;
    for (const entry of [...this.#entries.values()].reverse()) {
      if (found.length >= limit) break;
      const fits = (receiver === null || entry.receiver === receiver) &&
        (service === null || entry.service === service) &&
        (alert === null || entry.alerts.includes(alert)) &&
        (state === null || entry.state === state);
      if (isBefore && fits) found.push(entry);
      if (entry.id === before) isBefore = true;
    }
    return found;
  }
}

function isWaiting({ state }: NotificationView): boolean {
  return state === "queued" || state === "retrying";
}
