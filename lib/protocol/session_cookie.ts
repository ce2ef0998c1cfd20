/**
 * The cookie of a session. Over https its name has the prefix `__Host-`, which browsers let nobody set but this
 * very host over https (RFC 6265bis, section 4.1.3.2).
 *
 * @module
 */

/** How a cookie is set and read. */
export interface CookieOptions {
  /** Whether the request came over https. */
  readonly isSecure: boolean;
}

const NAME = "vitals_session";

/** Returns the text of the session in a `Cookie` header; `null` if there is none. */
export function readSessionCookie(
  cookies: string | null,
  { isSecure }: CookieOptions,
): string | null {
  const prefix = `${nameOf(isSecure)}=`;
  const pair = (cookies ?? "").split(";").map((part) => part.trim())
    .find((part) => part.startsWith(prefix));
  return pair?.slice(prefix.length) ?? null;
}

/** Returns the `Set-Cookie` header that begins a session. The cookie goes with the browser; the session may end sooner. */
export function beginSessionCookie(text: string, options: CookieOptions): string {
  return format(text, options);
}

/** Returns the `Set-Cookie` header that takes the cookie away. */
export function endSessionCookie(options: CookieOptions): string {
  return `${format("", options)}; Max-Age=0`;
}

function format(text: string, { isSecure }: CookieOptions): string {
  const secure = isSecure ? "; Secure" : "";
  return `${nameOf(isSecure)}=${text}; Path=/; HttpOnly; SameSite=Strict${secure}`;
}

function nameOf(isSecure: boolean): string {
  return isSecure ? `__Host-${NAME}` : NAME;
}
