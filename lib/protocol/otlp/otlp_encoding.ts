/**
 * How an export over OTLP/HTTP is encoded, as its headers say (OpenTelemetry protocol 1.10, "OTLP/HTTP").
 *
 * @module
 */

import { quote } from "@/lib/domain/quote.ts";

import { ProblemError } from "../problem.ts";

/** The encodings of OTLP/HTTP. */
export type OtlpEncoding = "protobuf" | "json";

/** The ways in which a body may be compressed. */
export type Compression = "gzip" | "deflate";

/** What the headers of an export say. */
export interface OtlpForm {
  /** The encoding. */
  readonly encoding: OtlpEncoding;
  /** How it is compressed; `null` if it is not. */
  readonly compression: Compression | null;
}

/** The content types, by encoding. */
export const OTLP_TYPES: Readonly<Record<OtlpEncoding, string>> = {
  protobuf: "application/x-protobuf",
  json: "application/json",
};

const ACCEPTED = Object.values(OTLP_TYPES).join(", ");

/**
 * Returns the encoding that a content type names; `null` if it names none. Also for answers: they are in the
 * encoding of the request.
 */
export function encodingOf(contentType: string | null): OtlpEncoding | null {
  const type = (contentType ?? "").split(";", 1).join("").trim().toLowerCase();
  if (type === OTLP_TYPES.json) return "json";
  return type === OTLP_TYPES.protobuf ? "protobuf" : null;
}

/**
 * Returns the form of a body.
 *
 * @throws {ProblemError} 415 if it is in no encoding of OTLP, or compressed otherwise than by gzip or deflate.
 */
export function readOtlpForm(headers: Pick<Headers, "get">): OtlpForm {
  const type = headers.get("content-type");
  const encoding = encodingOf(type);
  if (encoding === null) {
    const found = type === null ? "a body without content type" : `content type ${quote(type)}`;
    const wanted = `send "${OTLP_TYPES.protobuf}" or "${OTLP_TYPES.json}"`;
    throw new ProblemError(415, `Cannot take ${found}: ${wanted}`, {
      headers: { "accept-post": ACCEPTED },
    });
  }
  return { encoding, compression: readCompression(headers.get("content-encoding")) };
}

function readCompression(header: string | null): Compression | null {
  const named = (header ?? "").trim().toLowerCase();
  switch (named) {
    case "":
    case "identity":
      return null;
    case "gzip":
    case "deflate":
      return named;
  }
  throw new ProblemError(
    415,
    `Cannot take content encoding ${quote(named)}: send gzip, deflate or the body as it is`,
    { headers: { "accept-encoding": "gzip, deflate, identity" } },
  );
}
