/**
 * Tells how often each decision about telling was made, and what became of what was sent.
 *
 * @module
 */

import type { Context } from "fresh";

import { serveMethods } from "@/lib/protocol/methods.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET`. */
export const handler = define.handlers(serveMethods({
  GET: ({ state }: Context<State>) => Response.json(state.desk.notificationCounts()),
}));
