/**
 * What a probe expects, in the configuration.
 *
 * @module
 */

import parsePath from "jsonpath-rfc9535/parser";
import { z } from "zod";

import type { ProbeExpectation, StatusRange } from "@/lib/ports/source_config.ts";
import { maxLength, minLength } from "@/lib/protocol/length_checks.ts";

import type { Path } from "../config_error.ts";
import { matching, object, wholeNumber } from "../schema_parts.ts";

/** A status, or such as `"2xx"`. */
export type StatusEntry = number | string;

/** As it stands in the file. */
export interface ExpectEntry {
  /** `"2xx"` if left out. */
  readonly status?: StatusEntry | readonly StatusEntry[] | undefined;
  /** What the body must contain. */
  readonly contains?: string | undefined;
  /** What the body must say as JSON. */
  readonly json?: { readonly path: string; readonly equals?: unknown } | undefined;
  /** How many days the certificate must still be valid. */
  readonly certificateDays?: number | undefined;
}

const A_STATUS = 'must be a status such as 200, or "2xx"';
const STATUS = z.union([
  z.int(A_STATUS).min(100, A_STATUS).max(599, A_STATUS),
  matching(/^[1-5]xx$/, A_STATUS),
], A_STATUS);
const STATUSES_ERROR = 'must be "2xx", a status such as 200, or a list of 1 to 20 of them';
const A_TEXT = "must be a text of 1 to 1024 characters";
const A_PATH = 'must be a path such as "$.status"';

/**
 * Its shape.
 *
 * @ignore
 */
export const EXPECT: z.ZodType<ExpectEntry, unknown> = object({
  status: z.union([
    STATUS,
    z.array(STATUS, STATUSES_ERROR).check(
      minLength(1, STATUSES_ERROR),
      maxLength(20, STATUSES_ERROR),
    ),
  ], STATUSES_ERROR).optional().meta({
    description: "The statuses that are good, after redirects.",
    default: "2xx",
    examples: ["2xx", 204, [200, 301]],
  }),
  contains: z.string(A_TEXT).check(minLength(1, A_TEXT), maxLength(1_024, A_TEXT)).optional().meta({
    description: "What the body must contain.",
    examples: ["Welcome"],
  }),
  json: object({
    path: z.string(A_PATH).check(minLength(1, A_PATH), maxLength(256, A_PATH)).meta({
      description: "A JSONPath (RFC 9535) that must select something; the $. may be left out.",
      examples: ["$.status", "checks.db.status"],
    }),
    equals: z.unknown().optional().meta({
      description: "What all that it selects must be. Left out, anything will do.",
      examples: ["ok", true, 0],
    }),
  }, 'must be an object such as { "path": "$.status", "equals": "ok" }').optional().meta({
    description: "What the body must say as JSON.",
  }),
  certificateDays: wholeNumber(0, 3_650).optional().meta({
    description: "How many days the certificate must still be valid.",
    examples: [14],
  }),
}, 'must be an object such as { "status": 200 }').meta({
  description: "What the answer must be.",
});

/** Takes what is wrong, by its place in the entry. */
export type ReportAt = (path: Path, message: string) => void;

/** Returns what an entry expects; what is wrong is reported, and then it is not to be used. */
export function resolveExpect(entry: ExpectEntry, report: ReportAt): ProbeExpectation {
  const { status = "2xx", contains = null, json, certificateDays = null } = entry;
  const statuses = [status].flat().map(toRange);
  if (json === undefined) return { statuses, contains, json: null, certificateDays };
  const path = json.path.startsWith("$") ? json.path : `$.${json.path}`;
  if (!isPath(path)) report(["expect", "json", "path"], "must be a JSONPath of RFC 9535");
  const equals = "equals" in json ? { value: json.equals } : null;
  return { statuses, contains, json: { path, equals }, certificateDays };
}

function toRange(status: StatusEntry): StatusRange {
  if (typeof status === "number") return { from: status, to: status };
  const from = 100 * Number(status.slice(0, 1));
  return { from, to: from + 99 };
}

function isPath(path: string): boolean {
  try {
    parsePath(path);
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
