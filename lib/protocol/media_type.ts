/**
 * Reads what a request says its body is.
 *
 * @module
 */

import { quote } from "@/lib/domain/quote.ts";

import { ProblemError } from "./problem.ts";

/** The forms in which samples may come. */
export type SampleForm = "json" | "ndjson";

const FORMS: ReadonlyMap<string, SampleForm> = new Map([
  ["application/json", "json"],
  ["application/x-ndjson", "ndjson"],
  ["application/ndjson", "ndjson"],
  ["application/jsonl", "ndjson"],
  ["application/x-jsonl", "ndjson"],
]);

const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]*)/i;
/** US-ASCII is a part of UTF-8. */
const UTF_8 = /^(?:utf-?8|us-ascii)$/i;

const ADVICE = 'send "application/json" or, with one sample a line, "application/x-ndjson"';

/**
 * Returns the form of a body.
 *
 * @throws {ProblemError} 415 if it is none that holds samples, not UTF-8, or compressed.
 */
export function readSampleForm(headers: Pick<Headers, "get">): SampleForm {
  const encoding = headers.get("content-encoding");
  if (encoding !== null && !/^(?:identity)?$/i.test(encoding.trim())) {
    throw unsupported(`content encoding ${quote(encoding)}: send the body as it is`, {
      "accept-encoding": "identity",
    });
  }
  const type = headers.get("content-type");
  if (type === null) throw unsupported(`a body without content type: ${ADVICE}`);
  const form = FORMS.get(type.split(";", 1).join("").trim().toLowerCase());
  if (form === undefined) throw unsupported(`content type ${quote(type)}: ${ADVICE}`);
  const charset = CHARSET.exec(type)?.[1];
  if (charset === undefined || UTF_8.test(charset)) return form;
  throw unsupported(`charset ${quote(charset)}: send UTF-8`);
}

function unsupported(what: string, headers: Readonly<Record<string, string>> = {}): ProblemError {
  return new ProblemError(415, `Cannot take ${what}`, {
    headers: { "accept-post": "application/json, application/x-ndjson", ...headers },
  });
}
