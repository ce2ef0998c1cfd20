/**
 * URLs of static files that may be cached for ever. It runs on the server and in islands.
 *
 * @module
 */

/** Search parameter with the id of the build that a URL was made for. */
export const CACHE_KEY = "__frsh_c";

/** Whether the code runs in a browser. */
export const IS_BROWSER: boolean = typeof document !== "undefined";

/**
 * The build of the page being rendered, else the one attached last: {@linkcode asset} is told
 * nothing but a path.
 */
let serverBuildId: string | null = null;

/** Makes {@linkcode asset} use a build from now on; returns the one it used before. */
export function switchBuildId(id: string | null): string | null {
  const previous = serverBuildId;
  serverBuildId = id;
  return previous;
}

/**
 * Adds the build's id to the path of a static file, so that the response may be cached for ever.
 * Anything but a path from the root, such as a full URL, is returned unchanged.
 */
export function asset(path: string): string {
  const id = IS_BROWSER ? browserBuildId() : serverBuildId;
  return id === null ? path : withCacheKey(path, id);
}

/** Adds a build's id to a path as {@linkcode asset} does. */
export function withCacheKey(path: string, id: string): string {
  if (!path.startsWith("/") || path.startsWith("//")) return path;
  const url = new URL(path, "http://localhost");
  if (url.searchParams.has(CACHE_KEY)) return path;
  const [, beforeHash = path, hash = ""] = /^([^#]*)(.*)$/s.exec(path) ?? [];
  const separator = beforeHash.includes("?") ? "&" : "?";
  return `${beforeHash}${separator}${CACHE_KEY}=${id}${hash}`;
}

/** Scripts are served below /_fresh/js/<build id>/, so this one's own URL tells the id. */
function browserBuildId(): string | null {
  return /\/_fresh\/js\/([^/]+)\//.exec(import.meta.url)?.[1] ?? null;
}
