/**
 * Shows, changes and ends one silence.
 *
 * @module
 */

import type { Context } from "fresh";

import { quote } from "@/lib/domain/quote.ts";
import { answerAct } from "@/lib/protocol/act_answer.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { readSilence } from "@/lib/protocol/operator_bodies.ts";
import { readParam } from "@/lib/protocol/path_param.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET`, `PUT` and `DELETE`. */
export const handler = define.handlers(serveMethods({ GET: show, PUT: change, DELETE: end }));

function show({ params, state }: Context<State>): Response {
  const silence = state.desk.silence(readParam(params.id));
  if (silence === undefined) throw new ProblemError(404, `There is ${missing(params)}`);
  return Response.json(silence);
}

async function change({ req, params, state }: Context<State>): Promise<Response> {
  const draft = await readSilence(req, state.now());
  const result = state.desk.changeSilence(readParam(params.id), draft);
  return answerAct(result, { missing: missing(params) });
}

function end({ params, state }: Context<State>): Response {
  return answerAct(state.desk.endSilence(readParam(params.id)), { missing: missing(params) });
}

function missing(params: Context<State>["params"]): string {
  return `no silence ${quote(readParam(params.id))}`;
}
