/**
 * Turns what zod says about a configuration into findings for people: one for each value at fault, with
 * what was found there and, for a mistyped word, what was probably meant.
 *
 * @module
 */

import { quote } from "@/lib/domain/quote.ts";
import { suggest } from "@/lib/domain/suggest.ts";
import { valueAt } from "@/lib/domain/value_path.ts";

import type { Path } from "./config_error.ts";

/** Something wrong at a place of the configuration. */
export interface Finding {
  /** The place. */
  readonly path: Path;
  /** What was found and what would be right. */
  readonly message: string;
}

/** What is used of an issue of zod. */
export interface SchemaIssue {
  /** The kind of issue. */
  readonly code: string;
  /** The place. */
  readonly path: readonly PropertyKey[];
  /** What would be right, as `schema.ts` words it; the known keys where some are unknown. */
  readonly message: string;
  /** The keys that are unknown. */
  readonly keys?: readonly string[];
  /** The choices there are. */
  readonly values?: readonly unknown[];
  /** The choices there are for the key that tells alternatives apart. */
  readonly options?: readonly unknown[];
  /** What is wrong with the value seen as each of the alternatives. */
  readonly errors?: readonly (readonly SchemaIssue[])[];
}

/** Returns what people should know about an issue that zod has with `value`; at least one finding. */
export function explainIssue(issue: SchemaIssue, value: unknown): readonly Finding[] {
  if (issue.keys !== undefined) return issue.keys.map((key) => explainUnknownKey(issue, key));
  const found = valueAt(value, issue.path);
  const branch = chooseBranch(issue, found);
  if (branch.length > 0) {
    return branch.flatMap((inner) =>
      explainIssue({ ...inner, path: [...issue.path, ...inner.path] }, value)
    );
  }
  const path = pathOf(issue);
  if (found === undefined) return [{ path, message: `is missing; it ${issue.message}` }];
  const meant = typeof found === "string" ? suggestAmong(issue, found) : "";
  if (isSecret(path)) return [{ path, message: issue.message }];
  return [{ path, message: `${issue.message}, got ${quote(found)}${meant}` }];
}

function explainUnknownKey(issue: SchemaIssue, key: string): Finding {
  if (issue.path[0] === "receivers" && !/^[A-Za-z]{1,24}$/.test(key)) {
    return { path: pathOf(issue), message: "has an unknown key, which is not shown" };
  }
  const known = issue.message.split(" ");
  return { path: [...pathOf(issue), key], message: `unknown key${suggest(key, known)}` };
}

/**
 * Returns the issues of the alternative that was meant by an object; none where no alternative takes an
 * object. Of two kinds of rules it is the last if the object speaks of a heartbeat, of two kinds of maintenance
 * windows if it comes again; else the first.
 */
function chooseBranch(issue: SchemaIssue, found: unknown): readonly SchemaIssue[] {
  if (issue.errors === undefined || !isObject(found)) return [];
  const branches = issue.errors.filter((branch) =>
    branch.every((inner) => inner.path.length > 0 || inner.keys !== undefined)
  );
  return branches.at("missingHeartbeat" in found || "every" in found ? -1 : 0) ?? [];
}

/** Only a near choice is worth more words: the message has already listed them all. */
function suggestAmong({ values = [], options = [] }: SchemaIssue, found: string): string {
  const choices = [...values, ...options].filter((choice) => typeof choice === "string");
  const meant = suggest(found, choices);
  return meant.startsWith("; did") ? meant : "";
}

/** Where nobody writes a secret by mistake. */
const HARMLESS: ReadonlySet<unknown> = new Set([
  ...[
    "name",
    "kind",
    "minSeverity",
    "repeat",
    "groupWait",
    "groupInterval",
    "sendResolved",
    "rate",
  ],
  ...["match", "service", "rule", "tag", "severity"],
]);

/** What may be secret in a source. */
const SECRET_OF_SOURCE: ReadonlySet<unknown> = new Set(["url", "headers", "body", "token"]);

/** Where in what is said of access nobody writes a token by mistake. */
const HARMLESS_OF_AUTH: ReadonlySet<unknown> = new Set([
  ...["name", "scopes", "publicReads", "trustProxy", "sessionHours"],
]);

/** What stands there may be secret, and is not to be seen by those who read messages and logs. */
function isSecret(path: Path): boolean {
  if (path[0] === "services") return path[2] === "source" && SECRET_OF_SOURCE.has(path[3]);
  if (path[0] === "auth") return !path.some((key) => HARMLESS_OF_AUTH.has(key));
  return path[0] === "receivers" && !HARMLESS.has(path.at(-1));
}

function pathOf(issue: SchemaIssue): Path {
  return issue.path.map((key) => typeof key === "symbol" ? String(key) : key);
}

function isObject(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" && value !== null;
}
