/**
 * Places inside a value of objects and lists, such as a configuration or a request's body.
 *
 * @module
 */

/** Keys and indices from the whole value to a place inside it. */
export type ValuePath = readonly (string | number)[];

/** Longer keys are cut, so that a path stays a line. */
const MAX_KEY = 64;

/**
 * Returns a path as it is written in messages.
 *
 * @example
 * ```ts
 * import { formatPath } from "@/lib/domain/value_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatPath(["rules", 2, "metric"]), "rules[2].metric");
 * assertEquals(formatPath([2, "two words"]), '[2]["two words"]');
 * ```
 */
export function formatPath(path: ValuePath): string {
  return path.map((key, index) => {
    if (typeof key === "number") return `[${key}]`;
    if (key.length > MAX_KEY) return `[${JSON.stringify(`${key.slice(0, MAX_KEY)}…`)}]`;
    if (!/^[\w$-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
    return index === 0 ? key : `.${key}`;
  }).join("");
}

/** Returns what is at a place; `undefined` if there is no such place. Only own properties count. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, key) => isObject(inside) && Object.hasOwn(inside, key) ? inside[key] : undefined,
    value,
  );
}

function isObject(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" && value !== null;
}
