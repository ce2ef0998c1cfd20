/**
 * Silences as clients of Alertmanager send them: `postableSilence` of its API v2
 * (https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml).
 *
 * @module
 */

import { z } from "zod";

import type { Instant } from "@/lib/domain/instant.ts";
import type { Matcher } from "@/lib/domain/matcher.ts";
import { silenceState } from "@/lib/domain/silence.ts";
import type { ActResult, AlertDesk, SilenceDraft } from "@/lib/ports/alert_desk.ts";
import { readJsonBody } from "@/lib/protocol/json_body.ts";
import { maxLength, minLength } from "@/lib/protocol/length_checks.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";
import type { BodySource } from "@/lib/protocol/read_body.ts";
import type { SilenceView } from "@/lib/protocol/views.ts";

import { toMatcher } from "./silence_matchers.ts";

const TEXT = "must be a text";
const FLAG = "must be true or false";
const INSTANT = 'must be an instant such as "2026-11-24T22:00:00Z"';
const PERSON = "must be 1 to 64 printable characters";
const COMMENT = "must be at most 500 characters";

const INSTANT_FIELD = z.iso.datetime({ offset: true, error: INSTANT }).transform((at) =>
  Date.parse(at)
);

const MATCHER = {
  name: z.string(TEXT).check(maxLength(64, "must be at most 64 characters")),
  value: z.string(TEXT).check(maxLength(1_024, "must be at most 1024 characters")),
  isRegex: z.boolean(FLAG),
  isEqual: z.boolean(FLAG).default(true),
};

const SILENCE = {
  id: z.string(TEXT).check(maxLength(64, "must be the id of a silence")).default(""),
  matchers: z.array(z.strictObject(MATCHER, "must be a matcher"), "must be a list of matchers")
    .check(
      minLength(1, "must have at least one matcher"),
      maxLength(16, "must have at most 16 matchers"),
    ),
  startsAt: INSTANT_FIELD,
  endsAt: INSTANT_FIELD,
  createdBy: z.string(PERSON).trim().regex(/^[^\p{C}]{1,64}$/u, PERSON),
  comment: z.string(COMMENT).trim().check(maxLength(500, COMMENT)),
  // What a client has read and sends back: the server knows better.
  status: z.unknown().optional(),
  updatedAt: z.unknown().optional(),
};

/** A silence that a client of Alertmanager wants. */
export interface PostedSilence extends Omit<SilenceDraft, "startsAt"> {
  /** The silence that it changes; empty for a new one. */
  readonly id: string;
  /** From when on; may be in the past. */
  readonly startsAt: Instant;
}

/**
 * Reads the body of `POST /api/v2/silences`.
 *
 * @throws {ProblemError} 400, 413, 415 or 422, with issues where a field is wrong or a matcher cannot be said
 * here.
 */
export async function readPostedSilence(request: BodySource): Promise<PostedSilence> {
  const body = await readJsonBody(request, {
    schema: z.strictObject(SILENCE, "must be an object"),
    act: "silence",
    known: (path) =>
      path.length === 0
        ? { what: "field", names: Object.keys(SILENCE) }
        : { what: "field", names: Object.keys(MATCHER) },
  });
  const result = toMatcher(body.matchers);
  if (result.kind === "refused") {
    throw new ProblemError(422, "Cannot silence: nothing was changed", { issues: result.issues });
  }
  const { id, startsAt, endsAt, createdBy: author, comment: reason } = body;
  return { id, matcher: result.matcher, startsAt, endsAt, author, reason };
}

/**
 * Makes a silence, or changes one. As in Alertmanager, one is changed in its place only if it mutes the same and
 * began or begins as before; else it is ended and another one is made.
 */
export function postSilence(
  desk: AlertDesk,
  { id, ...posted }: PostedSilence,
  now: Instant,
): ActResult<SilenceView> {
  const draft = { ...posted, startsAt: posted.startsAt < now ? null : posted.startsAt };
  if (id === "") return desk.addSilence(draft);
  const before = desk.silence(id);
  if (before === undefined) return { kind: "unknown" };
  if (isSameSilence(before, posted, now)) {
    return desk.changeSilence(id, { ...draft, startsAt: before.startsAt });
  }
  const result = desk.addSilence(draft);
  // Both in one turn: they are written down together, and what was muted stays so in between.
  if (result.kind === "done" && silenceState(before, now) !== "expired") desk.endSilence(id);
  return result;
}

function isSameSilence(
  before: SilenceView,
  posted: Pick<PostedSilence, "matcher" | "startsAt">,
  now: Instant,
): boolean {
  const isSameStart = toSeconds(before.startsAt) === toSeconds(posted.startsAt);
  return silenceState(before, now) !== "expired" && isSameStart &&
    isSameMatcher(before.matcher, posted.matcher);
}

/** Clients cut instants off at their own precision. */
function toSeconds(at: Instant): number {
  return Math.floor(at / 1_000);
}

function isSameMatcher(one: Matcher, other: Matcher): boolean {
  return one.service === other.service && one.rule === other.rule && one.tag === other.tag &&
    one.severity === other.severity;
}
