/**
 * What an act was done to, as the audit log names it.
 *
 * @module
 */

import { readParam } from "./path_param.ts";

/**
 * Returns what the path names, such as the id of an alert; else what was made, by the last part of `Location`;
 * else nothing.
 *
 * @example
 * ```ts
 * import { subjectOf } from "@/lib/protocol/act_subject.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(subjectOf({ name: "ops" }, null), "ops");
 * assertEquals(subjectOf({}, "/api/silences/s%201"), "s 1");
 * ```
 */
export function subjectOf(
  params: Readonly<Record<string, string>>,
  location: string | null,
): string {
  const named = Object.values(params).filter((value) => value !== "");
  if (named.length > 0) return named.map(readParam).join(" ");
  return readParam(location?.split("/").at(-1));
}
