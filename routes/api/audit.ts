/**
 * Shows what operators did.
 *
 * @module
 */

import type { Context } from "fresh";

import { parseAuditQuery } from "@/lib/protocol/audit_query.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { answerPage } from "@/lib/protocol/page_answer.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET`, newest first. */
export const handler = define.handlers(serveMethods({ GET: list }));

function list({ state, url }: Context<State>): Response {
  const query = parseAuditQuery(url.searchParams);
  const items = state.audit.list({ ...query, limit: query.limit + 1 });
  const page = { items, limit: query.limit, url, cursorOf: entryCursor };
  return answerPage(page, (entry) => entry);
}

function entryCursor({ id }: { readonly id: number }): string {
  return String(id);
}
