/**
 * Where the bar of a scenario stands. It is loaded by the first scenario, so that a page without one does not
 * carry it.
 *
 * @module
 */

import { useSignal, useSignalEffect } from "@preact/signals";
import type { VNode } from "preact";

import type { LiveStore } from "./live_store.ts";

/** Props of {@linkcode ScenarioSlot}. */
export interface ScenarioSlotProps {
  readonly store: LiveStore;
}

/** Renders the bar once a scenario is played; nothing before. */
export function ScenarioSlot({ store }: ScenarioSlotProps): VNode | null {
  const bar = useSignal<VNode | null>(null);
  useSignalEffect(() => {
    if (store.stats.value.scenario && !bar.peek()) {
      import("./ScenarioBar.tsx").then(
        ({ ScenarioBar }) => bar.value = <ScenarioBar store={store} />,
        // The server is away: the next message that comes tries again.
        () => {},
      );
    }
  });
  return bar.value;
}
