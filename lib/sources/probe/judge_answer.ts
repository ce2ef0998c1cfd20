/**
 * Whether an answer is what a probe expects. Messages say what was expected; of the body they show no more than
 * the one value that was asked for.
 *
 * @module
 */

import { query } from "jsonpath-rfc9535";

import type { Instant } from "@/lib/domain/instant.ts";
import { quote } from "@/lib/domain/quote.ts";
import type { SourceFailure } from "@/lib/ports/sample_source.ts";
import type { JsonExpectation, ProbeExpectation, StatusRange } from "@/lib/ports/source_config.ts";
import type { WebResult } from "@/lib/ports/web_fetch.ts";

/** An answer. */
export type Answer = Extract<WebResult, { kind: "answered" }>;

/** What an answer is judged by. */
export interface Judging {
  /** What is expected. */
  readonly expect: ProbeExpectation;
  /** Who was asked, for messages. */
  readonly host: string;
  /** When it came. */
  readonly at: Instant;
}

const DAY_MS = 86_400_000;

/** Returns what is wrong with an answer, `null` if it is good. */
export function judgeAnswer(answer: Answer, judging: Judging): SourceFailure | null {
  return judgeStatus(answer, judging) ?? judgeText(answer, judging) ??
    judgeJson(answer, judging) ?? judgeCertificate(answer, judging);
}

function judgeStatus({ status }: Answer, { expect, host }: Judging): SourceFailure | null {
  if (expect.statuses.some(({ from, to }) => status >= from && status <= to)) return null;
  const wanted = expect.statuses.map(formatRange).join(" or ");
  return { reason: `status ${status}`, detail: `${host} answered ${status}, expected ${wanted}` };
}

function formatRange({ from, to }: StatusRange): string {
  return from === to ? `${from}` : `${Math.floor(from / 100)}xx`;
}

function judgeText({ body }: Answer, { expect, host }: Judging): SourceFailure | null {
  if (expect.contains === null || decode(body).includes(expect.contains)) return null;
  const detail = `What ${host} sends does not contain ${quote(expect.contains)}`;
  return { reason: "body", detail };
}

function judgeJson({ body }: Answer, { expect: { json }, host }: Judging): SourceFailure | null {
  if (json === null) return null;
  const found = select(decode(body), json.path);
  if (found === null) return { reason: "body", detail: `What ${host} sends is not JSON` };
  if (found.length === 0) {
    return { reason: "body", detail: `What ${host} sends has nothing at ${json.path}` };
  }
  const wrong = found.find((value) => !isExpected(value, json));
  if (wrong === undefined) return null;
  const wanted = quote(json.equals?.value);
  const detail = `What ${host} sends has ${quote(wrong)} at ${json.path}, expected ${wanted}`;
  return { reason: "body", detail };
}

/** Returns what a path selects; `null` if the text is no JSON, or so deep that it cannot be searched. */
function select(text: string, path: string): unknown[] | null {
  try {
    return query(JSON.parse(text), path);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}

function isExpected(value: unknown, { equals }: JsonExpectation): boolean {
  return equals === null || isEqual(value, equals.value);
}

/** Equal as JSON: the order of keys means nothing. */
function isEqual(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || typeof other !== "object") return one === other;
  if (one === null || other === null || Array.isArray(one) !== Array.isArray(other)) {
    return one === other;
  }
  const [left, right] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  return left.size === right.size &&
    [...left].every(([key, value]) => right.has(key) && isEqual(value, right.get(key)));
}

function judgeCertificate(
  { certificateEndsAt = null }: Answer,
  { expect: { certificateDays }, host, at }: Judging,
): SourceFailure | null {
  if (certificateDays === null) return null;
  if (certificateEndsAt === null) {
    return { reason: "tls", detail: `${host} answered without a certificate` };
  }
  const days = Math.floor((certificateEndsAt - at) / DAY_MS);
  if (certificateEndsAt - at >= certificateDays * DAY_MS) return null;
  const detail =
    `The certificate of ${host} ends in ${days} days, expected at least ${certificateDays}`;
  return { reason: "tls", detail };
}

function decode(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}
