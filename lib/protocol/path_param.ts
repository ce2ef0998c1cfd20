/**
 * Reads a part of a path.
 *
 * @module
 */

/**
 * Returns a parameter of a route with all its escapes undone: routers leave those of characters that mean
 * something in an address, such as the colons in the id of an alert. A malformed escape stays as it is.
 *
 * @example
 * ```ts
 * import { readParam } from "@/lib/protocol/path_param.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(readParam("HIGH_CPU%3Acheckout%3Aloyw3v28"), "HIGH_CPU:checkout:loyw3v28");
 * ```
 */
export function readParam(value: string | undefined): string {
  try {
    return decodeURIComponent(value ?? "");
  } catch {
    return value ?? "";
  }
}
