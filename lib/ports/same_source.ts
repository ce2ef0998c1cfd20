/**
 * Whether two configurations of a source are the same, secrets included.
 *
 * @module
 */

import { Secret } from "./secret.ts";
import type { SourceConfig } from "./source_config.ts";

/** Tells whether two configurations say the same. */
export function isSameSource(one: SourceConfig, other: SourceConfig): boolean {
  return isSame(one, other);
}

function isSame(one: unknown, other: unknown): boolean {
  if (one instanceof Secret) return other instanceof Secret && one.equals(other);
  if (typeof one !== "object" || one === null) return Object.is(one, other);
  if (typeof other !== "object" || other === null) return false;
  const [left, right] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  return left.size === right.size &&
    [...left].every(([key, value]) => right.has(key) && isSame(value, right.get(key)));
}
