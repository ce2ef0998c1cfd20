/**
 * The bell in the bar: whether the page calls when an alert fires.
 *
 * @module
 */

import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect } from "preact/hooks";

import * as words from "@/texts/connection.ts";
import { didNotLoad } from "@/texts/loading.ts";

import type { LiveStore } from "./live_store.ts";
import type { Watch } from "./watch.ts";
import type { WatchPanel } from "./WatchPanel.tsx";

/** Props of {@linkcode AlertBell}. */
export interface AlertBellProps {
  readonly store: LiveStore;
}

interface Loaded {
  readonly Panel: typeof WatchPanel;
  readonly watch: Watch;
}

/** Where the browser keeps the choice; until there is one, nothing needs to be loaded. */
const KEY = "vitals.watch";

/** Renders the bell. What it opens, and what calls, is loaded once it is wanted. */
export function AlertBell({ store }: AlertBellProps): VNode {
  const loaded = useSignal<Loaded | null>(null);
  const note = useSignal<string>(words.loading);
  const load = async () => {
    try {
      const { startWatch, WatchPanel } = await import("./watch.ts");
      const place = { drawer: () => localStorage, key: KEY };
      loaded.value ??= { Panel: WatchPanel, watch: startWatch(store, place) };
    } catch {
      note.value = didNotLoad;
    }
  };
  useEffect(() => {
    if (isChosen()) load();
    return () => loaded.peek()?.watch.stop();
  }, []);
  const { Panel, watch } = loaded.value ?? {};
  const isOn = watch !== undefined &&
    (watch.settings.value.notifies || watch.settings.value.sounds);
  const label = words.bell(isOn);
  return (
    <div class="watch">
      <button
        type="button"
        class="ghost theme"
        aria-label={label}
        title={label}
        data-on={isOn}
        popovertarget="watch-panel"
        onClick={load}
      >
        <Bell isOn={isOn} />
      </button>
      <div id="watch-panel" class="popover" popover="auto">
        {Panel && watch ? <Panel watch={watch} /> : <p role="status">{note}</p>}
      </div>
    </div>
  );
}

function isChosen(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false; // storage is forbidden
  }
}

function Bell({ isOn }: { readonly isOn: boolean }): VNode {
  return (
    <svg
      width="15"
      height="15"
      viewBox="0 0 16 16"
      fill={isOn ? "currentColor" : "none"}
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d="M3 12c1-1 1.4-2.2 1.4-5a3.6 3.6 0 0 1 7.2 0c0 2.8.4 4 1.4 5z" />
      <path d="M6.6 14.2h2.8" />
      {!isOn && <path d="M2 2l12 12" />}
    </svg>
  );
}
