/**
 * What an exporter gets back over OTLP/HTTP: in the encoding of its request, errors as a `google.rpc.Status`
 * (OpenTelemetry protocol 1.10, "OTLP/HTTP Response").
 *
 * @module
 */

import type { OtlpOutcome } from "@/lib/ports/otlp_intake.ts";

import type { Problem } from "../problem.ts";
import { OTLP_TYPES, type OtlpEncoding } from "./otlp_encoding.ts";

/** What of an export was not taken. Without rejected points it is a warning. */
export interface PartialSuccess {
  /** How many data points were not taken. */
  readonly rejectedPoints: number;
  /** Why, and what would be right. */
  readonly message: string;
}

/** An error as the protocol has it. */
export interface OtlpStatus {
  /** A `google.rpc.Code`; exporters go by the HTTP status. */
  readonly code: number;
  /** What was wrong. */
  readonly message: string;
}

/** The codes of `google/rpc/code.proto`, by HTTP status. */
const CODES: Readonly<Record<number, number>> = {
  400: 3,
  401: 16,
  403: 7,
  404: 5,
  405: 12,
  413: 8,
  415: 3,
  429: 8,
  503: 14,
};

const INTERNAL = 13;

/** Returns what is to be told of an export; `null` if nothing is. */
export function describeOutcome({ rejectedPoints, problem }: OtlpOutcome): PartialSuccess | null {
  return problem === null ? null : { rejectedPoints, message: problem };
}

/** Returns the answer to an export that was taken, all of it or in part. */
export async function answerExport(
  encoding: OtlpEncoding,
  partial: PartialSuccess | null,
): Promise<Response> {
  return await respond(encoding, { status: 200, headers: {} }, {
    json: () => partial === null ? {} : { partialSuccess: describe(partial) },
    protobuf: async () => (await import("./encode_answer.ts")).encodeResponse(partial),
  });
}

/** Returns the answer to an export that was not taken at all. */
export async function answerOtlpProblem(
  encoding: OtlpEncoding,
  { problem, headers }: {
    readonly problem: Problem;
    readonly headers: Readonly<Record<string, string>>;
  },
): Promise<Response> {
  const { status, title, detail = title } = problem;
  const said = { code: CODES[status] ?? INTERNAL, message: detail };
  return await respond(encoding, { status, headers }, {
    json: () => said,
    protobuf: async () => (await import("./encode_answer.ts")).encodeStatus(said),
  });
}

/** JSON has numbers of 64 bits as texts. */
function describe({ rejectedPoints, message }: PartialSuccess): Readonly<Record<string, string>> {
  const rejected = rejectedPoints === 0 ? {} : { rejectedDataPoints: `${rejectedPoints}` };
  return { ...rejected, errorMessage: message };
}

interface Bodies {
  readonly json: () => unknown;
  readonly protobuf: () => Promise<Uint8Array<ArrayBuffer>>;
}

async function respond(
  encoding: OtlpEncoding,
  { status, headers }: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
  },
  { json, protobuf }: Bodies,
): Promise<Response> {
  const body = encoding === "json" ? JSON.stringify(json()) : await protobuf();
  return new Response(body, {
    status,
    headers: { ...headers, "content-type": OTLP_TYPES[encoding] },
  });
}
