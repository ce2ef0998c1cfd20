/**
 * Shows the statuses and alerts of a service over time, and its uptime.
 *
 * @module
 */

import type { Context } from "fresh";

import { askHistory } from "@/lib/history/ask_history.ts";
import { readTimeline } from "@/lib/history/read_timeline.ts";
import { findService } from "@/lib/protocol/find_service.ts";
import { parseTimelineQuery } from "@/lib/protocol/history_query.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET`. */
export const handler = define.handlers(serveMethods({ GET: showTimeline }));

async function showTimeline({ params, state, url }: Context<State>): Promise<Response> {
  const { name: service } = findService(state.monitor, params.name);
  const now = state.now();
  const range = parseTimelineQuery(url.searchParams, now);
  return Response.json(await askHistory(() => readTimeline(state, { service, now, ...range })));
}
