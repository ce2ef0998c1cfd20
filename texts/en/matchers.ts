/** Which alerts a silence or a maintenance window is about. @module */

/** Severity and rule; either may be missing. */
export function on(what: readonly string[], where: string): string {
  return what.length === 0 ? `Everything on ${where}` : `${what.join(" ")} on ${where}`;
}

export const allServices = "all services";

export function tagged(where: string, tag: string): string {
  return `${where} tagged ${tag}`;
}

export const severities = { warning: "warning", critical: "critical" } as const;
