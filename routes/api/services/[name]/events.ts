/**
 * Lists what happened to a service, newest first.
 *
 * @module
 */

import type { Context } from "fresh";

import type { TimeSpan } from "@/lib/domain/instant.ts";
import { askHistory } from "@/lib/history/ask_history.ts";
import { findService } from "@/lib/protocol/find_service.ts";
import { answerCsv, formatEventsCsv } from "@/lib/protocol/history_csv.ts";
import { chooseForm, VARY } from "@/lib/protocol/history_form.ts";
import { parseEventsQuery } from "@/lib/protocol/history_query.ts";
import type { EventView } from "@/lib/protocol/history_views.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { linkNext, type ListPage, pageItems } from "@/lib/protocol/page_answer.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET`. */
export const handler = define.handlers(serveMethods({ GET: listEvents }));

async function listEvents({ req, params, state, url }: Context<State>): Promise<Response> {
  const { name: service } = findService(state.monitor, params.name);
  const { format, ...query } = parseEventsQuery(url.searchParams, state.now());
  const form = chooseForm(req.headers.get("accept"), format);
  const { from, to, limit } = query;
  const asked = { service, ...query, limit: limit + 1 };
  const page: ListPage<EventView> = {
    items: await askHistory(() => state.history.events(asked)),
    limit,
    url: withRange(url, { from, to }),
    cursorOf: ({ id }) => id,
    cursorParam: "before",
  };
  const headers = linkNext(page);
  const events = pageItems(page);
  if (form === "json") return Response.json(events, { headers: { ...headers, ...VARY } });
  return answerCsv(formatEventsCsv(events), { service, what: "events", from, to, headers });
}

/** A range that was told from now moves on; the pages of one list must be of the same range. */
function withRange(url: URL, { from, to }: TimeSpan): URL {
  const fixed = new URL(url);
  fixed.searchParams.set("from", String(from));
  fixed.searchParams.set("to", String(to));
  return fixed;
}
