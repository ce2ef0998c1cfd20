/**
 * Lists the scenarios that can be played, as their files are now.
 *
 * @module
 */

import type { Context } from "fresh";

import { serveMethods } from "@/lib/protocol/methods.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET`. */
export const handler = define.handlers(serveMethods({ GET: list }));

async function list({ state }: Context<State>): Promise<Response> {
  await state.readScenarios();
  return Response.json(state.scenarios.list());
}
