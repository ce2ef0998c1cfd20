/**
 * Draws the badge of a service. Any page may show it.
 *
 * @module
 */

import type { Context } from "fresh";

import { formatBadge } from "@/lib/protocol/badge_svg.ts";
import type { BadgeText } from "@/lib/protocol/badge_svg.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { readParam } from "@/lib/protocol/path_param.ts";
import { describeBadge, parseBadgeQuery } from "@/lib/protocol/status_badge.ts";
import { servicesIn } from "@/lib/protocol/status_view.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET`. */
export const handler = define.handlers(serveMethods({ GET: showBadge }));

async function showBadge({ params, state, url }: Context<State>): Promise<Response> {
  const query = parseBadgeQuery(url.searchParams);
  const name = readParam(params.service);
  if (query.kind === "invalid") return answer(400, { label: "badge", value: query.reason });
  const view = await state.statusPage.read();
  const service = view === null
    ? undefined
    : servicesIn(view).find((each) => each.service === name);
  if (service === undefined) {
    return answer(404, { label: query.label ?? "service", value: "unknown" });
  }
  return answer(200, describeBadge(service, query));
}

/** A service that the page does not show is answered like one that there is not. */
function answer(
  status: number,
  badge: Omit<BadgeText, "tone"> & Partial<Pick<BadgeText, "tone">>,
): Response {
  return new Response(formatBadge({ tone: "idle", ...badge }), {
    status,
    headers: {
      "content-type": "image/svg+xml; charset=utf-8",
      "cache-control": "public, max-age=30",
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
    },
  });
}
