/**
 * Tells the origin of web pages from what only looks like one, and what was probably meant.
 *
 * @module
 */

/**
 * The shape of an origin, for editors: scheme, host and perhaps a port, in lower case. What it cannot say
 * (no default port, a port that exists) is left to {@linkcode isOrigin}.
 */
export const ORIGIN_PATTERN: RegExp =
  /^https?:\/\/(?:[a-z0-9_-][a-z0-9._-]*|\[[0-9a-f:.]+\])(?::[1-9]\d{0,4})?$/;

const EXAMPLE = "https://vitals.example.com";

/** Tells whether a text is an `http:` or `https:` origin exactly as browsers write it in `Origin`. */
export function isOrigin(text: string): boolean {
  return ORIGIN_PATTERN.test(text) && URL.parse(text)?.origin === text;
}

/** Returns what would be right instead of a value that is no origin, to complete "the value …". */
export function explainOrigin(value: unknown): string {
  const meant = typeof value === "string" ? URL.parse(value)?.origin : undefined;
  return meant !== undefined && isOrigin(meant)
    ? `must be the bare origin "${meant}"`
    : `must be an origin such as "${EXAMPLE}"`;
}
