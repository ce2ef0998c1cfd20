/**
 * Lists silences, and makes new ones.
 *
 * @module
 */

import type { Context } from "fresh";

import { answerAct } from "@/lib/protocol/act_answer.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { parseSilenceQuery, readSilence } from "@/lib/protocol/operator_bodies.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET` and `POST`. */
export const handler = define.handlers(serveMethods({ GET: list, POST: add }));

function list({ state, url }: Context<State>): Response {
  const asked = parseSilenceQuery(url.searchParams);
  const silences = state.desk.silences();
  return Response.json(silences.filter((each) => asked === null || each.state === asked));
}

async function add({ req, state }: Context<State>): Promise<Response> {
  const draft = await readSilence(req, state.now());
  return answerAct(state.desk.addSilence(draft), {
    missing: "no such silence",
    status: 201,
    headers: ({ id }) => ({ location: `/api/silences/${encodeURIComponent(id)}` }),
  });
}
