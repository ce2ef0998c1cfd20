/**
 * Files of the routes folder: what their names mean, and in which order they are registered.
 *
 * @module
 */

/** A file of the routes folder. */
export interface RouteFile {
  /** Path below the folder with forward slashes, such as `"blog/[slug].tsx"`. */
  readonly path: string;
  /** The module, if it has been imported with the build. */
  readonly module?: RouteModule;
  /** Imports the module. */
  load(): Promise<RouteModule>;
}

/** The exports of a route's module. */
export type RouteModule = Readonly<Record<string, unknown>>;

/** What a file is for. */
export type RouteFileKind = "app" | "layout" | "middleware" | "error" | "page";

const KINDS: Readonly<Record<string, RouteFileKind>> = {
  _app: "app",
  _layout: "layout",
  _middleware: "middleware",
  _error: "error",
};

/**
 * Tells what a file is for.
 *
 * @throws {Error} If the name is reserved for something that this implementation does not have.
 */
export function kindOf(path: string): RouteFileKind {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]+$/, "");
  if (name === "_404" || name === "_500") {
    throw new Error(`Cannot use route file "${path}": write "_error" for error pages`);
  }
  return KINDS[name] ?? "page";
}

/** Tells whether a file has to be imported before the first request, going by its text. */
export function isEager(path: string, text: string): boolean {
  return kindOf(path) !== "page" || text.includes("routeOverride");
}

/**
 * Turns a file's path into the pattern that it answers.
 *
 * @throws {SyntaxError} If parameters stand side by side, or an optional one shares its segment.
 */
export function patternOf(path: string): string {
  const segments = withoutExtension(path).split("/");
  if (segments.at(-1) === "index") segments.pop();
  let pattern = "";
  for (const segment of segments) {
    if (isGroup(segment)) continue;
    const optional = /^\[\[(\w+)\]\]$/.exec(segment)?.[1];
    if (optional === undefined) pattern += `/${segmentPattern(segment, path)}`;
    else pattern += pattern === "" ? `/{:${optional}}?` : `{/:${optional}}?`;
  }
  return pattern || "/";
}

/** Turns a file's folder into names of the scope tree, where groups count as well. */
export function folderSegments(path: string): string[] {
  return path.split("/").slice(0, -1).map((segment) =>
    isGroup(segment) ? segment : segmentPattern(segment, path)
  );
}

/** Orders files as they are to be registered: what others depend on first, catch-alls last. */
export function compareRouteFiles(a: string, b: string): number {
  const left = withoutExtension(a).split("/");
  const right = withoutExtension(b).split("/");
  for (let level = 0; level < Math.min(left.length, right.length); level++) {
    const [x = "", y = ""] = [left[level], right[level]];
    if (x === y) continue;
    return rankOf(x) - rankOf(y) || (x < y ? -1 : 1);
  }
  // One is a file with the name of the other's folder: the folder comes first.
  return right.length - left.length;
}

function withoutExtension(path: string): string {
  return path.replace(/\.[^./]+$/, "");
}

function isGroup(segment: string): boolean {
  return segment.startsWith("(") && segment.endsWith(")");
}

function segmentPattern(segment: string, path: string): string {
  const rest = /^\[\.\.\.(\w+)\]$/.exec(segment)?.[1];
  if (rest !== undefined) return `:${rest}*`;
  const pattern = segment.replace(/\[(\w+)\]/g, ":$1");
  if (/[[\]]/.test(pattern) || segment.includes("][")) {
    throw new SyntaxError(`Cannot route "${path}": "${segment}" is not a pattern of parameters`);
  }
  return pattern;
}

const RANKED_NAMES = ["_app", "_middleware", "_layout", "_error", "index"];

function rankOf(segment: string): number {
  const rank = RANKED_NAMES.indexOf(segment);
  if (rank >= 0) return rank;
  if (isGroup(segment)) return 6;
  if (segment.startsWith("[...")) return 8;
  return segment.startsWith("[") ? 7 : 5;
}
