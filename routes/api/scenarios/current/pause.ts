/**
 * Holds the scenario that is played, and lets it go on.
 *
 * @module
 */

import type { Context } from "fresh";

import { answerAct } from "@/lib/protocol/act_answer.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { define, type State } from "@/utils.ts";

/** Answers `POST` and `DELETE`. */
export const handler = define.handlers(serveMethods({ POST: pause, DELETE: resume }));

function pause({ state }: Context<State>): Response {
  return answerAct(state.scenarios.pause(), { missing: "no scenario" });
}

function resume({ state }: Context<State>): Response {
  return answerAct(state.scenarios.resume(), { missing: "no scenario" });
}
