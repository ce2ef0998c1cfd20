/**
 * Answers to exports in the encoding of protobuf, by the official schema. It brings a protobuf library along, so
 * it is loaded when the first such answer is due.
 *
 * @module
 */

import { create, toBinary } from "@bufbuild/protobuf";

import { StatusSchema } from "@/proto/gen/google/rpc/status_pb.ts";
import { ExportMetricsServiceResponseSchema } from "@/proto/gen/opentelemetry/proto/collector/metrics/v1/metrics_service_pb.ts";

import type { OtlpStatus, PartialSuccess } from "./otlp_answer.ts";

/** Returns an `ExportMetricsServiceResponse`. */
export function encodeResponse(partial: PartialSuccess | null): Uint8Array<ArrayBuffer> {
  const partialSuccess = partial === null ? {} : {
    partialSuccess: {
      rejectedDataPoints: BigInt(partial.rejectedPoints),
      errorMessage: partial.message,
    },
  };
  const schema = ExportMetricsServiceResponseSchema;
  return new Uint8Array(toBinary(schema, create(schema, partialSuccess)));
}

/** Returns a `google.rpc.Status`. */
export function encodeStatus({ code, message }: OtlpStatus): Uint8Array<ArrayBuffer> {
  return new Uint8Array(toBinary(StatusSchema, create(StatusSchema, { code, message })));
}
