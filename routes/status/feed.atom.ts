/**
 * Incidents as an Atom feed.
 *
 * @module
 */

import { ATOM_TYPE, formatAtom } from "@/lib/protocol/status_feed.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { define } from "@/utils.ts";

import { serveFeed } from "./(_serve)/serve_feed.ts";

/** Answers `GET`. */
export const handler = define.handlers(
  serveMethods({ GET: serveFeed({ type: ATOM_TYPE, format: formatAtom }) }),
);
