/**
 * Matchers: which alerts a silence, a maintenance window or a receiver is about.
 *
 * @module
 */

import { matchesGlob } from "./glob.ts";
import type { Severity } from "./rule.ts";

/** Conditions that an alert must all meet; one that is `null` says nothing. */
export interface Matcher {
  /** Name of the service, `*` standing for any run of characters. */
  readonly service: string | null;
  /** Name of the rule, `*` standing for any run of characters. */
  readonly rule: string | null;
  /** A tag that the service has. */
  readonly tag: string | null;
  /** How bad the alert is now. */
  readonly severity: Severity | null;
}

/** What a matcher looks at. */
export interface MatchedAlert {
  /** Name of the service. */
  readonly service: string;
  /** Name of the rule. */
  readonly rule: string;
  /** Tags of the service. */
  readonly tags: readonly string[];
  /** How bad the alert is now. */
  readonly severity: Severity;
}

/** The matcher of all alerts. */
export const MATCH_ALL: Matcher = { service: null, rule: null, tag: null, severity: null };

/**
 * Tells whether an alert meets all conditions of a matcher.
 *
 * @example
 * ```ts
 * import { MATCH_ALL, matchesAlert } from "@/lib/domain/matcher.ts";
 * import { assert, assertFalse } from "@std/assert";
 *
 * const alert = { service: "auth", rule: "HIGH_CPU", tags: ["identity"], severity: "warning" } as const;
 * assert(matchesAlert({ ...MATCH_ALL, tag: "identity" }, alert));
 * assertFalse(matchesAlert({ ...MATCH_ALL, service: "auth", severity: "critical" }, alert));
 * ```
 */
export function matchesAlert(matcher: Matcher, alert: MatchedAlert): boolean {
  const { service, rule, tag, severity } = matcher;
  return (service === null || matchesGlob(service, alert.service)) &&
    (rule === null || matchesGlob(rule, alert.rule)) &&
    (tag === null || alert.tags.includes(tag)) &&
    (severity === null || alert.severity === severity);
}
