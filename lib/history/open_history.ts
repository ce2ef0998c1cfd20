/**
 * Opens the history of a monitor, and reads what it goes on from.
 *
 * @module
 */

import type { Retention } from "@/lib/domain/retention.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import type { History } from "@/lib/ports/history.ts";
import type { Log } from "@/lib/ports/log.ts";
import type { RestoredState } from "@/lib/ports/restored_state.ts";

import { createMemoryHistory } from "./memory_history.ts";
import { readRestored } from "./read_restored.ts";
import { reviveHistory } from "./revived_history.ts";
import { openWorkerHistory } from "./worker_history.ts";

/** Where and how long a history is kept. */
export interface OpenHistoryOptions {
  /** In memory, or in the folder of an absolute path, which is created if there is none. */
  readonly place: { readonly kind: "memory" } | { readonly kind: "folder"; readonly path: string };
  /** How long what is kept. */
  readonly retention: Retention;
  /** Dates the run. */
  readonly clock: Clock;
  /** Takes word of what cannot be read. */
  readonly log: Log;
}

/** A history that is open. */
export interface OpenedHistory {
  /** It. */
  readonly history: History;
  /** What an earlier run has left in it. */
  readonly restored: RestoredState;
}

/**
 * Opens a history.
 *
 * @throws {HistoryError} If it cannot be opened; the message says what to do.
 */
export async function openHistory(options: OpenHistoryOptions): Promise<OpenedHistory> {
  const { clock, log } = options;
  const history = createHistory(options);
  const restored = readRestored(await history.open(clock.now()), ({ kind, key, reason }) => {
    log.error("state of an earlier run cannot be read", { kind, key, reason });
  });
  return { history, restored };
}

function createHistory({ place, retention, clock, log }: OpenHistoryOptions): History {
  if (place.kind === "memory") return createMemoryHistory({ retention });
  const { path: folder } = place;
  return reviveHistory({
    ...{ clock, log, retention },
    create: (onDeath) => openWorkerHistory({ folder, retention, onDeath }),
  });
}
