/**
 * Lists the faults that act, and begins new ones.
 *
 * @module
 */

import type { Context } from "fresh";

import { quote } from "@/lib/domain/quote.ts";
import { answerAct } from "@/lib/protocol/act_answer.ts";
import { readFault } from "@/lib/protocol/fault_body.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET` and `POST`. */
export const handler = define.handlers(serveMethods({ GET: list, POST: add }));

function list({ state }: Context<State>): Response {
  return Response.json(state.faults.list());
}

async function add({ req, state }: Context<State>): Promise<Response> {
  const draft = await readFault(req);
  return answerAct(state.faults.add(draft), {
    missing: `no service ${quote(draft.service)}`,
    status: 201,
    headers: ({ id }) => ({ location: `/api/faults/${encodeURIComponent(id)}` }),
  });
}
