/**
 * Between the matchers of Alertmanager and those of silences here. What cannot be said here is refused: a
 * silence that mutes more than was asked for would hide an outage.
 *
 * @module
 */

import { MATCH_ALL, type Matcher } from "@/lib/domain/matcher.ts";
import { quote } from "@/lib/domain/quote.ts";
import { suggest } from "@/lib/domain/suggest.ts";
import type { InputIssue } from "@/lib/ports/monitor.ts";

import { globOfRegex, regexOfGlob } from "./glob_regex.ts";
import type { LabelMatcher } from "./label_matcher.ts";

/** What became of matchers. */
export type MatcherResult =
  | { readonly kind: "matcher"; readonly matcher: Matcher }
  | { readonly kind: "refused"; readonly issues: readonly InputIssue[] };

/** What one matcher asks for; `null` if it excludes nothing. */
type Condition =
  | { readonly kind: "condition"; readonly value: string | null }
  | { readonly kind: "refused"; readonly reason: string };

/** The conditions here by the labels there. */
const FIELDS: ReadonlyMap<string, keyof Matcher> = new Map([
  ["alertname", "rule"],
  ["service", "service"],
  ["severity", "severity"],
  ["tag", "tag"],
]);

const NAME = /^[A-Za-z0-9._-]{1,64}$/;
const PATTERN = /^[A-Za-z0-9._*-]{1,64}$/;
const EVERY_SEVERITY = ["warning|critical", "critical|warning", ".*", ".+"];

/**
 * Returns the matcher that means exactly the same as all of some matchers.
 *
 * @example
 * ```ts
 * import { toMatcher } from "@/lib/alertmanager/silence_matchers.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const flags = { isRegex: true, isEqual: true };
 * assertEquals(toMatcher([{ name: "service", value: "auth-.*", ...flags }]), {
 *   kind: "matcher",
 *   matcher: { service: "auth-*", rule: null, tag: null, severity: null },
 * });
 * ```
 */
export function toMatcher(matchers: readonly LabelMatcher[]): MatcherResult {
  const issues: InputIssue[] = [];
  const found = new Map<keyof Matcher, string | null>();
  for (const [index, matcher] of matchers.entries()) {
    const field = FIELDS.get(matcher.name);
    const condition = readCondition(matcher, field);
    if (condition.kind === "refused") {
      issues.push({ path: `matchers[${index}]`, message: condition.reason });
    } else if (field !== undefined && found.has(field)) {
      const message = `must be the only matcher on ${matcher.name}; make a silence of each`;
      issues.push({ path: `matchers[${index}]`, message });
    } else if (field !== undefined) found.set(field, condition.value);
  }
  if (issues.length > 0) return { kind: "refused", issues };
  const matcher = { ...MATCH_ALL, ...Object.fromEntries(found) };
  const isForAll = Object.values(matcher).every((condition) => condition === null);
  return { kind: "matcher", matcher: isForAll ? { ...matcher, service: "*" } : matcher };
}

/** Returns the matchers that mean the same as one of ours. */
export function fromMatcher(matcher: Matcher): LabelMatcher[] {
  return [...FIELDS].flatMap(([name, field]) => {
    const value = matcher[field];
    if (value === null) return [];
    const isRegex = (field === "rule" || field === "service") && value.includes("*");
    return [{ name, value: isRegex ? regexOfGlob(value) : value, isRegex, isEqual: true }];
  });
}

function readCondition(matcher: LabelMatcher, field: keyof Matcher | undefined): Condition {
  const { name, isEqual } = matcher;
  if (field === undefined) {
    return refuse(
      `must be on a label that alerts have, got ${quote(name)}${suggest(name, [...FIELDS.keys()])}`,
    );
  }
  if (!isEqual) {
    return refuse('must say what is muted; "all but these" (!= and !~) is not known here');
  }
  switch (field) {
    case "rule":
    case "service":
      return readName(matcher);
    case "tag":
      return readTag(matcher);
    case "severity":
      return readSeverity(matcher);
  }
}

function readName({ name, value, isRegex }: LabelMatcher): Condition {
  if (!isRegex) {
    return NAME.test(value)
      ? accept(value)
      : refuse(`must be a name, 1 to 64 of letters, digits, . _ and -, got ${quote(value)}`);
  }
  const glob = globOfRegex(value);
  if (glob !== null && PATTERN.test(glob)) return accept(glob);
  return refuse(
    `must be a regular expression of letters, digits, _ - \\. and .* only, such as ` +
      `${name}=~"auth-.*", got ${quote(value)}; for "one or the other" make a silence of each`,
  );
}

function readTag({ value, isRegex }: LabelMatcher): Condition {
  const tag = isRegex ? globOfRegex(value) : value;
  if (tag !== null && tag.length >= 1 && tag.length <= 32 && !(isRegex && tag.includes("*"))) {
    return accept(tag);
  }
  return refuse(`must be a tag as it is, 1 to 32 characters, got ${quote(value)}`);
}

function readSeverity({ value, isRegex }: LabelMatcher): Condition {
  if (isRegex && EVERY_SEVERITY.includes(value)) return accept(null);
  if (value === "warning" || value === "critical") return accept(value);
  return refuse(`must be "warning" or "critical", got ${quote(value)}`);
}

function accept(value: string | null): Condition {
  return { kind: "condition", value };
}

function refuse(reason: string): Condition {
  return { kind: "refused", reason };
}
