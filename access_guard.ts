/**
 * Stands before all routes: finds out who sent a request, and refuses what they may not do.
 *
 * @module
 */

import type { Context } from "fresh";

import { refusalOf } from "@/lib/protocol/access_answer.ts";
import { needOf } from "@/lib/protocol/access_table.ts";
import { errorFormOf } from "@/lib/protocol/error_form.ts";
import { problemResponse } from "@/lib/protocol/problem.ts";
import { loginPath } from "@/lib/protocol/return_path.ts";
import type { State } from "@/utils.ts";

/**
 * Lets a request pass that may. A person who may not see a page is led to where one signs in; programs get a
 * problem that says what is missing.
 */
export async function guardAccess(ctx: Context<State>): Promise<Response> {
  const { req, state, url } = ctx;
  const { method, headers } = req;
  const need = needOf(method, url.pathname);
  const caller = state.access.identify({
    ...{ peer: peerOf(ctx), headers, isSecure: url.protocol === "https:" },
    // Over HTTP/2 the name is not in a header.
    host: headers.get("host") ?? url.host,
    what: `${method} ${ctx.route ?? "unknown"}`,
  });
  state.caller = caller;
  const access = state.access.decide(caller, need);
  if (access.kind === "granted") return await ctx.next();
  const refusal = refusalOf(access, need);
  const isPage = wantsPage(ctx);
  // Where errors are pages programs get a problem all the same; all else is told by `web_app.ts`.
  if (!isPage && errorFormOf(url.pathname) === "page") {
    return problemResponse(refusal.problem, refusal.headers);
  }
  if (!isPage || access.kind !== "missing") throw refusal;
  const location = loginPath(url.pathname + url.search);
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}

/** Browsers name HTML when they go to an address; scripts of pages ask for JSON, and programs for anything. */
function wantsPage({ req, url }: Context<State>): boolean {
  const isRead = req.method === "GET" || req.method === "HEAD";
  const isApi = url.pathname.startsWith("/api/") && errorFormOf(url.pathname) !== "page";
  return isRead && !isApi && (req.headers.get("accept") ?? "").includes("text/html");
}

function peerOf({ info: { remoteAddr } }: Context<State>): string | null {
  if (remoteAddr.transport !== "tcp") return null;
  // What Fresh says where there is no connection.
  return remoteAddr.hostname === "localhost" ? "127.0.0.1" : remoteAddr.hostname;
}
