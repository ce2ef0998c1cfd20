/**
 * From the answer of an exporter to what it says, or why it says nothing.
 *
 * @module
 */

import { ExpositionError } from "@/lib/domain/exposition/exposition_error.ts";
import {
  type ExpositionFormat,
  ExpositionReader,
} from "@/lib/domain/exposition/exposition_reader.ts";
import type { Observation } from "@/lib/domain/observation.ts";
import { quote } from "@/lib/domain/quote.ts";
import type { SourceFailure } from "@/lib/ports/sample_source.ts";
import type { WebResult } from "@/lib/ports/web_fetch.ts";

/** What a page says, or why it does not. */
export type PageResult =
  | { readonly kind: "read"; readonly observations: readonly Observation[] }
  | { readonly kind: "failed"; readonly failure: SourceFailure };

/** What exporters are asked for, best first: OpenMetrics, names in UTF-8, the text format, anything. */
export const ACCEPT: string = [
  "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.9",
  "application/openmetrics-text;version=1.0.0;q=0.8",
  "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.7",
  "text/plain;version=0.0.4;q=0.6",
  "*/*;q=0.1",
].join(",");

/** What a page is read with. */
export interface ReadPageOptions {
  /** What the page is called in messages. */
  readonly about: string;
  /** Lets everything else happen before it resolves. */
  readonly pause: () => Promise<void>;
}

/** So many lines are read at a time, which takes some milliseconds. */
const LINES_AT_A_TIME = 2_000;

/** Returns what a page says. */
export async function readPage(
  result: WebResult,
  { about, pause }: ReadPageOptions,
): Promise<PageResult> {
  if (result.kind === "failed") return fail(result.reason, result.detail);
  const { status, headers, body } = result;
  if (status !== 200) return fail(`status ${status}`, `${about} answers with status ${status}`);
  const type = headers.get("content-type")?.toLowerCase() ?? "";
  if (type.includes("protobuf")) {
    return fail(NOT_EXPOSITION, `${about} sends protobuf; it must be text or OpenMetrics`);
  }
  const text = decode(body);
  if (text === null) return fail(NOT_EXPOSITION, `${about} is no exposition: it is not UTF-8`);
  const format = type.includes("application/openmetrics-text") ? "openmetrics" : "text";
  return await parse(text, { format, about, type, pause });
}

const NOT_EXPOSITION = "not exposition";

function fail(reason: string, detail: string): PageResult {
  return { kind: "failed", failure: { reason, detail } };
}

function decode(body: Uint8Array<ArrayBuffer>): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    // What is wrong with which byte helps nobody.
    return null;
  }
}

interface Parsing extends ReadPageOptions {
  readonly format: ExpositionFormat;
  readonly type: string;
}

async function parse(
  text: string,
  { format, about, type, pause }: Parsing,
): Promise<PageResult> {
  try {
    const reader = new ExpositionReader(text, { format });
    while (reader.read(LINES_AT_A_TIME)) await pause();
    return { kind: "read", observations: reader.observations };
  } catch (error) {
    if (!(error instanceof ExpositionError)) throw error;
    const { line, reason } = error;
    const isOther = !/^(?:text\/plain|application\/openmetrics-text|$)/.test(type);
    const hint = isOther ? ` (its type is ${quote(type)})` : "";
    return fail(NOT_EXPOSITION, `${about} is no exposition: line ${line}: ${reason}${hint}`);
  }
}
