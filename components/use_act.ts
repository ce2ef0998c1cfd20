/**
 * Acts whose code is loaded by the first press, so that a page that is only watched does not carry it.
 *
 * @module
 */

import { type ReadonlySignal, useSignal } from "@preact/signals";

import { didNotLoad } from "@/texts/loading.ts";

/** The code of all acts. */
export type Acts = typeof import("./alert_acts.tsx");

/** One act at a time, and what became of the last one. */
export interface Acting {
  /** Name of what is at work; empty for nothing. */
  readonly busy: ReadonlySignal<string>;
  /** Why the last act did not begin; empty if it did. */
  readonly failure: ReadonlySignal<string>;
  /** Begins an act, unless one is at work. `instead` is done if its code cannot be loaded. */
  readonly act: (
    name: string,
    run: (acts: Acts) => Promise<void> | void,
    instead?: () => void,
  ) => Promise<void>;
}

/** Returns what a component needs to offer acts. */
export function useAct(): Acting {
  const busy = useSignal("");
  const failure = useSignal("");
  const act: Acting["act"] = async (name, run, instead) => {
    if (busy.peek() !== "") return;
    busy.value = name;
    failure.value = "";
    try {
      await run(await import("./alert_acts.tsx"));
    } catch {
      // The script is not there: the server is away, or is another version by now.
      if (instead) instead();
      else failure.value = didNotLoad;
    }
    busy.value = "";
  };
  return { busy, failure, act };
}
