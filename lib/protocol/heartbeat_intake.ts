/**
 * Taking signs of life and what jobs say of their runs: what is answered with 202 is kept.
 *
 * @module
 */

import type { JobDesk } from "@/lib/ports/job_desk.ts";
import type { IngestResult, InputIssue } from "@/lib/ports/monitor.ts";

import { type Intake, keepTaken } from "./intake.ts";
import { describeFailure, type JobOutcome } from "./job_ping.ts";
import { ProblemError } from "./problem.ts";

/** Where it goes. */
export interface HeartbeatIntake extends Intake {
  /** Follows the runs of jobs. */
  readonly jobs: JobDesk;
}

/** What was said. */
export interface Ping {
  /** Name of the service. */
  readonly service: string;
  /** The name of the run; empty if it has none. */
  readonly run: string;
}

/** Takes a sign of life, of a job the end of a run that went well. */
export async function takeHeartbeat(
  { service, run }: Ping,
  intake: HeartbeatIntake,
): Promise<Response> {
  const { jobs, monitor } = intake;
  return await keepTaken(
    () => jobs.end(service, { run, failure: null }) ?? monitor.ingest([{ service, metrics: {} }]),
    { ...intake, locate: (_index, inner) => inner },
  );
}

/**
 * Takes how a run began or ended.
 *
 * @throws {ProblemError} 422 if the service is no job, and as `takeSamples`.
 */
export async function takeOutcome(
  { service, run, outcome, words }: Ping & {
    readonly outcome: JobOutcome;
    readonly words: string;
  },
  intake: HeartbeatIntake,
): Promise<Response> {
  const act = (): IngestResult | null => {
    switch (outcome.kind) {
      case "started":
        return intake.jobs.start(service, run);
      case "succeeded":
        return intake.jobs.end(service, { run, failure: null });
      case "failed": {
        const { reason } = outcome;
        const failure = { reason, detail: describeFailure(reason, words) };
        return intake.jobs.end(service, { run, failure });
      }
    }
  };
  return await keepTaken(() => act() ?? refuseStranger(service), {
    ...intake,
    locate: (_index, inner) => inner,
  });
}

function refuseStranger(service: string): never {
  const issue: InputIssue = {
    path: "service",
    message: `must be a service of the configuration with "source": { "kind": "heartbeat", … }, ` +
      `got "${service}"; a bare sign of life goes to /api/heartbeats/${service}`,
  };
  throw new ProblemError(422, "Cannot follow the runs of what is no job", { issues: [issue] });
}
