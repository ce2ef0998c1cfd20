/**
 * What the page of alerts shows beside the live state, for its script: the page fetches it again when alerts
 * change.
 *
 * @module
 */

import type { Context } from "fresh";

import { parseAlertsQuery } from "@/components/alerts_data.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { define, type State } from "@/utils.ts";

import { readAlertsData } from "./(_read)/read_alerts_data.ts";

/** Answers `GET`; it takes the query of the page. */
export const handler = define.handlers(serveMethods({
  GET: ({ state, url }: Context<State>) =>
    Response.json(readAlertsData(state, parseAlertsQuery(url.searchParams)), {
      headers: { "cache-control": "no-store" },
    }),
}));
