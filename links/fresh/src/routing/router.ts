/**
 * Finds the handlers for a method and a path.
 *
 * @module
 */

import type { Method } from "../handlers.ts";
import { isPattern } from "./path.ts";

/** The outcome of a lookup. */
export type Match<T> =
  | {
    readonly kind: "found";
    readonly target: T;
    readonly route: string;
    readonly params: Params;
  }
  | {
    readonly kind: "wrongMethod";
    readonly allow: readonly Method[];
    readonly route: string;
  }
  | { readonly kind: "malformed" }
  | { readonly kind: "none" };

/** What a pattern captured. */
export type Params = Record<string, string>;

/** All methods of one pattern. */
interface Entry<T> {
  readonly route: string;
  readonly targets: Map<Method, T>;
}

/** Patterns with what stands behind them. */
export class Router<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #patterns: {
    readonly pattern: URLPattern;
    readonly entry: Entry<T>;
  }[] = [];

  /** Adds methods of a pattern; the first registration of each method stays. */
  add(route: string, methods: readonly Method[], target: T): void {
    let entry = this.#entries.get(route);
    if (entry === undefined) {
      entry = { route, targets: new Map() };
      this.#entries.set(route, entry);
      if (isPattern(route)) {
        this.#patterns.push({ pattern: new URLPattern({ pathname: route }), entry });
      }
    }
    for (const method of methods) {
      if (!entry.targets.has(method)) entry.targets.set(method, target);
    }
  }

  /**
   * Looks a path up: as plain text, then with its last slash added or removed, then by patterns
   * in the order in which they were added. The first pattern that matches decides.
   */
  match(method: string, path: string): Match<T> {
    const entry = this.#plainEntry(path);
    if (entry !== undefined) return select(entry, method, {});
    for (const { pattern, entry } of this.#patterns) {
      const groups = pattern.exec({ pathname: path })?.pathname.groups;
      if (groups === undefined) continue;
      const params = decodeParams(groups);
      return params === null ? { kind: "malformed" } : select(entry, method, params);
    }
    return { kind: "none" };
  }

  #plainEntry(path: string): Entry<T> | undefined {
    const entry = this.#entries.get(path);
    if (entry !== undefined && !isPattern(path)) return entry;
    if (path === "/") return undefined;
    const other = path.endsWith("/") ? path.slice(0, -1) : `${path}/`;
    return isPattern(other) ? undefined : this.#entries.get(other);
  }
}

function select<T>(entry: Entry<T>, method: string, params: Params): Match<T> {
  const { route, targets } = entry;
  // Methods are case-sensitive, and a Map takes any string as key.
  const byMethod: ReadonlyMap<string, T> = targets;
  const target = byMethod.get(method) ??
    (method === "HEAD" ? byMethod.get("GET") : undefined);
  if (target !== undefined) return { kind: "found", target, route, params };
  return { kind: "wrongMethod", allow: [...targets.keys()], route };
}

/** Returns `null` if a percent escape is malformed. */
function decodeParams(groups: Record<string, string | undefined>): Params | null {
  const params: Params = {};
  try {
    for (const [name, value] of Object.entries(groups)) {
      params[name] = decodeURI(value ?? "");
    }
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
  return params;
}
