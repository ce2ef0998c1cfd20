/**
 * Shows the status page to programs.
 *
 * @module
 */

import type { Context } from "fresh";

import { answerKept, keepBody, type KeptBody } from "@/lib/protocol/kept_body.ts";
import { MadeOnce } from "@/lib/protocol/made_once.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";
import { showStatus } from "@/lib/protocol/status_json.ts";
import type { StatusView } from "@/lib/protocol/status_view.ts";
import { define, type State } from "@/utils.ts";

/** For how long an answer may be reused, in seconds. */
const MAX_AGE_S = 15;

const bodies = new MadeOnce<StatusView, KeptBody>();

/** Answers `GET`. */
export const handler = define.handlers(serveMethods({ GET: showPage }));

async function showPage({ req, state }: Context<State>): Promise<Response> {
  const view = await state.statusPage.read();
  if (view === null) throw new ProblemError(404, "Cannot show a status page: there is none");
  const make = () => keepBody(JSON.stringify(showStatus(view)), view.at);
  const body = await bodies.get(view, "", make);
  return answerKept(req, body, { type: "application/json", maxAgeS: MAX_AGE_S });
}
