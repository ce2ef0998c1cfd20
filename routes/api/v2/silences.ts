/**
 * Lists silences as Alertmanager does, makes them, and changes them.
 *
 * @module
 */

import type { Context } from "fresh";

import { parseFilters } from "@/lib/alertmanager/alert_query.ts";
import { postSilence, readPostedSilence } from "@/lib/alertmanager/silence_body.ts";
import { isAskedFor, showSilence } from "@/lib/alertmanager/silence_view.ts";
import { quote } from "@/lib/domain/quote.ts";
import { requireDone } from "@/lib/protocol/act_answer.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET` and `POST`. */
export const handler = define.handlers(serveMethods({ GET: list, POST: post }));

function list({ state, url }: Context<State>): Response {
  const filter = parseFilters(url.searchParams);
  const silences = state.desk.silences().map(showSilence);
  return Response.json(silences.filter((silence) => isAskedFor(silence, filter)));
}

async function post({ req, state }: Context<State>): Promise<Response> {
  const posted = await readPostedSilence(req);
  const result = postSilence(state.desk, posted, state.now());
  const { id } = requireDone(result, `no silence ${quote(posted.id)}`);
  return Response.json({ silenceID: id });
}
