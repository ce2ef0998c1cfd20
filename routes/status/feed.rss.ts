/**
 * Incidents as an RSS feed.
 *
 * @module
 */

import { formatRss, RSS_TYPE } from "@/lib/protocol/status_feed.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { define } from "@/utils.ts";

import { serveFeed } from "./(_serve)/serve_feed.ts";

/** Answers `GET`. */
export const handler = define.handlers(
  serveMethods({ GET: serveFeed({ type: RSS_TYPE, format: formatRss }) }),
);
