/**
 * Takes a bare sign of life, for scripts and cron jobs: `curl -X POST`. Of a job it is the end of a run.
 *
 * @module
 */

import type { Context } from "fresh";

import { takeHeartbeat } from "@/lib/protocol/heartbeat_intake.ts";
import { parseRun, refusePages } from "@/lib/protocol/job_ping.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";
import { readBody } from "@/lib/protocol/read_body.ts";
import { checkServiceName } from "@/lib/protocol/sample_body.ts";
import { define, type State } from "@/utils.ts";

/** Answers `POST`, and `GET` and `HEAD` of programs that cannot send that. */
export const handler = define.handlers(serveMethods({ POST: take, GET: take }));

/** A body means nothing here; it is read all the same, so that the connection can be used again. */
async function take({ req, url, params, state }: Context<State>): Promise<Response> {
  refusePages(req);
  const service = params.service ?? "";
  const issue = checkServiceName(service, "service");
  if (issue !== null) throw new ProblemError(422, "Cannot take the heartbeat", { issues: [issue] });
  const run = parseRun(url.searchParams);
  await readBody(req, state.monitor.limits().bodyBytes);
  return await takeHeartbeat({ service, run }, state);
}
