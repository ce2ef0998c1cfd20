/**
 * Notes each act of an operator in the audit log, and answers it once it is written down.
 *
 * @module
 */

import type { Context } from "fresh";

import { alertmanagerStatus, isAlertmanagerPath } from "@/lib/alertmanager/error_answer.ts";
import { needOf } from "@/lib/protocol/access_table.ts";
import { subjectOf } from "@/lib/protocol/act_subject.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";
import { define, type State } from "@/utils.ts";

/** An act that cannot be written down for now is done all the same: health tells of that. */
export default define.middleware(async (ctx) => {
  if (!isAct(ctx)) return await ctx.next();
  try {
    const answer = await ctx.next();
    note(ctx, answer.status, answer.headers.get("location"));
    return answer;
  } catch (error) {
    note(ctx, error instanceof ProblemError ? answeredStatus(ctx, error) : 500, null);
    throw error;
  } finally {
    await ctx.state.gate.committed();
  }
});

function isAct({ req: { method }, url }: Context<State>): boolean {
  return method !== "GET" && method !== "HEAD" && needOf(method, url.pathname) === "operate";
}

function answeredStatus({ url }: Context<State>, { problem }: ProblemError): number {
  return isAlertmanagerPath(url.pathname) ? alertmanagerStatus(problem) : problem.status;
}

function note(ctx: Context<State>, status: number, location: string | null): void {
  const { req: { method }, route, params, state: { audit, caller, subject } } = ctx;
  const identity = caller?.identity;
  audit.noteAct({
    who: identity === undefined || !("name" in identity) ? "loopback" : identity.name,
    address: caller?.client.address ?? "unknown",
    what: `${method} ${route ?? "unknown"}`,
    subject: subject ?? subjectOf(params, location),
    status,
  });
}
