/**
 * Shows the samples of a service over time.
 *
 * @module
 */

import type { Context } from "fresh";

import { askHistory } from "@/lib/history/ask_history.ts";
import { findService } from "@/lib/protocol/find_service.ts";
import { answerCsv, formatSamplesCsv } from "@/lib/protocol/history_csv.ts";
import { chooseForm, VARY } from "@/lib/protocol/history_form.ts";
import { parseHistoryQuery } from "@/lib/protocol/history_query.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET`. */
export const handler = define.handlers(serveMethods({ GET: showHistory }));

async function showHistory({ req, params, state, url }: Context<State>): Promise<Response> {
  const { name: service } = findService(state.monitor, params.name);
  const { format, ...query } = parseHistoryQuery(url.searchParams, state.now());
  const form = chooseForm(req.headers.get("accept"), format);
  const view = await askHistory(() => state.history.samples({ service, ...query }));
  if (form === "json") return Response.json(view, { headers: VARY });
  const { from, to } = query;
  return answerCsv(formatSamplesCsv(view), { service, what: "history", from, to });
}
