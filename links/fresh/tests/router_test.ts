import { assertEquals } from "@std/assert";

import { isPattern, joinPath, toSegments } from "../src/routing/path.ts";
import { Router } from "../src/routing/router.ts";

/** Builds a router of GET routes whose target is their pattern. */
function routerOf(...patterns: string[]): Router<string> {
  const router = new Router<string>();
  for (const pattern of patterns) router.add(pattern, ["GET"], pattern);
  return router;
}

/** Returns the pattern that matches a path, and what it captured. */
function lookUp(router: Router<string>, path: string): unknown {
  const match = router.match("GET", path);
  return match.kind === "found" ? [match.target, match.params] : match.kind;
}

Deno.test("isPattern() tells patterns from plain paths", () => {
  for (const path of ["/a/:b", "/*", "/a{/b}?", "/(a|b)", "/a+"]) {
    assertEquals(isPattern(path), true);
  }
  for (const path of ["/", "/a", "/a-b_c.d", "/a%20b"]) {
    assertEquals(isPattern(path), false);
  }
});

Deno.test("joinPath() joins without doubling or losing slashes", () => {
  assertEquals(joinPath("", "/"), "/");
  assertEquals(joinPath("/b", "/"), "/b");
  assertEquals(joinPath("/b", "/a"), "/b/a");
  assertEquals(joinPath("/", "/a"), "/a");
  assertEquals(joinPath("/b", "*"), "/b/*");
  assertEquals(joinPath("/b", "{/:v}?"), "/b{/:v}?");
});

Deno.test("toSegments() cuts at slashes and drops optional groups", () => {
  assertEquals(toSegments("/a/:b"), ["a", ":b"]);
  assertEquals(toSegments("/a{/:v}?"), ["a"]);
  for (const root of ["/", "*", "/*"]) assertEquals(toSegments(root), []);
});

Deno.test("Router.match() prefers the exact path, then the other slash, then patterns", () => {
  const router = routerOf("/:any", "/a", "/b/", "/");
  assertEquals(lookUp(router, "/a"), ["/a", {}]);
  assertEquals(lookUp(router, "/a/"), ["/a", {}]);
  assertEquals(lookUp(router, "/b"), ["/b/", {}]);
  assertEquals(lookUp(router, "/c"), ["/:any", { any: "c" }]);
  assertEquals(lookUp(router, "/"), ["/", {}]);
});

Deno.test("Router.match() does not change the slash for patterns", () => {
  assertEquals(lookUp(routerOf("/b/:id"), "/b/1/"), "none");
});

Deno.test("Router.match() takes the first pattern that fits", () => {
  assertEquals(lookUp(routerOf("/:x", "/:y"), "/1"), ["/:x", { x: "1" }]);
});

Deno.test("Router.match() lets the first pattern decide even without the method", () => {
  const router = routerOf();
  router.add("/:x", ["POST"], "x");
  router.add("/:y", ["GET"], "y");
  assertEquals(router.match("GET", "/1"), { kind: "wrongMethod", allow: ["POST"], route: "/:x" });
});

Deno.test("Router.add() keeps the first registration of a method and merges others", () => {
  const router = routerOf("/a");
  router.add("/a", ["GET", "POST"], "second");
  assertEquals(lookUp(router, "/a"), ["/a", {}]);
  const match = router.match("POST", "/a");
  assertEquals(match.kind === "found" && match.target, "second");
});

Deno.test("Router.match() decodes parameters, but not what would change their structure", () => {
  const router = routerOf("/p/:id");
  assertEquals(lookUp(router, "/p/a%20b"), ["/p/:id", { id: "a b" }]);
  assertEquals(lookUp(router, "/p/a%2Fb"), ["/p/:id", { id: "a%2Fb" }]);
  assertEquals(lookUp(router, "/p/%E0%A4%A"), "malformed");
});

Deno.test("Router.match() gives empty strings for what took no part", () => {
  assertEquals(lookUp(routerOf("/opt{/:v}?"), "/opt"), ["/opt{/:v}?", { v: "" }]);
  assertEquals(lookUp(routerOf("/f/:path*"), "/f"), ["/f/:path*", { path: "" }]);
  assertEquals(lookUp(routerOf("/f/:path*"), "/f/a/b"), ["/f/:path*", { path: "a/b" }]);
  assertEquals(lookUp(routerOf("/w/*"), "/w/a/b"), ["/w/*", { "0": "a/b" }]);
});

Deno.test("Router.match() does not take a request for a pattern's text as plain", () => {
  assertEquals(lookUp(routerOf("/p/:id"), "/p/:id"), ["/p/:id", { id: ":id" }]);
  assertEquals(lookUp(routerOf("/x/:id(\\d+)"), "/x/:id(\\d+)"), "none");
});
