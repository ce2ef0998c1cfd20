/**
 * Tells how the monitor itself is.
 *
 * @module
 */

import type { Context } from "fresh";

import { serveMethods } from "@/lib/protocol/methods.ts";
import { define, type State } from "@/utils.ts";

/**
 * Answers `GET`: 200 for `pass` and `warn`, 503 for `fail`. Whoever may not read, such as a load balancer, gets
 * to know no more than that.
 */
export const handler = define.handlers(serveMethods({ GET: showHealth }));

function showHealth({ state }: Context<State>): Response {
  const health = state.health();
  return Response.json(mayRead(state) ? health : { status: health.status }, {
    status: health.status === "fail" ? 503 : 200,
    headers: { "content-type": "application/health+json" },
  });
}

function mayRead({ access, caller }: State): boolean {
  return caller !== undefined && access.may(caller, "read");
}
