/**
 * Times in a query: instants, and how long ago, so that people can type what they mean.
 *
 * @module
 */

import { z } from "zod";

import { formatInstant, type Instant, parseDuration, type TimeSpan } from "@/lib/domain/instant.ts";
import { MAX_FUTURE_MS } from "@/lib/domain/sample.ts";

/** The longest range that can be asked for, in milliseconds: ten years of 365 days. */
export const MAX_RANGE_MS = 10 * 365 * 86_400_000;

/** A time as a query says it. */
export type TimeText =
  /** An instant. */
  | { readonly kind: "at"; readonly at: Instant }
  /** So many milliseconds before now. */
  | { readonly kind: "ago"; readonly agoMs: number };

const TIME =
  'must be milliseconds since 1970, ISO 8601 such as "2026-11-24T22:00:00Z", or a time before now such as "-6h"';
const NOT_SECONDS = "must be milliseconds since 1970, and looks like seconds";

/** Read as milliseconds, so few digits lie in the spring of 1973 or before. */
const SECONDS = /^\d{1,11}$/;

const ISO_DATE = z.iso.date();
const ISO_TIME = z.iso.datetime({ offset: true });

/**
 * A time, as a query says it; `null` if it does not.
 *
 * @ignore
 */
export const TIME_PARAM: z.ZodType<TimeText | null> = z.string()
  .refine((text) => !SECONDS.test(text), { message: NOT_SECONDS, abort: true })
  .transform((text, context) => {
    const time = parseTime(text);
    if (time !== null) return time;
    context.addIssue({ code: "custom", message: TIME });
    return z.NEVER;
  })
  .nullable().default(null).meta({
    asParam: { type: "string", examples: ["-6h", "1700000000000", "2026-11-24T22:00:00Z"] },
  });

/** A range as a query says it. */
export interface RangeText {
  /** Its beginning; `null` if the query does not say. */
  readonly from: TimeText | null;
  /** Its end; `null` if the query does not say. */
  readonly to: TimeText | null;
}

/** Options for {@linkcode resolveRange}. */
export interface RangeOptions {
  /** The present instant. */
  readonly now: Instant;
  /** How long before its end a range begins that does not say, in milliseconds. */
  readonly defaultMs: number;
}

/** One thing wrong with a range. */
export interface RangeIssue {
  /** The parameter. */
  readonly param: "from" | "to";
  /** What would be right. */
  readonly message: string;
}

/** A range, or what is wrong with it. */
export type ResolvedRange =
  | { readonly kind: "range"; readonly range: TimeSpan }
  | { readonly kind: "invalid"; readonly issue: RangeIssue };

/**
 * Returns the range that a query means. It ends now unless told otherwise.
 *
 * @example The last six hours
 * ```ts
 * import { resolveRange } from "@/lib/protocol/time_param.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = { from: { kind: "ago" as const, agoMs: 21_600_000 }, to: null };
 * assertEquals(resolveRange(text, { now: 1_700_000_000_000, defaultMs: 3_600_000 }), {
 *   kind: "range",
 *   range: { from: 1_699_978_400_000, to: 1_700_000_000_000 },
 * });
 * ```
 */
export function resolveRange(text: RangeText, { now, defaultMs }: RangeOptions): ResolvedRange {
  const to = toInstant(text.to, now) ?? now;
  const from = toInstant(text.from, now) ?? Math.max(0, to - defaultMs);
  // As far as samples may be ahead of the clock.
  if (to > now + MAX_FUTURE_MS) {
    return invalid("to", `must be at most a minute after now, which is ${formatInstant(now)}`);
  }
  if (to <= 0) return invalid("to", `must be after ${formatInstant(0)}`);
  if (from < 0) return invalid("from", `must not be before ${formatInstant(0)}`);
  if (from >= to) {
    return invalid("from", `must be before "to"${text.to === null ? ", which is now" : ""}`);
  }
  if (to - from > MAX_RANGE_MS) return invalid("from", 'must be at most ten years before "to"');
  return { kind: "range", range: { from, to } };
}

function invalid(param: RangeIssue["param"], message: string): ResolvedRange {
  return { kind: "invalid", issue: { param, message } };
}

function toInstant(text: TimeText | null, now: Instant): Instant | null {
  if (text === null) return null;
  return text.kind === "at" ? text.at : now - text.agoMs;
}

function parseTime(text: string): TimeText | null {
  if (/^\d{12,16}$/.test(text)) return { kind: "at", at: Number(text) };
  if (text.startsWith("-")) return parseAgo(text.slice(1));
  // In a query a plus that is not escaped stands for a space.
  const iso = text.replace(/ (?=\d\d:\d\d$)/, "+");
  const isIso = ISO_DATE.safeParse(iso).success || ISO_TIME.safeParse(iso).success;
  return isIso ? { kind: "at", at: Date.parse(iso) } : null;
}

function parseAgo(text: string): TimeText | null {
  try {
    return { kind: "ago", agoMs: Math.round(parseDuration(text)) };
  } catch {
    return null;
  }
}
