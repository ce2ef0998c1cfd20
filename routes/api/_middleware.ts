/**
 * Lets only operators do what operators do, and answers an act once it is written down.
 *
 * @module
 */

import type { Context } from "fresh";

import { isAllowedOrigin, isLoopbackName } from "@/lib/live/origin.ts";
import { decideAccess, isOperatorAct } from "@/lib/protocol/operator_access.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";
import { define, type State } from "@/utils.ts";

/**
 * Refuses an act of an operator to whoever is none; all else passes. An act that cannot be written down for
 * now is done all the same: health tells of that.
 */
export default define.middleware(async (ctx) => {
  if (!isOperatorAct(ctx.req, ctx.url.pathname)) return await ctx.next();
  await requireOperator(ctx);
  const answer = await ctx.next();
  await ctx.state.gate.committed();
  return answer;
});

async function requireOperator(ctx: Context<State>): Promise<void> {
  const { req, state } = ctx;
  const access = await decideAccess({
    token: state.operatorToken,
    authorization: req.headers.get("authorization"),
    isOwnPage: isOwnPage(req, state),
    isLocal: isLocal(ctx.info.remoteAddr),
  });
  switch (access.kind) {
    case "granted":
      return;
    case "unauthorized":
      throw new ProblemError(401, "Cannot do that without the token of operators", {
        headers: { "www-authenticate": 'Bearer realm="Vitals"' },
      });
    case "forbidden":
      throw new ProblemError(403, FORBIDDEN);
  }
}

const FORBIDDEN =
  "Cannot take this from another machine: start Vitals with VITALS_TOKEN, and send " +
  '"Authorization: Bearer <token>"';

/** Browsers say whose page it is; a program that says so could as well say anything else. */
function isOwnPage({ headers }: Request, { monitor }: State): boolean {
  if (headers.get("sec-fetch-site") === "same-origin") return true;
  const origin = headers.get("origin");
  const rules = { host: headers.get("host"), configured: monitor.origins() };
  return origin !== null && isAllowedOrigin(origin, rules);
}

function isLocal(address: Context<State>["info"]["remoteAddr"]): boolean {
  if (address.transport !== "tcp") return false;
  const { hostname } = address;
  return isLoopbackName(hostname) || hostname === "::1" || hostname.startsWith("::ffff:127.");
}
