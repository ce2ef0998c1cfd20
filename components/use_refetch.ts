/**
 * Fetching again what a page shows beside the live state, when that has changed.
 *
 * @module
 */

import { effect, type ReadonlySignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import type { Instant } from "@/lib/domain/instant.ts";

/** It is fetched at most this often. */
const PAUSE_MS = 1_000;

/** Options for {@linkcode useRefetch}. */
export interface RefetchOptions {
  readonly store: { readonly now: ReadonlySignal<Instant> };
  /** Returns what a change of it makes stale. It may read signals. */
  readonly watch: () => unknown;
  /** Returns after how many milliseconds it is stale without any change; `Infinity` for never. */
  readonly maxAgeMs?: () => number;
  /** Called when it is stale. */
  readonly refetch: () => void;
}

/** Calls `refetch` as {@linkcode startRefetch} does, while the component is on the page. */
export function useRefetch(options: RefetchOptions): void {
  useEffect(() => startRefetch(options), [options.store]);
}

/**
 * Calls `refetch` when what it watches has changed, at most once a second, and never while nothing is live.
 *
 * @returns Ends it.
 */
export function startRefetch({ store, watch, maxAgeMs, refetch }: RefetchOptions): () => void {
  let last: { readonly seen: unknown; readonly at: Instant } | undefined;
  return effect(() => {
    const seen = watch();
    const now = store.now.value;
    last ??= { seen, at: now };
    const ageMs = now - last.at;
    const isStale = seen !== last.seen || ageMs >= (maxAgeMs?.() ?? Infinity);
    if (!isStale || ageMs < PAUSE_MS) return;
    last = { seen, at: now };
    refetch();
  });
}
