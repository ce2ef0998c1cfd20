/**
 * The way to the page where one signs in, and back from it: to a page of Vitals, never to another site.
 *
 * @module
 */

/** Where one signs in. */
export const LOGIN = "/login";

/** No address of Vitals is longer. */
const MAX_PATH = 2_000;

/** Stands for whatever host Vitals is reached at. */
const BASE = "http://vitals.invalid";

/**
 * Returns where one signs in to get to a path.
 *
 * @example
 * ```ts
 * import { loginPath } from "@/lib/protocol/return_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(loginPath("/alerts?view=history"), "/login?to=%2Falerts%3Fview%3Dhistory");
 * assertEquals(loginPath("/"), "/login");
 * ```
 */
export function loginPath(to: string): string {
  const path = parseReturnPath(to);
  return path === "/" ? LOGIN : `${LOGIN}?to=${encodeURIComponent(path)}`;
}

/**
 * Returns where to go after signing in: the path that was asked for, if it is one of this site; else the
 * dashboard.
 */
export function parseReturnPath(to: string | null): string {
  if (to === null || !to.startsWith("/") || to.length > MAX_PATH) return "/";
  const url = URL.parse(to, BASE);
  if (url === null || url.origin !== BASE) return "/";
  const path = url.pathname + url.search + url.hash;
  // What is left of dots and slashes may still begin as the address of another host does.
  if (/^\/[/\\]/.test(path) || /^\/log(?:in|out)(?:$|[/?#])/.test(path)) return "/";
  return path;
}
