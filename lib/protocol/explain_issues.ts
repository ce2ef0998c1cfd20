/**
 * Turns what zod says about an input into issues for its sender: which field, what came, and what would be
 * right. The error texts of the schemas complete "the value …".
 *
 * @module
 */

import type { z } from "zod";

import { quote } from "@/lib/domain/quote.ts";
import { suggest } from "@/lib/domain/suggest.ts";
import { formatPath, valueAt, type ValuePath } from "@/lib/domain/value_path.ts";
import type { InputIssue } from "@/lib/ports/monitor.ts";

/** What is called by name at some place of the input, for suggestions. */
export interface KnownNames {
  /** What a name there stands for, such as `"field"`. */
  readonly what: string;
  /** The names there are. */
  readonly names: readonly string[];
}

/** What {@linkcode explainIssues} looks at. */
export interface ExplainOptions {
  /** The input. */
  readonly value: unknown;
  /** Returns the names that are known inside the object at a path. */
  readonly known: (path: ValuePath) => KnownNames;
}

/**
 * Returns the issues of an input; several for an object with several unknown keys.
 *
 * @ignore
 */
export function explainIssues(
  issues: readonly z.core.$ZodIssue[],
  options: ExplainOptions,
): InputIssue[] {
  return issues.flatMap((issue) => explain(issue, options));
}

function explain(issue: z.core.$ZodIssue, { value, known }: ExplainOptions): InputIssue[] {
  const path = issue.path.map((key) => typeof key === "symbol" ? String(key) : key);
  if (issue.code === "unrecognized_keys") {
    const { what, names } = known(path);
    return issue.keys.map((key) => ({
      path: formatPath([...path, key]),
      message: `unknown ${what}${suggest(key, names)}`,
    }));
  }
  const found = valueAt(value, path);
  const message = found === undefined
    ? `is missing; it ${issue.message}`
    : `${issue.message}, got ${quote(found)}`;
  return [{ path: formatPath(path), message }];
}
