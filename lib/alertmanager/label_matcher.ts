/**
 * Matchers as Prometheus and Alertmanager write them: `name="value"`, and with `!=`, `=~` and `!~`
 * (https://prometheus.io/docs/alerting/latest/configuration/#matcher).
 *
 * @module
 */

import { RE2JS } from "re2js";

import { quote } from "@/lib/domain/quote.ts";

/** One condition on a label. */
export interface LabelMatcher {
  /** Name of the label. */
  readonly name: string;
  /** A text, or a regular expression that must fit the whole value. */
  readonly value: string;
  /** Whether `value` is a regular expression, in the syntax of RE2. */
  readonly isRegex: boolean;
  /** Whether the value must be so; else it must not. */
  readonly isEqual: boolean;
}

/** A matcher that is ready to be used. */
export interface CompiledMatcher {
  /** Name of the label. */
  readonly name: string;
  /** Tells whether the value of the label is as wanted; a label that is not there is empty. */
  readonly accepts: (value: string) => boolean;
  /** Whether the value must be so; else it must not. */
  readonly isEqual: boolean;
}

/** The longest text that is read as a matcher. */
const MAX_LENGTH = 1_024;

const MATCHER = /^\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(=~|!~|!=|=)\s*(.*?)\s*$/s;
const QUOTED = /^"((?:[^"\\]|\\.)*)"$/s;

/**
 * Reads a matcher; quotes around the value may be left out.
 *
 * @throws {SyntaxError} If it is none.
 *
 * @example
 * ```ts
 * import { parseLabelMatcher } from "@/lib/alertmanager/label_matcher.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseLabelMatcher('service=~"auth-.*"'), {
 *   ...{ name: "service", value: "auth-.*" },
 *   ...{ isRegex: true, isEqual: true },
 * });
 * ```
 */
export function parseLabelMatcher(text: string): LabelMatcher {
  const [, name, operator, raw] = MATCHER.exec(text.slice(0, MAX_LENGTH)) ?? [];
  const value = raw === undefined ? undefined : unquote(raw);
  if (text.length > MAX_LENGTH || name === undefined || value === undefined) {
    const right = `must be such as service="checkout", at most ${MAX_LENGTH} characters`;
    throw new SyntaxError(`Cannot read the matcher ${quote(text)}: it ${right}`);
  }
  const isRegex = operator === "=~" || operator === "!~";
  return { name, value, isRegex, isEqual: operator === "=" || operator === "=~" };
}

/**
 * Prepares a matcher. Its regular expression takes linear time, whoever wrote it.
 *
 * @throws {SyntaxError} If its regular expression is none.
 */
export function compileMatcher({ name, value, isRegex, isEqual }: LabelMatcher): CompiledMatcher {
  const fits = isRegex ? compileRegex(value) : (text: string) => text === value;
  return { name, isEqual, accepts: (text) => fits(text) === isEqual };
}

/**
 * Tells whether labels are as all matchers want them. A label may have several values, such as the tags of a
 * service: one that must be so is there if one value is, one that must not is not there if none is.
 */
export function matchesLabels(
  matchers: readonly CompiledMatcher[],
  labels: Readonly<Record<string, string | readonly string[]>>,
): boolean {
  return matchers.every(({ name, accepts, isEqual }) => {
    const found = Object.hasOwn(labels, name) ? labels[name] : undefined;
    const values = typeof found === "string" ? [found] : found ?? [];
    if (values.length === 0) return accepts("");
    return isEqual ? values.some(accepts) : values.every(accepts);
  });
}

function unquote(raw: string): string | undefined {
  if (!raw.startsWith('"')) return raw.includes('"') ? undefined : raw;
  const [, inner] = QUOTED.exec(raw) ?? [];
  return inner?.replace(/\\(.)/gs, (_, next: string) => next === "n" ? "\n" : next);
}

function compileRegex(value: string): (text: string) => boolean {
  if (value.length > MAX_LENGTH) {
    throw new SyntaxError(
      `Cannot use a regular expression of ${value.length} characters: at most ${MAX_LENGTH}`,
    );
  }
  try {
    const regex = RE2JS.compile(value);
    return (text) => regex.matches(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SyntaxError(`Cannot use the regular expression ${quote(value)}: ${reason}`, {
      cause,
    });
  }
}
