/**
 * Whether a visitor still wants to be shown the first steps. It is kept in a cookie, as the server renders them.
 *
 * @module
 */

/** How long it is remembered that they are done with, in seconds: a year. */
const MAX_AGE_S = 31_536_000;

/** Returns whether a `Cookie` header says that the first steps are done with. */
export function areFirstStepsDone(cookies: string | null): boolean {
  return /(?:^|;\s*)first-steps=done(?:;|$)/.test(cookies ?? "");
}

/** The `Set-Cookie` header that says so. */
export const FIRST_STEPS_DONE =
  `first-steps=done; Path=/; Max-Age=${MAX_AGE_S}; SameSite=Lax; HttpOnly`;
