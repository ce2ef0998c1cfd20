/** The statuses of services: on a badge, and inside a sentence. @module */

export const statusNames = {
  HEALTHY: "HEALTHY",
  DEGRADED: "DEGRADED",
  DOWN: "DOWN",
  UNKNOWN: "UNKNOWN",
} as const;

export const statusWords = {
  HEALTHY: "healthy",
  DEGRADED: "degraded",
  DOWN: "down",
  UNKNOWN: "unknown",
} as const;

export const throughout = "throughout";

/** Of the last few minutes: each status with how long it held. */
export function lately(span: string, parts: readonly string[]): string {
  return `Last ${span}: ${parts.join(", ")}`;
}
