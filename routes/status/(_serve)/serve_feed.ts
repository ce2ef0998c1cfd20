/**
 * Serves the incidents as a feed of some format.
 *
 * @module
 */

import { type Context, HttpError } from "fresh";

import { answerKept, keepBody, type KeptBody } from "@/lib/protocol/kept_body.ts";
import { MadeOnce } from "@/lib/protocol/made_once.ts";
import { feedChangedAt, type FeedOptions } from "@/lib/protocol/status_feed.ts";
import type { StatusView } from "@/lib/protocol/status_view.ts";
import type { State } from "@/utils.ts";

/** For how long a feed may be reused, in seconds. */
const MAX_AGE_S = 60;

/** A format of feeds. */
export interface FeedFormat {
  /** Its content type. */
  readonly type: string;
  /** Writes a feed. */
  readonly format: (feed: FeedOptions) => string;
}

/**
 * Returns what answers a request. The addresses in a feed are those that people know: of the first of the
 * configured origins, else those that were asked.
 */
export function serveFeed(
  { type, format }: FeedFormat,
): (ctx: Context<State>) => Promise<Response> {
  const bodies = new MadeOnce<StatusView, KeptBody>();
  return async ({ req, state, url }) => {
    const view = await state.statusPage.read();
    if (view === null) throw new HttpError(404);
    const origin = state.monitor.origins()[0] ?? url.origin;
    const make = () => keepBody(format({ view, origin }), feedChangedAt(view));
    return answerKept(req, await bodies.get(view, origin, make), { type, maxAgeS: MAX_AGE_S });
  };
}
