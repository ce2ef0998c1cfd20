/**
 * Turns conditions as the file has them into matchers of the domain.
 *
 * @module
 */

import type { Matcher } from "@/lib/domain/matcher.ts";

import type { MatchEntry } from "./entry_types.ts";

/** Returns the matcher that an entry stands for; without conditions it matches all alerts. */
export function resolveMatch({ service, rule, tag, severity }: MatchEntry): Matcher {
  return {
    service: service ?? null,
    rule: rule ?? null,
    tag: tag ?? null,
    severity: severity ?? null,
  };
}
