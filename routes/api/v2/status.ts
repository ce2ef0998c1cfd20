/**
 * Tells clients of Alertmanager what it is that answers.
 *
 * @module
 */

import type { Context } from "fresh";

import { serverStatus } from "@/lib/alertmanager/server_status.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET`. */
export const handler = define.handlers(serveMethods({
  GET: ({ state }: Context<State>) => {
    return Response.json(serverStatus(state.health().version, state.process().startedAt));
  },
}));
