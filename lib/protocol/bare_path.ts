/**
 * Paths without what means nothing in them.
 *
 * @module
 */

/**
 * Returns a path without slashes at its end: routes are served with them too. In one pass, since anybody may send a
 * path that is nothing but slashes.
 *
 * @example
 * ```ts
 * import { barePath } from "@/lib/protocol/bare_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(barePath("/api/samples//"), "/api/samples");
 * assertEquals(barePath("//"), "/");
 * ```
 */
export function barePath(pathname: string): string {
  let end = pathname.length;
  while (end > 1 && pathname[end - 1] === "/") end--;
  return pathname.slice(0, end);
}
