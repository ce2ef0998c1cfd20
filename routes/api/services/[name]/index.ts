/**
 * Shows one service.
 *
 * @module
 */

import type { Context } from "fresh";

import { quote } from "@/lib/domain/quote.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET`. */
export const handler = define.handlers(serveMethods({ GET: showService }));

function showService({ params, state }: Context<State>): Response {
  const name = params.name ?? "";
  const service = state.monitor.service(name);
  if (service === undefined) throw new ProblemError(404, `There is no service ${quote(name)}`);
  return Response.json(service);
}
