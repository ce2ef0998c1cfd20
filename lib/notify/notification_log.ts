/**
 * What was decided about telling whom, and what became of it: the latest entries.
 *
 * @module
 */

import TinyQueue from "tinyqueue";

import type { NotificationQuery } from "@/lib/ports/alert_desk.ts";
import type { NotificationView } from "@/lib/protocol/views.ts";

import type { DeliveryUpdate } from "./delivery_update.ts";

/** How many entries are kept unless told otherwise. */
export const MAX_LOG_ENTRIES = 2_000;

/** How many attempts of an entry are kept; `tries` counts all. */
export const MAX_LOG_ATTEMPTS = 10;

interface Entry {
  /** Counts up from entry to entry. */
  readonly order: number;
  view: NotificationView;
}

/**
 * Keeps entries in the order in which they were added. Beyond the bound the oldest goes that is over (held,
 * delivered, failed or dropped); only if all still wait, the oldest of them.
 */
export class NotificationLog {
  readonly #maxEntries: number;
  /** By id, oldest first. */
  readonly #entries = new Map<string, Entry>();
  /** The entries that are over, the oldest on top. An entry that is over stays so. */
  readonly #over = new TinyQueue<Entry>([], (a, b) => a.order - b.order);
  #nextOrder = 0;

  /** Creates an empty log. `maxEntries` is at least 1. */
  constructor({ maxEntries = MAX_LOG_ENTRIES }: { readonly maxEntries?: number } = {}) {
    this.#maxEntries = maxEntries;
  }

  /** How many entries there are. */
  get size(): number {
    return this.#entries.size;
  }

  /**
   * Adds the newest entry.
   *
   * @returns The id of the entry that went to make room for it.
   * @throws {Error} If there is one of that id.
   */
  add(view: NotificationView): readonly string[] {
    if (this.#entries.has(view.id)) {
      throw new Error(`Cannot add notification "${view.id}": there is one of that id`);
    }
    const gone = this.#forget();
    this.#keep({ order: this.#nextOrder++, view });
    return gone;
  }

  /** Takes an entry of an earlier run, newer than all that are there. */
  restore(order: number, view: NotificationView): void {
    this.#keep({ order, view });
    this.#nextOrder = Math.max(this.#nextOrder, order + 1);
  }

  /** Returns the place of an entry in the order of all, those of earlier runs included. */
  orderOf(id: string): number {
    return this.#entries.get(id)?.order ?? -1;
  }

  /**
   * Takes news of an entry.
   *
   * @returns What it is now; `undefined` if there is none of that id, or it was over before.
   */
  update(id: string, change: DeliveryUpdate): NotificationView | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined || isOver(entry.view)) return undefined;
    entry.view = applyUpdate(entry.view, change);
    if (isOver(entry.view)) this.#over.push(entry);
    return entry.view;
  }

  /** Returns one entry; `undefined` if there is none of that id, or none any more. */
  find(id: string): NotificationView | undefined {
    return this.#entries.get(id)?.view;
  }

  /** Returns the entries that are asked for, newest first; none after a `before` that is not kept. */
  query(query: NotificationQuery): readonly NotificationView[] {
    const before = query.before === null ? Infinity : this.#entries.get(query.before)?.order ?? -1;
    const found: NotificationView[] = [];
    for (const { order, view } of this.#newestFirst()) {
      if (found.length >= query.limit) break;
      if (order < before && fits(view, query)) found.push(view);
    }
    return found;
  }

  #newestFirst(): Entry[] {
    return [...this.#entries.values()].reverse();
  }

  #keep(entry: Entry): void {
    this.#entries.set(entry.view.id, entry);
    if (isOver(entry.view)) this.#over.push(entry);
  }

  /** What waits is never forgotten: the queues bound it. */
  #forget(): string[] {
    const gone: string[] = [];
    while (this.size >= this.#maxEntries) {
      const id = this.#over.pop()?.view.id;
      if (id === undefined) break;
      this.#entries.delete(id);
      gone.push(id);
    }
    return gone;
  }
}

function applyUpdate(view: NotificationView, change: DeliveryUpdate): NotificationView {
  const { state, attempt, nextTryAt, reason = null } = change;
  if (attempt === undefined) return { ...view, state, nextTryAt, reason };
  const attempts = [...view.attempts, attempt].slice(-MAX_LOG_ATTEMPTS);
  return { ...view, state, nextTryAt, reason, attempts, tries: view.tries + 1 };
}

function isOver({ state }: NotificationView): boolean {
  switch (state) {
    case "queued":
    case "retrying":
      return false;
    case "held":
    case "delivered":
    case "failed":
    case "dropped":
      return true;
  }
}

function fits(view: NotificationView, query: NotificationQuery): boolean {
  const { receiver, service, alert, state } = query;
  return (receiver === null || view.receiver === receiver) &&
    (service === null || view.service === service) &&
    (alert === null || view.alerts.includes(alert)) &&
    (state === null || view.state === state);
}
