/**
 * The scenario that is played: shows it, starts one, and ends it.
 *
 * @module
 */

import type { Context } from "fresh";

import { quote } from "@/lib/domain/quote.ts";
import { answerAct } from "@/lib/protocol/act_answer.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";
import { readScenarioName } from "@/lib/protocol/scenario_body.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET`, `POST` and `DELETE`. */
export const handler = define.handlers(serveMethods({ GET: show, POST: start, DELETE: stop }));

function show({ state }: Context<State>): Response {
  const view = state.scenarios.current();
  if (view === null) throw new ProblemError(404, "There is no scenario that is or was played");
  return Response.json({ ...view, events: state.scenarios.events() });
}

async function start({ req, state }: Context<State>): Promise<Response> {
  const name = await readScenarioName(req);
  state.subject = name;
  await state.readScenarios();
  return answerAct(state.scenarios.start(name), {
    missing: `no scenario ${quote(name)}`,
    status: 201,
    headers: () => ({ location: "/api/scenarios/current" }),
  });
}

function stop({ state }: Context<State>): Response {
  return answerAct(state.scenarios.stop(), { missing: "no scenario" });
}
