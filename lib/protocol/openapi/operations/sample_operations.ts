/**
 * How samples come in as JSON.
 *
 * @module
 */

import { MAX_BATCH_SAMPLES } from "@/lib/protocol/sample_batch.ts";
import { ACCEPTED_SCHEMA } from "@/lib/protocol/schemas/monitor_schema.ts";

import { type Answer, answer, type JsonSchema, type Operation, refTo } from "../operation.ts";
import { NOT_TAKEN, problem, WRONG_FORM } from "../shared_answers.ts";

const ONE_OR_MORE: JsonSchema = {
  oneOf: [
    refTo("Sample"),
    { type: "array", items: refTo("Sample"), minItems: 1, maxItems: MAX_BATCH_SAMPLES },
  ],
};

const LINES: JsonSchema = {
  type: "string",
  description: "A `Sample` as JSON on each line; blank lines do not count.",
};

/** The answer to what was taken. */
export const TAKEN: Answer = answer(
  202,
  "They were taken and are kept: they survive a crash of Vitals.",
  {
    schema: ACCEPTED_SCHEMA,
    example: { accepted: 1 },
  },
);

/** The operations. */
export const SAMPLE_OPERATIONS: readonly Operation[] = [
  {
    id: "postSamples",
    method: "post",
    path: "/api/samples",
    group: "Samples",
    summary: "Sends samples: one, a list, or one a line",
    description: "All samples of a request are taken, or none. Sending a request again is safe: " +
      "a second value of a series at the same instant moves nothing.",
    scope: "ingest",
    body: {
      required: true,
      content: [
        {
          type: "application/json",
          schema: ONE_OR_MORE,
          example: { service: "checkout", metrics: { cpu: 41.2, latency: 120.5 } },
        },
        {
          type: "application/x-ndjson",
          schema: LINES,
          example: '{"service":"checkout","metrics":{"cpu":41.2}}\n{"service":"cart"}\n',
        },
      ],
    },
    answers: [
      TAKEN,
      problem(400, "The body is not JSON, or not UTF-8.", {
        detail: "Cannot read the body as JSON: it is empty",
      }),
      ...NOT_TAKEN,
      WRONG_FORM,
      problem(422, "A sample is wrong; `issues` says which, where and why.", {
        detail: "Cannot take the samples: nothing of this request was stored",
        issues: [{ path: "metrics.cpu", message: "must be a number from 0 to 100 %, got 140" }],
      }),
    ],
  },
];
