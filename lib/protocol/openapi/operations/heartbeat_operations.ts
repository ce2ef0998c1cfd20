/**
 * How signs of life come in, and what jobs say of their runs.
 *
 * @module
 */

import { SERVICE_NAME } from "@/lib/domain/sample.ts";
import { PING_QUERY } from "@/lib/protocol/job_ping.ts";

import type { Answer, Operation, PathParam } from "../operation.ts";
import { NOT_TAKEN, problem } from "../shared_answers.ts";
import { TAKEN } from "./sample_operations.ts";

const SERVICE: PathParam = {
  description: "Name of the service.",
  example: "nightly-backup",
  schema: { type: "string", pattern: SERVICE_NAME.source },
};

const OUTCOME: PathParam = {
  description: "`start`, `fail`, an exit code such as `0` or `3`, or a signal such as `KILL`.",
  example: "fail",
  schema: { type: "string", pattern: "^(start|fail|-?\\d{1,10}|[A-Z][A-Z0-9]{1,15})$" },
};

const FROM_BROWSER = problem(403, "It comes from a browser, or from what looks at links.", {
  detail: "Cannot take this from a browser by GET: use POST",
});

const NO_BEAT = problem(422, "No service can be called that, or no more may be added.", {
  detail: "Cannot take the heartbeat",
  issues: [{ path: "service", message: 'must be 1 to 64 of a-z, got "A"' }],
});

const NO_RUN = problem(422, "The service is no job, or the outcome is none.", {
  detail: "Cannot take that of a job",
  issues: [{ path: "outcome", message: 'must be "start", "fail" or an exit code, got "done"' }],
});

/** By GET there is no body, and of what a job says only the beginning is read: nothing is too long. */
const SHORT_NOT_TAKEN: readonly Answer[] = NOT_TAKEN.filter(({ status }) => status !== 413);

const BEAT: Omit<Operation, "id" | "method" | "summary" | "answers"> = {
  path: "/api/heartbeats/{service}",
  group: "Samples",
  scope: "ingest",
  params: { service: SERVICE },
  query: PING_QUERY,
};

const RUN: typeof BEAT = {
  ...BEAT,
  path: "/api/heartbeats/{service}/{outcome}",
  params: { service: SERVICE, outcome: OUTCOME },
};

/** The operations. */
export const HEARTBEAT_OPERATIONS: readonly Operation[] = [
  {
    ...BEAT,
    id: "postHeartbeat",
    method: "post",
    summary: "Sends a bare sign of life",
    description:
      "For scripts and cron jobs: the same as a sample without metrics. Of a job it is the end of " +
      "a run that went well. A body means nothing.",
    answers: [TAKEN, ...NOT_TAKEN, NO_BEAT],
  },
  {
    ...BEAT,
    id: "sendHeartbeatByGet",
    method: "get",
    summary: "Sends a bare sign of life, where POST cannot be sent",
    description: "`HEAD` does the same.",
    answers: [TAKEN, FROM_BROWSER, ...SHORT_NOT_TAKEN, NO_BEAT],
  },
  {
    ...RUN,
    id: "postRun",
    method: "post",
    summary: "Says how a run of a job began or ended",
    description:
      "The service must be a job of the configuration. The words of the body say why a run failed.",
    body: {
      required: false,
      content: [{
        type: "text/plain",
        schema: {
          type: "string",
          description: "Why it failed: of the first 1,024 bytes 300 characters are shown.",
        },
        example: "no space left on /backup",
      }],
    },
    answers: [TAKEN, ...SHORT_NOT_TAKEN, NO_RUN],
  },
  {
    ...RUN,
    id: "sendRunByGet",
    method: "get",
    summary: "Says how a run of a job began or ended, where POST cannot be sent",
    description: "`HEAD` does the same.",
    answers: [TAKEN, FROM_BROWSER, ...SHORT_NOT_TAKEN, NO_RUN],
  },
];
