/**
 * Shows one fault, and ends it before its time.
 *
 * @module
 */

import type { Context } from "fresh";

import { quote } from "@/lib/domain/quote.ts";
import { answerAct } from "@/lib/protocol/act_answer.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { readParam } from "@/lib/protocol/path_param.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET` and `DELETE`. */
export const handler = define.handlers(serveMethods({ GET: show, DELETE: end }));

function show({ params, state }: Context<State>): Response {
  const id = readParam(params.id);
  const fault = state.faults.list().find((each) => each.id === id);
  if (fault === undefined) throw new ProblemError(404, `There is ${missing(id)}`);
  return Response.json(fault);
}

function end({ params, state }: Context<State>): Response {
  const id = readParam(params.id);
  return answerAct(state.faults.end(id), { missing: missing(id) });
}

function missing(id: string): string {
  return `no fault ${quote(id)}`;
}
