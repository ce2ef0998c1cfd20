/**
 * What is wrong with a configuration, for programs ({@linkcode ConfigError}) and for people
 * ({@linkcode formatConfigError}).
 *
 * @module
 */

import type { ValuePath } from "@/lib/domain/value_path.ts";

/** A place in the text of the file, both counted from 1. */
export interface Position {
  /** The line. */
  readonly line: number;
  /** The character in its line. */
  readonly column: number;
}

/** One thing that is wrong. */
export interface ConfigIssue {
  /** Where in the configuration, such as `"rules[2].metric"`; empty for the file as a whole. */
  readonly path: string;
  /** What was found and what would be right. */
  readonly message: string;
  /** Where in the text; `null` when the text could not be had. */
  readonly position: Position | null;
}

/** Keys and indices from the root of the configuration to the value at fault. */
export type Path = ValuePath;

/** How many issues {@linkcode formatConfigError} prints before it only counts. */
const PRINTED_ISSUES = 20;

/** A configuration that cannot be used, with everything that is wrong with it. */
export class ConfigError extends Error {
  /** Always `"ConfigError"`. */
  override readonly name: string = "ConfigError";
  /** All that is wrong, in the order of the file; at least one. */
  readonly issues: readonly ConfigIssue[];
  /** The file, as it was named; `null` when the text came from elsewhere. */
  readonly file: string | null;

  /** Makes an error of its issues; `file` and `cause` when they are known. */
  constructor(
    issues: readonly ConfigIssue[],
    options: { readonly file?: string; readonly cause?: unknown } = {},
  ) {
    const [first] = issues;
    const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
    super(
      `Cannot use ${options.file ?? "configuration"}: ${first ? describe(first) : "?"}${more}`,
      { cause: options.cause },
    );
    this.issues = issues;
    this.file = options.file ?? null;
  }
}

/**
 * Returns the error as lines for a terminal: what cannot be used, then one line for each issue.
 *
 * @example
 * ```ts
 * import { ConfigError, formatConfigError } from "@/lib/config/config_error.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const issue = { path: "rules[2].metric", message: "no such metric", position: null };
 * assertEquals(
 *   formatConfigError(new ConfigError([issue], { file: "vitals.config.jsonc" })),
 *   "Cannot use vitals.config.jsonc: 1 problem\n  rules[2].metric: no such metric",
 * );
 * ```
 */
export function formatConfigError(error: Pick<ConfigError, "issues" | "file">): string {
  const { issues, file } = error;
  const count = issues.length === 1 ? "1 problem" : `${issues.length} problems`;
  const hidden = issues.length - PRINTED_ISSUES;
  return [
    `Cannot use ${file ?? "configuration"}: ${count}`,
    ...issues.slice(0, PRINTED_ISSUES).map((issue) => `  ${describe(issue)}`),
    ...(hidden > 0 ? [`  … and ${hidden} more`] : []),
  ].join("\n");
}

function describe({ path, message, position }: ConfigIssue): string {
  if (position === null) return path === "" ? message : `${path}: ${message}`;
  if (path === "") return `line ${position.line}, column ${position.column}: ${message}`;
  return `${path} (line ${position.line}): ${message}`;
}
