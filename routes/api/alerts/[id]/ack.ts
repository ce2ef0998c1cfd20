/**
 * Says that a person is on an alert, and takes that back.
 *
 * @module
 */

import type { Context } from "fresh";

import { quote } from "@/lib/domain/quote.ts";
import { answerAct } from "@/lib/protocol/act_answer.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { readAcknowledgement } from "@/lib/protocol/operator_bodies.ts";
import { readParam } from "@/lib/protocol/path_param.ts";
import { define, type State } from "@/utils.ts";

/** Answers `POST` and `DELETE`. */
export const handler = define.handlers(serveMethods({ POST: acknowledge, DELETE: takeBack }));

async function acknowledge({ req, params, state }: Context<State>): Promise<Response> {
  const act = await readAcknowledgement(req);
  const id = readParam(params.id);
  return answerAct(state.desk.acknowledge(id, act), { missing: `no alert ${quote(id)}` });
}

function takeBack({ params, state }: Context<State>): Response {
  const id = readParam(params.id);
  return answerAct(state.desk.unacknowledge(id), { missing: `no alert ${quote(id)}` });
}
