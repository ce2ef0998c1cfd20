/**
 * Shows and ends one silence as Alertmanager does.
 *
 * @module
 */

import type { Context } from "fresh";

import { showSilence } from "@/lib/alertmanager/silence_view.ts";
import { quote } from "@/lib/domain/quote.ts";
import { requireDone } from "@/lib/protocol/act_answer.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { readParam } from "@/lib/protocol/path_param.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET` and `DELETE`. */
export const handler = define.handlers(serveMethods({ GET: show, DELETE: end }));

function show({ params, state }: Context<State>): Response {
  const silence = state.desk.silence(readParam(params.id));
  if (silence === undefined) throw new ProblemError(404, `There is ${missing(params)}`);
  return Response.json(showSilence(silence));
}

/** As in Alertmanager, ending what is over already is no mistake. */
function end({ params, state }: Context<State>): Response {
  const result = state.desk.endSilence(readParam(params.id));
  if (result.kind !== "conflict") requireDone(result, missing(params));
  return new Response(null, { status: 200 });
}

function missing(params: Context<State>["params"]): string {
  return `no silence ${quote(readParam(params.id))}`;
}
