/**
 * What operators may say: acknowledgements and silences, as they come over HTTP.
 *
 * @module
 */

import { z } from "zod";

import { type Instant, parseDuration } from "@/lib/domain/instant.ts";
import type { SilenceState } from "@/lib/domain/silence.ts";
import type { ValuePath } from "@/lib/domain/value_path.ts";
import type { SilenceDraft } from "@/lib/ports/alert_desk.ts";

import type { KnownNames } from "./explain_issues.ts";
import { type JsonBodyOptions, readJsonBody } from "./json_body.ts";
import { parseQuery } from "./query_params.ts";
import type { BodySource } from "./read_body.ts";

/** Who acts, if they do not say. */
export const SOMEBODY = "operator";

const PERSON = "must be 1 to 64 printable characters";
const NOTE = "must be at most 500 characters";
const MATCH = 'must be an object such as { "service": "checkout" }';
const INSTANT = 'must be milliseconds since 1970, or ISO 8601 such as "2026-11-24T22:00:00Z"';
const DURATION = 'must be a duration such as "30m" or "2h", at most a hundred years';
const PATTERN = "must be 1 to 64 of letters, digits, . _ - and *";

const PERSON_FIELD = z.string(PERSON).trim().regex(/^[^\p{C}]{1,64}$/u, PERSON).default(SOMEBODY);
const NOTE_FIELD = z.string(NOTE).trim().max(500, NOTE).default("");
const PATTERN_FIELD = z.string(PATTERN).regex(/^[A-Za-z0-9._*-]{1,64}$/, PATTERN)
  .nullable().default(null);

const ACKNOWLEDGEMENT = { by: PERSON_FIELD, note: NOTE_FIELD };

/** What somebody says who is on an alert. */
export interface AcknowledgementBody {
  /** Who. @default {"operator"} */
  readonly by: string;
  /** What they have to say; may be empty. */
  readonly note: string;
}

/** Reads the body of `POST /api/alerts/:id/ack`. */
export async function readAcknowledgement(request: BodySource): Promise<AcknowledgementBody> {
  return await readJsonBody(request, {
    schema: z.strictObject(ACKNOWLEDGEMENT, "must be an object"),
    act: "acknowledge",
    known: () => ({ what: "field", names: Object.keys(ACKNOWLEDGEMENT) }),
  });
}

const MATCHER = {
  service: PATTERN_FIELD,
  rule: PATTERN_FIELD,
  tag: z.string("must be a tag").min(1, "must be a tag").max(32, "must be a tag")
    .nullable().default(null),
  severity: z.enum(["warning", "critical"], 'must be "warning" or "critical"')
    .nullable().default(null),
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
  match: z.strictObject(MATCHER, MATCH),
  startsAt: INSTANT_FIELD.nullable().default(null),
  endsAt: INSTANT_FIELD.optional(),
  duration: DURATION_FIELD.optional(),
  author: PERSON_FIELD,
  reason: NOTE_FIELD,
};

const SILENCE_STATE = 'must be "active", "pending" or "expired"';
const SILENCE_QUERY = z.strictObject({
  state: z.enum(["active", "pending", "expired"], SILENCE_STATE).nullable().default(null),
});

/** Returns the state of the silences that a query asks for; `null` for all. */
export function parseSilenceQuery(params: URLSearchParams): SilenceState | null {
  return parseQuery(params, SILENCE_QUERY, ["state"]).state;
}

const ONE_END = 'must be given, or else "duration", but not both';

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
  const schema: JsonBodyOptions<SilenceDraft>["schema"] = z
    .strictObject(SILENCE, "must be an object")
    .refine(({ endsAt, duration }) => (endsAt === undefined) !== (duration === undefined), {
      path: ["endsAt"],
      message: ONE_END,
    })
    .transform(({ match, startsAt, endsAt, duration, author, reason }) => ({
      ...{ matcher: match, startsAt, author, reason },
      endsAt: endsAt ?? (startsAt ?? now) + (duration ?? 0),
    }));
  return await readJsonBody(request, { schema, act: "silence", known: knownInSilence });
}
