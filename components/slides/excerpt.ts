/**
 * The piece of the real source that the talk shows. A test compares it with the file.
 *
 * @module
 */

/** A piece of a source file. */
export interface Excerpt {
  /** Path of the file in the project. */
  readonly path: string;
  /** What stands there, word for word. */
  readonly code: string;
}

/** What makes a service DOWN. */
export const DOWN_EXCERPT: Excerpt = {
  path: "lib/domain/status.ts",
  code: `export function deriveStatus(facts: StatusFacts): Status {
  if (
    facts.firing.some((rule) => rule.kind === "missingHeartbeat" && rule.severity === "critical")
  ) {
    return "DOWN";
  }
  if (facts.firing.length > 0) return "DEGRADED";
  return facts.seen ? "HEALTHY" : "UNKNOWN";
}`,
};
