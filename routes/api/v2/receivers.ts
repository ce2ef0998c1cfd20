/**
 * Names the receivers as Alertmanager does.
 *
 * @module
 */

import type { Context } from "fresh";

import { receiverNames } from "@/lib/alertmanager/alert_view.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET`. */
export const handler = define.handlers(serveMethods({
  GET: ({ state }: Context<State>) => Response.json(receiverNames(state.monitor.routes())),
}));
