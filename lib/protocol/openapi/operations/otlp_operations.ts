/**
 * How OpenTelemetry exporters send metrics. The format is theirs.
 *
 * @module
 */

import { z } from "zod";

import { SERVICE_NAME } from "@/lib/domain/sample.ts";
import { OTLP_TYPES } from "@/lib/protocol/otlp/otlp_encoding.ts";

import {
  type Answer,
  type AnswerHeader,
  type Content,
  foreignSchema,
  type Operation,
} from "../operation.ts";
import { ACCEPT_ENCODING, ACCEPT_POST, RETRY_AFTER } from "../shared_answers.ts";

const SPECIFICATION = "https://opentelemetry.io/docs/specs/otlp/#otlphttp";

/** Both encodings of a message; of the binary one an example is the message that says nothing. */
function encoded(message: string, { example, url }: {
  readonly example: unknown;
  readonly url: string;
}): readonly Content[] {
  return [
    {
      type: OTLP_TYPES.json,
      schema: foreignSchema(`\`${message}\` as JSON.`, { url, type: "object" }),
      example,
    },
    {
      type: OTLP_TYPES.protobuf,
      schema: foreignSchema(`\`${message}\` as protobuf, which is binary.`, {
        url,
        type: "string",
      }),
      example: "",
    },
  ];
}

function statusOf(code: number, message: string): readonly Content[] {
  return encoded("google.rpc.Status", { example: { code, message }, url: SPECIFICATION });
}

function refusal(
  status: number,
  description: string,
  { code, message, headers }: {
    readonly code: number;
    readonly message: string;
    readonly headers?: Readonly<Record<string, AnswerHeader>>;
  },
): Answer {
  const content = statusOf(code, message);
  return { status, description, content, ...headers === undefined ? {} : { headers } };
}

const LATER = { "retry-after": RETRY_AFTER };

const EXPORT = {
  resourceMetrics: [{
    resource: { attributes: [{ key: "service.name", value: { stringValue: "checkout" } }] },
    scopeMetrics: [{
      metrics: [{ name: "process.cpu.utilization", gauge: { dataPoints: [{ asDouble: 0.41 }] } }],
    }],
  }],
};

/** The operations. */
export const OTLP_OPERATIONS: readonly Operation[] = [{
  id: "exportMetrics",
  method: "post",
  path: "/v1/metrics",
  group: "Samples",
  summary: "Takes what OpenTelemetry exports",
  description:
    "OTLP over HTTP. The answer is in the encoding of the request. Each resource counts by itself: what " +
    "of an export cannot be taken is told as a partial success.",
  scope: "ingest",
  query: z.strictObject({
    service: z.string().regex(SERVICE_NAME).optional().meta({
      description: "All of it is about this service, whatever its resources say.",
    }),
  }),
  body: {
    required: true,
    content: encoded("ExportMetricsServiceRequest", { example: EXPORT, url: SPECIFICATION }),
  },
  answers: [
    {
      status: 200,
      description: "It was taken, all of it or in part, and is kept.",
      content: encoded("ExportMetricsServiceResponse", { example: {}, url: SPECIFICATION }),
    },
    refusal(400, "It is no export, or the name of the service is none.", {
      code: 3,
      message: "Cannot read the export as JSON: it is empty",
    }),
    refusal(413, "It is too long.", {
      code: 8,
      message: "Cannot take a body of more than 1048576 bytes: send less at a time",
    }),
    refusal(415, "It is encoded or compressed otherwise.", {
      code: 3,
      message: 'Cannot take content type "text/plain": send "application/x-protobuf"',
      headers: {
        "accept-post": { ...ACCEPT_POST, required: false },
        "accept-encoding": ACCEPT_ENCODING,
      },
    }),
    refusal(429, "Samples come faster than they can be written.", {
      code: 8,
      message: "Cannot take samples as fast as they come: too many wait to be written",
      headers: LATER,
    }),
    refusal(503, "Nothing can be written: the samples are watched, but not kept.", {
      code: 14,
      message: "The samples are watched, but cannot be kept for now; send them again later",
      headers: LATER,
    }),
  ],
  errors: statusOf(13, "Internal Server Error"),
}];
