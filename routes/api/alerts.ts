/**
 * Lists alerts, newest first.
 *
 * @module
 */

import type { Context } from "fresh";

import { parseAlertQuery } from "@/lib/protocol/alert_query.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET`. */
export const handler = define.handlers(serveMethods({
  GET: ({ state, url }: Context<State>) =>
    Response.json(state.monitor.alerts(parseAlertQuery(url.searchParams))),
}));
