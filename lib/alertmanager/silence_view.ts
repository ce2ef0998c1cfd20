/**
 * Silences as Alertmanager shows them: `gettableSilence` of its API v2
 * (https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml).
 *
 * @module
 */

import type { SilenceState } from "@/lib/domain/silence.ts";
import type { SilenceView } from "@/lib/protocol/views.ts";

import { isoInstant } from "./iso_instant.ts";
import { type CompiledMatcher, type LabelMatcher, matchesLabels } from "./label_matcher.ts";
import { fromMatcher } from "./silence_matchers.ts";

/** A silence as Alertmanager shows it. Instants are ISO 8601. */
export interface GettableSilence {
  /** Its id. */
  readonly id: string;
  /** Where it stands. */
  readonly status: { readonly state: SilenceState };
  /** Which alerts it mutes: those that all of these fit. */
  readonly matchers: readonly LabelMatcher[];
  /** From when on. */
  readonly startsAt: string;
  /** Until when. */
  readonly endsAt: string;
  /** When it was made. */
  readonly updatedAt: string;
  /** Who made it. */
  readonly createdBy: string;
  /** Why. */
  readonly comment: string;
}

/** Returns a silence as Alertmanager shows it. */
export function showSilence(silence: SilenceView): GettableSilence {
  const { id, state, matcher, startsAt, endsAt, createdAt, author, reason } = silence;
  return {
    id,
    status: { state },
    matchers: fromMatcher(matcher),
    startsAt: isoInstant(startsAt),
    endsAt: isoInstant(endsAt),
    updatedAt: isoInstant(createdAt),
    createdBy: author,
    comment: reason,
  };
}

/** Tells whether the matchers of a silence, read as labels, are as a filter wants them. */
export function isAskedFor(silence: GettableSilence, filter: readonly CompiledMatcher[]): boolean {
  const labels = Object.fromEntries(silence.matchers.map(({ name, value }) => [name, value]));
  return matchesLabels(filter, labels);
}
