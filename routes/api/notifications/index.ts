/**
 * Lists the notification log, newest first.
 *
 * @module
 */

import type { Context } from "fresh";

import { describeDecision } from "@/lib/domain/describe_decision.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { parseNotificationQuery } from "@/lib/protocol/notification_query.ts";
import { answerPage } from "@/lib/protocol/page_answer.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET`. */
export const handler = define.handlers(serveMethods({ GET: listNotifications }));

function listNotifications({ state, url }: Context<State>): Response {
  const query = parseNotificationQuery(url.searchParams);
  const { limit } = query;
  const items = state.desk.notifications({ ...query, limit: limit + 1 });
  return answerPage(
    { items, limit, url, cursorOf: ({ id }) => id },
    (entry) => ({ ...entry, explanation: describeDecision(entry.decision) }),
  );
}
