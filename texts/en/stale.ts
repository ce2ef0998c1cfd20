/** The note that the connection is lost. @module */

import type { Phrase } from "./language.ts";

export function since<Part>(time: Part): Phrase<Part> {
  return ["Stale since ", time, "."];
}

export const explanation =
  "The connection to Vitals is lost; what you see is how things were then.";
