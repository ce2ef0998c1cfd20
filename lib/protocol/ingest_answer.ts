/**
 * How the collector's verdict on samples is told over HTTP.
 *
 * @module
 */

import type { IngestResult } from "@/lib/ports/monitor.ts";

import { ProblemError } from "./problem.ts";
import { invalidSamples, type Locate, locateIssue } from "./sample_batch.ts";

/**
 * Returns the answer to accepted samples: 202 and how many there were.
 *
 * @throws {ProblemError} 422 with issues if they were refused, 429 with `Retry-After` if a bound is reached.
 */
export function answerIngest(result: IngestResult, locate: Locate): Response {
  switch (result.kind) {
    case "accepted":
      return Response.json({ accepted: result.count }, { status: 202 });
    case "invalid":
      throw invalidSamples(result.issues.map((issue) => locateIssue(issue, locate)));
    case "full": {
      const seconds = Math.max(1, Math.ceil(result.retryAfterMs / 1_000));
      throw new ProblemError(429, result.reason, { headers: { "retry-after": `${seconds}` } });
    }
  }
}
