/**
 * Takes what a job says of a run: that it began, that it failed, or the code that it ended with.
 *
 * @module
 */

import type { Context } from "fresh";

import { takeOutcome } from "@/lib/protocol/heartbeat_intake.ts";
import {
  MAX_WORDS_BYTES,
  parseOutcome,
  parseRun,
  readWords,
  refusePages,
} from "@/lib/protocol/job_ping.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";
import { readBeginning } from "@/lib/protocol/read_body.ts";
import { checkServiceName } from "@/lib/protocol/sample_body.ts";
import { define, type State } from "@/utils.ts";

/** Answers `POST`, and `GET` and `HEAD` of programs that cannot send that. */
export const handler = define.handlers(serveMethods({ POST: take, GET: take }));

/** However much a job has to say, that it failed is taken. */
async function take({ req, url, params, state }: Context<State>): Promise<Response> {
  refusePages(req);
  const { service = "", outcome = "" } = params;
  const issue = checkServiceName(service, "service");
  if (issue !== null) throw new ProblemError(422, "Cannot take that of a job", { issues: [issue] });
  const ping = {
    ...{ service, outcome: parseOutcome(outcome), run: parseRun(url.searchParams) },
    words: readWords(await readBeginning(req, MAX_WORDS_BYTES + 1)),
  };
  return await takeOutcome(ping, state);
}
