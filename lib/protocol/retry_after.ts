/**
 * Reads when an HTTP answer asks to be asked again.
 *
 * @module
 */

/**
 * Returns the pause that `Retry-After` asks for, in milliseconds; 0 if it does not say. A date is taken
 * relative to the answer's own `Date`, so that this machine's clock need not be right.
 */
export function parseRetryAfter(headers: Pick<Headers, "get">): number {
  const value = headers.get("retry-after") ?? "";
  const pauseMs = /^\d+$/.test(value)
    ? Number(value) * 1_000
    : Date.parse(value) - Date.parse(headers.get("date") ?? "");
  return pauseMs > 0 ? pauseMs : 0;
}
