/**
 * Joins the past of a service to its live state and to the browser: the address, and whether anybody looks.
 *
 * @module
 */

import { effect, type ReadonlySignal, useComputed } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";

import {
  formatWindowChoice,
  parseWindowChoice,
  type WindowChoice,
} from "@/lib/domain/time_window.ts";
import type { LiveService } from "@/lib/protocol/live_state.ts";

import type { LiveStore } from "../live_store.ts";
import { createPastSource } from "./fetch_past.ts";
import { type PastStart, PastStore } from "./past_store.ts";

/** The past of a service, and how to look at another part of it. */
export interface UsedPast {
  readonly past: PastStore;
  /** Shows another window and puts it into the address. */
  readonly choose: (choice: WindowChoice) => void;
}

/** Returns the past of a service; in the browser it follows the live state. */
export function usePast(name: string, store: LiveStore, start: PastStart): UsedPast {
  const used = useMemo(() => {
    const past = new PastStore(start, createPastSource(name));
    const choose = (choice: WindowChoice) => {
      history.pushState(null, "", formatWindowChoice(choice));
      past.choose(choice);
    };
    return { past, choose };
  }, [name]);
  useEffect(() => join(used.past, name, store), [used, name, store]);
  return used;
}

function join(past: PastStore, name: string, store: LiveStore): () => void {
  const onVisibility = () => past.setHidden(document.hidden);
  const onBack = () => {
    const choice = parseWindowChoice(new URLSearchParams(location.search));
    // A link to a part of the page comes this way as well.
    const isOther = formatWindowChoice(choice) !== formatWindowChoice(past.choice.peek());
    if (isOther) past.choose(choice);
  };
  const leave = effect(() => {
    void store.names.value;
    past.follow({
      now: store.now.value,
      service: store.service(name)?.value,
      isLost: store.staleSince.value !== null,
    });
  });
  onVisibility();
  document.addEventListener("visibilitychange", onVisibility);
  addEventListener("popstate", onBack);
  return () => {
    leave();
    document.removeEventListener("visibilitychange", onVisibility);
    removeEventListener("popstate", onBack);
  };
}

/** Returns a service as it is; when it is gone, as it was. */
export function useService(
  name: string,
  store: LiveStore,
): ReadonlySignal<LiveService | undefined> {
  const last = useRef<LiveService>();
  return useComputed(() => {
    void store.names.value;
    last.current = store.service(name)?.value ?? last.current;
    return last.current;
  });
}
