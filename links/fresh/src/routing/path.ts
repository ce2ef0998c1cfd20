/**
 * Paths as text: joining them, and telling patterns from plain ones.
 *
 * @module
 */

/** Tells whether a path is a `URLPattern` rather than plain text. */
export function isPattern(path: string): boolean {
  return /[*:{}+?()]/.test(path);
}

/** Puts a path below a prefix: `"/a"` and `"/b"` give `"/a/b"`, `"/a"` and `"/"` give `"/a"`. */
export function joinPath(prefix: string, path: string): string {
  const start = prefix.replace(/\/+$/, "");
  if (path === "/" || path === "") return start || "/";
  return path.startsWith("/") || path.startsWith("{") ? start + path : `${start}/${path}`;
}

/** Cuts a path into the names of its nodes in the scope tree; the root has none. */
export function toSegments(path: string): string[] {
  if (path === "*" || path === "/*") return [];
  return path.replace(/\{[^}]*\}\?/g, "").split("/").filter((segment) => segment !== "");
}
