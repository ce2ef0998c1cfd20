/**
 * What operators may say: acknowledgements and silences, as they come over HTTP.
 *
 * @module
 */

import { z } from "zod";

import { type Instant, parseDuration } from "@/lib/domain/instant.ts";
import type { Matcher } from "@/lib/domain/matcher.ts";
import type { SilenceState } from "@/lib/domain/silence.ts";
import type { ValuePath } from "@/lib/domain/value_path.ts";
import type { SilenceDraft } from "@/lib/ports/alert_desk.ts";

import type { KnownNames } from "./explain_issues.ts";
import { readJsonBody } from "./json_body.ts";
import { maxLength, minLength } from "./length_checks.ts";
import { parseQuery } from "./query_params.ts";
import type { BodySource } from "./read_body.ts";

/** Who acts, if they do not say. */
export const SOMEBODY = "operator";

const PERSON = "must be 1 to 64 printable characters";
const NOTE = "must be at most 500 characters";
const MATCH = 'must be an object such as { "service": "checkout" }';
const INSTANT = 'must be milliseconds since 1970, or ISO 8601 such as "2026-11-24T22:00:00Z"';
const DURATION = 'must be a duration such as "30m" or "2h", at most a hundred years';
const TAG = "must be a tag";
const PATTERN = "must be 1 to 64 of letters, digits, . _ - and *";

const PERSON_FIELD = z.string(PERSON).trim().regex(/^[^\p{C}]{1,64}$/u, PERSON).default(SOMEBODY);
const NOTE_FIELD = z.string(NOTE).trim().check(maxLength(500, NOTE)).default("");
const PATTERN_FIELD = z.string(PATTERN).regex(/^[A-Za-z0-9._*-]{1,64}$/, PATTERN)
  .nullable().default(null);

const ACKNOWLEDGEMENT = {
  by: PERSON_FIELD.meta({ description: "Who is on it." }),
  note: NOTE_FIELD.meta({ description: "What they have to say." }),
};

/** What somebody says who is on an alert. */
export interface AcknowledgementBody {
  /** Who. @default {"operator"} */
  readonly by: string;
  /** What they have to say; may be empty. */
  readonly note: string;
}

/**
 * The body of `POST /api/alerts/:id/ack`.
 *
 * @ignore
 */
export const ACKNOWLEDGEMENT_BODY: z.ZodType<AcknowledgementBody> = z
  .strictObject(ACKNOWLEDGEMENT, "must be an object")
  .meta({ description: "What somebody says who is on an alert." });

/** Reads the body of `POST /api/alerts/:id/ack`. */
export async function readAcknowledgement(request: BodySource): Promise<AcknowledgementBody> {
  return await readJsonBody(request, {
    schema: ACKNOWLEDGEMENT_BODY,
    act: "acknowledge",
    known: () => ({ what: "field", names: Object.keys(ACKNOWLEDGEMENT) }),
  });
}

const MATCHER = {
  service: PATTERN_FIELD.meta({ description: "Name of the service; `*` for any characters." }),
  rule: PATTERN_FIELD.meta({ description: "Name of the rule; `*` for any characters." }),
  tag: z.string(TAG).check(minLength(1, TAG), maxLength(32, TAG))
    .nullable().default(null).meta({ description: "A tag that the service has." }),
  severity: z.enum(["warning", "critical"], 'must be "warning" or "critical"')
    .nullable().default(null).meta({ description: "How bad the alert is." }),
};

/** The last millisecond of the year 9999, which is as far as ISO 8601 goes without further agreement. */
const MAX_INSTANT = 253_402_300_799_999;

/** With it behind {@linkcode MAX_INSTANT}, an end is still an instant that can be written as a date. */
const MAX_DURATION_MS = 100 * 365 * 86_400_000;

const INSTANT_FIELD = z.union([
  z.int(INSTANT).min(0, INSTANT).max(MAX_INSTANT, INSTANT),
  z.iso.datetime({ offset: true, error: INSTANT }),
], INSTANT)
  .transform((at) => typeof at === "number" ? at : Date.parse(at));

const DURATION_FIELD = z.string(DURATION).refine((text) => {
  try {
    return parseDuration(text) <= MAX_DURATION_MS;
  } catch {
    return false;
  }
}, DURATION).transform((text) => Math.ceil(parseDuration(text)));

const SILENCE = {
  match: z.strictObject(MATCHER, MATCH).meta({
    description: "Which alerts; at least one condition, and all given must be met.",
  }),
  startsAt: INSTANT_FIELD.nullable().default(null).meta({
    description: "From when on; left out, from now.",
  }),
  endsAt: INSTANT_FIELD.optional().meta({
    description: "Until when, at most 366 days ahead; either this or `duration`.",
  }),
  duration: DURATION_FIELD.optional().meta({
    description: "For how long, such as `2h`; either this or `endsAt`.",
    examples: ["2h"],
  }),
  author: PERSON_FIELD.meta({ description: "Who makes it." }),
  reason: NOTE_FIELD.meta({ description: "Why." }),
};

const SILENCE_STATE = 'must be "active", "pending" or "expired"';

/**
 * What a query of silences may say.
 *
 * @ignore
 */
export const SILENCE_QUERY: z.ZodType<{ readonly state: SilenceState | null }> = z.strictObject({
  state: z.enum(["active", "pending", "expired"], SILENCE_STATE).nullable().default(null).meta({
    description: "Only those that stand there; left out, all.",
  }),
});

/** Returns the state of the silences that a query asks for; `null` for all. */
export function parseSilenceQuery(params: URLSearchParams): SilenceState | null {
  return parseQuery(params, SILENCE_QUERY, ["state"]).state;
}

const ONE_END = 'must be given, or else "duration", but not both';

/** A silence as it is asked for; how long it holds may depend on when that is. */
export interface SilenceBody {
  /** Which alerts. */
  readonly match: Matcher;
  /** From when on; `null` for now. */
  readonly startsAt: Instant | null;
  /** Until when; or else there is `duration`. */
  readonly endsAt?: Instant | undefined;
  /** For how long, in milliseconds. */
  readonly duration?: number | undefined;
  /** Who makes it. */
  readonly author: string;
  /** Why; may be empty. */
  readonly reason: string;
}

/**
 * The body of `POST /api/silences` and `PUT /api/silences/:id`.
 *
 * @ignore
 */
export const SILENCE_BODY: z.ZodType<SilenceBody> = z
  .strictObject(SILENCE, "must be an object")
  .refine(({ endsAt, duration }) => (endsAt === undefined) !== (duration === undefined), {
    path: ["endsAt"],
    message: ONE_END,
  })
  .meta({
    description: "A silence to be made, or what one is to become.",
    oneOf: [{ required: ["endsAt"] }, { required: ["duration"] }],
  });

function knownInSilence(path: ValuePath): KnownNames {
  return path.length === 0
    ? { what: "field", names: Object.keys(SILENCE) }
    : { what: "condition", names: Object.keys(MATCHER) };
}

/**
 * Reads the body of `POST /api/silences` and `PUT /api/silences/:id`. That the times make sense is checked
 * where silences are kept.
 */
export async function readSilence(request: BodySource, now: Instant): Promise<SilenceDraft> {
  const { match, startsAt, endsAt, duration, author, reason } = await readJsonBody(request, {
    ...{ schema: SILENCE_BODY, act: "silence", known: knownInSilence },
  });
  return {
    ...{ matcher: match, startsAt, author, reason },
    endsAt: endsAt ?? (startsAt ?? now) + (duration ?? 0),
  };
}
