/**
 * The one place that writes to the console.
 *
 * @module
 */

/** Reports an error that no response tells about. */
export function logError(message: string, error: unknown): void {
  // deno-lint-ignore no-console -- a framework has no other place to report to
  console.error(`${message}:`, error);
}

/** Tells the person at the terminal how far things are. */
export function logNotice(message: string): void {
  // deno-lint-ignore no-console -- the same
  console.log(message);
}
