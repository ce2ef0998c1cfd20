/**
 * What the windows of one talk tell each other, over a `BroadcastChannel`.
 *
 * @module
 */

import { clampSlide } from "./script.ts";

/** Name of the channel. */
export const DECK_CHANNEL = "vitals-slides";

/** What is told. */
export type DeckMessage =
  /** This slide is shown, after so many turns of the talk. */
  | { readonly kind: "show"; readonly slide: number; readonly turns: number }
  /** A window has come and asks where the talk is. */
  | { readonly kind: "where" }
  /** What came of starting the scenario. */
  | { readonly kind: "said"; readonly words: string };

/** Returns what a window was told; `null` if it is nothing of ours. */
export function parseDeckMessage(value: unknown): DeckMessage | null {
  if (typeof value !== "object" || value === null || !("kind" in value)) return null;
  switch (value.kind) {
    case "show":
      return "slide" in value && typeof value.slide === "number" &&
          "turns" in value && typeof value.turns === "number"
        ? { kind: "show", slide: clampSlide(value.slide), turns: value.turns }
        : null;
    case "where":
      return { kind: "where" };
    case "said":
      return "words" in value && typeof value.words === "string"
        ? { kind: "said", words: value.words }
        : null;
    default:
      return null;
  }
}
