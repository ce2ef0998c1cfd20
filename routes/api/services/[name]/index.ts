/**
 * Shows one service.
 *
 * @module
 */

import type { Context } from "fresh";

import { findService } from "@/lib/protocol/find_service.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET`. */
export const handler = define.handlers(serveMethods({
  GET: ({ params, state }: Context<State>) =>
    Response.json(findService(state.monitor, params.name)),
}));
