/**
 * How a person wants to be called when an alert fires while the page is open. Both ways are off until somebody
 * switches them on.
 *
 * @module
 */

import type { Drawer } from "./operator_memory.ts";

/** The ways of calling. */
export interface WatchSettings {
  /** A message of the browser. */
  readonly notifies: boolean;
  /** A short tone. */
  readonly sounds: boolean;
}

/** Where the choice is kept. */
export interface WatchPlace {
  /** How to reach the storage, as even reaching may be forbidden. */
  readonly drawer: () => Drawer;
  /** The key in it. */
  readonly key: string;
}

/** Returns what was chosen in this browser; nothing is on where nothing was. */
export function readWatchSettings({ drawer, key }: WatchPlace): WatchSettings {
  try {
    const words = (drawer().getItem(key) ?? "").split(" ");
    return { notifies: words.includes("notify"), sounds: words.includes("sound") };
  } catch {
    return { notifies: false, sounds: false }; // storage is forbidden
  }
}

/** Remembers the choice, where the browser lets it. */
export function writeWatchSettings(
  { drawer, key }: WatchPlace,
  { notifies, sounds }: WatchSettings,
): void {
  const words = [...(notifies ? ["notify"] : []), ...(sounds ? ["sound"] : [])];
  try {
    drawer().setItem(key, words.join(" "));
  } catch {
    // storage is forbidden or full: the choice holds until the page is left
  }
}
