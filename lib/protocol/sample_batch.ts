/**
 * From the text of a `POST /api/samples` to samples: all of them, or an error that says what is wrong with
 * each.
 *
 * @module
 */

import type { IncomingSample, InputIssue } from "@/lib/ports/monitor.ts";

import { parseJson } from "./json_text.ts";
import type { SampleForm } from "./media_type.ts";
import { splitLines } from "./ndjson.ts";
import { MAX_LISTED_ISSUES, ProblemError } from "./problem.ts";
import type { ParseSample } from "./sample_body.ts";

/** Most samples of one request. */
export const MAX_BATCH_SAMPLES = 10_000;

/** Returns how a place inside the sample with this index is called in the request's own terms. */
export type Locate = (index: number, inner: string) => string;

/** Samples of the right shape, and where each of them stood. */
export interface SampleBatch {
  /** At least one, at most {@linkcode MAX_BATCH_SAMPLES}. */
  readonly samples: readonly IncomingSample[];
  /** Names places in the request. */
  readonly locate: Locate;
}

/** How {@linkcode parseSampleBatch} reads. */
export interface ParseBatchOptions {
  /** One sample or a list of them as JSON, or a sample a line. */
  readonly form: SampleForm;
  /** Checks each. */
  readonly parseSample: ParseSample;
}

/** Values that should be samples, and where they stood. */
interface Items {
  readonly values: readonly unknown[];
  readonly locate: Locate;
}

/**
 * Returns the samples of a body.
 *
 * @throws {ProblemError} 400 if it is not JSON, 413 if it holds more than {@linkcode MAX_BATCH_SAMPLES}, 422
 * with issues if it holds none or something else.
 */
export function parseSampleBatch(text: string, options: ParseBatchOptions): SampleBatch {
  const { values, locate } = options.form === "json" ? readJson(text) : readLines(text);
  if (values.length === 0) {
    throw invalidSamples([{ path: "", message: "must hold at least one sample" }]);
  }
  const samples: IncomingSample[] = [];
  const issues: InputIssue[] = [];
  let moreIssues = 0;
  for (const [index, value] of values.entries()) {
    const outcome = options.parseSample(value);
    if (outcome.kind === "sample") samples.push(outcome.sample);
    else {
      const room = MAX_LISTED_ISSUES - issues.length;
      moreIssues += Math.max(0, outcome.issues.length - room);
      issues.push(...relocate(outcome.issues.slice(0, room), index, locate));
    }
  }
  if (issues.length > 0) throw invalidSamples(issues, moreIssues);
  return { samples, locate };
}

/** Returns the error of samples that break a rule of input. */
export function invalidSamples(issues: readonly InputIssue[], moreIssues = 0): ProblemError {
  const detail = "Cannot take the samples: nothing of this request was stored";
  return new ProblemError(422, detail, { issues, moreIssues });
}

/**
 * Returns an issue that was found by index, such as `"[2].at"`, as the sender knows its place; one without
 * an index is left as it is.
 */
export function locateIssue({ path, message }: InputIssue, locate: Locate): InputIssue {
  const [, index, inner = ""] = /^\[(\d+)\]\.?(.*)$/s.exec(path) ?? [];
  return { path: index === undefined ? path : locate(Number(index), inner), message };
}

function relocate(issues: readonly InputIssue[], index: number, locate: Locate): InputIssue[] {
  return issues.map(({ path, message }) => ({ path: locate(index, path), message }));
}

function readJson(text: string): Items {
  const value = parseJson(text, "the body");
  if (!Array.isArray(value)) return { values: [value], locate: (_index, inner) => inner };
  checkCount(value.length);
  return { values: value, locate: locateInList };
}

function locateInList(index: number, inner: string): string {
  const dot = inner === "" || inner.startsWith("[") ? "" : ".";
  return `[${index}]${dot}${inner}`;
}

function readLines(text: string): Items {
  const lines = splitLines(text);
  checkCount(lines.length);
  return {
    values: lines.map((line) => parseJson(line.text, `line ${line.number}`)),
    locate: (index, inner) => {
      const line = `line ${lines[index]?.number ?? index + 1}`;
      return inner === "" ? line : `${line}: ${inner}`;
    },
  };
}

function checkCount(count: number): void {
  if (count <= MAX_BATCH_SAMPLES) return;
  const detail = `Cannot take ${count} samples at once: send at most ${MAX_BATCH_SAMPLES}`;
  throw new ProblemError(413, detail);
}
