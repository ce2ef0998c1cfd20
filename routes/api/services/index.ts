/**
 * Lists all services, worst first.
 *
 * @module
 */

import { serveMethods } from "@/lib/protocol/methods.ts";
import { define, type State } from "@/utils.ts";
import type { Context } from "fresh";

/** Answers `GET`. */
export const handler = define.handlers(serveMethods({
  GET: ({ state }: Context<State>) => Response.json(state.monitor.services()),
}));
