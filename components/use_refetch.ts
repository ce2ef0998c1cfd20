/**
 * Fetching again what a page shows beside the live state, when that has changed.
 *
 * @module
 */

import { useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";

import type { LiveStore } from "./live_store.ts";

/** It is fetched at most this often. */
const PAUSE_MS = 1_000;

/** Options for {@linkcode useRefetch}. */
export interface RefetchOptions {
  readonly store: LiveStore;
  /** Returns what a change of it makes stale. It may read signals. */
  readonly watch: () => unknown;
  /** Returns after how many milliseconds it is stale without any change; `Infinity` for never. */
  readonly maxAgeMs?: () => number;
  /** Called when it is stale. */
  readonly refetch: () => void;
}

/** Calls `refetch` when what it watches has changed, at most once a second, and never while nothing is live. */
export function useRefetch({ store, watch, maxAgeMs, refetch }: RefetchOptions): void {
  const last = useRef<{ seen: unknown; at: number } | null>(null);
  useSignalEffect(() => {
    const seen = watch();
    const now = store.now.value;
    if (last.current === null) {
      last.current = { seen, at: now };
      return;
    }
    const ageMs = now - last.current.at;
    const isStale = seen !== last.current.seen || ageMs >= (maxAgeMs?.() ?? Infinity);
    if (!isStale || ageMs < PAUSE_MS) return;
    last.current = { seen, at: now };
    refetch();
  });
}
