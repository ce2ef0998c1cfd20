/**
 * Joins an island to the live store of its page, and that to the browser.
 *
 * @module
 */

import type { Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { SYSTEM_CLOCK } from "@/lib/ports/system_clock.ts";
import type { SnapshotMessage } from "@/lib/protocol/live_message.ts";

import { LiveStore } from "./live_store.ts";

/**
 * One store for each signal. A page hands the same signal to all its islands, and that stays so in the
 * browser; on the server every request makes its own signal, and its store goes when the signal goes.
 */
const STORES = new WeakMap<Signal<SnapshotMessage>, LiveStore>();

/** Returns the store that all islands with this `initial` share; in the browser it goes live. */
export function useLive(initial: Signal<SnapshotMessage>): LiveStore {
  const store = storeOf(initial);
  useEffect(() => goLive(store), [store]);
  return store;
}

function storeOf(initial: Signal<SnapshotMessage>): LiveStore {
  const known = STORES.get(initial);
  if (known !== undefined) return known;
  const store = new LiveStore(initial.peek(), SYSTEM_CLOCK);
  STORES.set(initial, store);
  return store;
}

function goLive(store: LiveStore): () => void {
  const disconnect = store.connect({
    url: new URL("/api/live", location.href.replace(/^http/, "ws")).href,
    openSocket: (url) => new WebSocket(url),
    random: Math.random,
  });
  const onOnline = () => store.retryNow();
  const onVisibility = () => {
    store.setHidden(document.hidden);
    if (!document.hidden) store.retryNow();
  };
  store.setHidden(document.hidden);
  addEventListener("online", onOnline);
  document.addEventListener("visibilitychange", onVisibility);
  return () => {
    removeEventListener("online", onOnline);
    document.removeEventListener("visibilitychange", onVisibility);
    disconnect();
  };
}
