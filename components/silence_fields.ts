/**
 * The fields of the dialog that makes a silence, and what they mean.
 *
 * @module
 */

import type { Matcher } from "@/lib/domain/matcher.ts";
import * as words from "@/texts/acts.ts";
import * as matchers from "@/texts/matchers.ts";

/** The fields as a person fills them; an empty one says nothing. */
export interface SilenceFields {
  readonly service: string;
  readonly rule: string;
  readonly tag: string;
  readonly severity: string;
  /** One of {@linkcode SPANS}, or `until`. */
  readonly span: string;
  /** A local date and time, such as `2026-11-24T13:00`. */
  readonly until: string;
  readonly author: string;
  readonly reason: string;
}

/** The spans to choose from, as the API takes them. */
export const SPANS: readonly { readonly value: string; readonly caption: string }[] = [
  { value: "30m", caption: words.minutes30 },
  { value: "1h", caption: words.hour1 },
  { value: "4h", caption: words.hours4 },
  { value: "1d", caption: words.day1 },
  { value: "7d", caption: words.week1 },
];

/** Returns which alerts are meant; `null` if nothing says so. */
export function toMatcher(fields: SilenceFields): Matcher | null {
  const [service, rule, tag] = [fields.service, fields.rule, fields.tag].map((text) =>
    text.trim() === "" ? null : text.trim()
  );
  const severity = parseSeverity(fields.severity);
  if (!service && !rule && !tag && severity === null) return null;
  return { service: service ?? null, rule: rule ?? null, tag: tag ?? null, severity };
}

/** Returns which alerts are meant, in words. */
export function describeDraft(fields: SilenceFields): string {
  const matcher = toMatcher(fields);
  return matcher === null ? words.nothingMatched : describeMatcher(matcher);
}

/** Returns which alerts a matcher is about, in words. */
export function describeMatcher({ service, rule, tag, severity }: Matcher): string {
  const what = [severity === null ? "" : matchers.severities[severity], rule ?? ""];
  const where = service === null || service === "*" ? matchers.allServices : service;
  return matchers.on(
    what.filter((text) => text !== ""),
    tag === null ? where : matchers.tagged(where, tag),
  );
}

/** Returns the body that asks for the silence. */
export function toSilenceBody(fields: SilenceFields): Readonly<Record<string, unknown>> {
  const matcher = toMatcher(fields) ?? {};
  const match = Object.fromEntries(
    Object.entries(matcher).filter(([, condition]) => condition !== null),
  );
  const end = fields.span === "until"
    ? { endsAt: new Date(fields.until).getTime() }
    : { duration: fields.span };
  return { match, ...end, author: fields.author.trim(), reason: fields.reason.trim() };
}

function parseSeverity(text: string): Matcher["severity"] {
  return text === "warning" || text === "critical" ? text : null;
}
