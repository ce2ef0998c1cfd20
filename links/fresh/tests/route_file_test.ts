import { assertEquals, assertThrows } from "@std/assert";

import {
  compareRouteFiles,
  folderSegments,
  isEager,
  kindOf,
  patternOf,
} from "../src/routing/route_file.ts";

Deno.test("patternOf() turns file names into patterns", async (t) => {
  const rows: [path: string, pattern: string][] = [
    ["index.tsx", "/"],
    ["about.tsx", "/about"],
    ["blog/index.ts", "/blog"],
    ["blog/[slug].tsx", "/blog/:slug"],
    ["a/[id]-x.tsx", "/a/:id-x"],
    ["[id]@[ver].tsx", "/:id@:ver"],
    ["files/[...path].ts", "/files/:path*"],
    ["opt/[[v]]/index.tsx", "/opt{/:v}?"],
    ["[[n]].tsx", "/{:n}?"],
    ["(group)/x.tsx", "/x"],
    ["(group)/index.tsx", "/"],
    ["a/(g)/[b]/c.jsx", "/a/:b/c"],
    ["robots.txt.ts", "/robots.txt"],
  ];
  for (const [path, pattern] of rows) {
    await t.step(path, () => assertEquals(patternOf(path), pattern));
  }
});

Deno.test("patternOf() refuses parameters that it cannot tell apart", () => {
  assertThrows(() => patternOf("[a][b].tsx"), SyntaxError, '"[a][b]"');
  assertThrows(() => patternOf("x[[a]].tsx"), SyntaxError, '"x[[a]]"');
});

Deno.test("folderSegments() keeps groups and names parameters as patterns do", () => {
  assertEquals(folderSegments("a/(g)/[id]/x.tsx"), ["a", "(g)", ":id"]);
  assertEquals(folderSegments("x.tsx"), []);
});

Deno.test("kindOf() knows the special files and refuses those it does not have", () => {
  const names = ["_app", "_layout", "_middleware", "_error", "index", "_other"];
  assertEquals(names.map((name) => kindOf(`a/${name}.tsx`)), [
    "app",
    "layout",
    "middleware",
    "error",
    "page",
    "page",
  ]);
  assertThrows(() => kindOf("_404.tsx"), Error, 'write "_error"');
});

Deno.test("isEager() is true for special files and those with their own pattern", () => {
  assertEquals(isEager("_layout.tsx", ""), true);
  assertEquals(isEager("a.tsx", 'export const config = { routeOverride: "/b" };'), true);
  assertEquals(isEager("a.tsx", ""), false);
});

Deno.test("compareRouteFiles() orders files by what depends on what", async (t) => {
  const lists: Record<string, string[]> = {
    "special files first": [
      "_app.tsx",
      "_middleware.ts",
      "_layout.tsx",
      "_error.tsx",
      "index.tsx",
      "about.tsx",
      "(g)/z.tsx",
      "[id].tsx",
      "[...rest].tsx",
    ],
    "folders before the file of their name": [
      "foo/_layout.tsx",
      "foo/bar/index.tsx",
      "foo/bar.tsx",
      "foo.tsx",
    ],
    "parameters in folders": ["a/b/c.tsx", "a/[x]/c.tsx", "a/[...y].tsx", "[z]/c.tsx"],
  };
  for (const [name, expected] of Object.entries(lists)) {
    await t.step(name, () => {
      assertEquals(expected.toReversed().sort(compareRouteFiles), expected);
    });
  }
});
