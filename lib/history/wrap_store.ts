/**
 * A store as the port: its calls become promises.
 *
 * @module
 */

import { type History, HistoryError } from "@/lib/ports/history.ts";

import type { SqliteStore } from "./sqlite_store.ts";

/** A store that was opened. */
export interface OpenStore {
  /** The store. */
  readonly store: SqliteStore;
  /** Throws a `HistoryError` if what is written could not be found again. @default {() => {}} */
  readonly checkPlace?: () => void;
  /** Lets go of what it works on. */
  close(): void;
}

/** Returns a history that opens its store when it is opened, and may be opened again once it is closed. */
export function wrapStore({ open }: { readonly open: () => OpenStore }): History {
  let opened: OpenStore | null = null;
  async function ask<Answer>(question: (store: SqliteStore) => Answer): Promise<Answer> {
    // Whoever calls goes on first, as with a history that is elsewhere.
    await Promise.resolve();
    if (opened === null) throw notOpen();
    return question(opened.store);
  }
  function write<Answer>(act: (store: SqliteStore) => Answer): Promise<Answer> {
    return ask((store) => {
      opened?.checkPlace?.();
      return act(store);
    });
  }
  return {
    async open(now) {
      await Promise.resolve();
      opened?.close();
      opened = null;
      const next = open();
      try {
        const restored = next.store.open(now);
        opened = next;
        return restored;
      } catch (error) {
        next.close();
        throw error;
      }
    },
    append: (batch) => write((store) => store.append(batch)),
    samples: (query) => ask((store) => store.samples(query)),
    events: (query) => ask((store) => store.events(query)),
    statuses: (service, range) => ask((store) => store.statuses(service, range)),
    endedAlerts: (service, range) => ask((store) => store.endedAlerts(service, range)),
    gaps: (range) => ask((store) => store.gaps(range)),
    transitionsOf: (alert) => ask((store) => store.transitionsOf(alert)),
    maintain: (now) => write((store) => store.maintain(now)),
    retain: (retention) => ask((store) => store.retain(retention)),
    usage: () => ask((store) => store.usage()),
    async close() {
      await ask((store) => store.close());
      opened?.close();
      opened = null;
    },
  };
}

function notOpen(): HistoryError {
  return new HistoryError("broken", "Cannot use the history: it is closed; open it first");
}
