/**
 * The status page, for people outside of the team. It is rendered once for all that ask, so nothing on it
 * depends on who asks.
 *
 * @module
 */

import { type Context, HttpError, type RouteConfig } from "fresh";

import { StatusDocument } from "@/components/status/StatusDocument.tsx";
import { answerKept, keepBody, type KeptBody } from "@/lib/protocol/kept_body.ts";
import { MadeOnce } from "@/lib/protocol/made_once.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import type { StatusView } from "@/lib/protocol/status_view.ts";
import { define, type State } from "@/utils.ts";

/** The page is a whole document of its own. */
export const config: RouteConfig = { skipAppWrapper: true, skipInheritedLayouts: true };

/** For how long the page may be reused, in seconds. */
const MAX_AGE_S = 15;

const bodies = new MadeOnce<StatusView, KeptBody>();

/** Answers `GET`. */
export const handler = define.handlers(serveMethods({ GET: showPage }));

async function showPage(ctx: Context<State>): Promise<Response> {
  const view = await ctx.state.statusPage.read();
  if (view === null) throw new HttpError(404);
  const page = () => ctx.render(<StatusDocument view={view} />);
  // Then each answer has a script of its own, which reloads the page after an edit.
  if (ctx.config.mode === "development") return await page();
  const make = async () => await keepBody(await (await page()).text(), view.at);
  const body = await bodies.get(view, "", make);
  return answerKept(ctx.req, body, { type: "text/html; charset=utf-8", maxAgeS: MAX_AGE_S });
}
