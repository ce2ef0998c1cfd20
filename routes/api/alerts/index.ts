/**
 * Lists alerts, newest first.
 *
 * @module
 */

import type { Context } from "fresh";

import { explainAlert } from "@/lib/domain/explain.ts";
import { parseAlertQuery } from "@/lib/protocol/alert_query.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { answerPage } from "@/lib/protocol/page_answer.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET`. */
export const handler = define.handlers(serveMethods({ GET: listAlerts }));

function listAlerts({ state, url }: Context<State>): Response {
  const query = parseAlertQuery(url.searchParams);
  const { limit } = query;
  const items = state.monitor.alerts({ ...query, limit: limit + 1 });
  const now = state.now();
  return answerPage(
    { items, limit, url, cursorOf: ({ id }) => id },
    (alert) => ({ ...alert, explanation: explainAlert(alert, now) }),
  );
}
