/**
 * Sends a test notification, and tells what came of it.
 *
 * @module
 */

import type { Context } from "fresh";

import { quote } from "@/lib/domain/quote.ts";
import { requireDone } from "@/lib/protocol/act_answer.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { readParam } from "@/lib/protocol/path_param.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";
import { define, type State } from "@/utils.ts";

/** Answers `POST`. A body means nothing. */
export const handler = define.handlers(serveMethods({ POST: sendTest }));

async function sendTest({ params, state }: Context<State>): Promise<Response> {
  const name = readParam(params.name);
  const result = requireDone(await state.desk.testReceiver(name), `no receiver ${quote(name)}`);
  if (result.kind === "delivered") {
    return Response.json({ result: result.kind, detail: result.detail });
  }
  throw new ProblemError(502, `Cannot deliver to ${name}: ${result.reason}`);
}
