/**
 * Takes a bare sign of life, for scripts and cron jobs: `curl -X POST`.
 *
 * @module
 */

import type { Context } from "fresh";

import { takeSamples } from "@/lib/protocol/intake.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";
import { readBody } from "@/lib/protocol/read_body.ts";
import { checkServiceName } from "@/lib/protocol/sample_body.ts";
import { define, type State } from "@/utils.ts";

/** Answers `POST`. */
export const handler = define.handlers(serveMethods({ POST: takeHeartbeat }));

/** A body means nothing here; it is read all the same, so that the connection can be used again. */
async function takeHeartbeat({ req, params, state }: Context<State>): Promise<Response> {
  const { monitor, gate } = state;
  const service = params.service ?? "";
  const issue = checkServiceName(service, "service");
  if (issue !== null) throw new ProblemError(422, "Cannot take the heartbeat", { issues: [issue] });
  await readBody(req, monitor.limits().bodyBytes);
  const locate = (_index: number, inner: string) => inner;
  return await takeSamples([{ service, metrics: {} }], { monitor, gate, locate });
}
