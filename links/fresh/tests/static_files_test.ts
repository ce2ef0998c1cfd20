import { assertEquals } from "@std/assert";

import { App, staticFiles } from "../src/mod.ts";
import { BUILD_ID, type FakeBuildOptions, requester } from "./support/fake_build.ts";

const FILES = {
  "/a.css": "a{}",
  "/b%20c.txt": "space",
  "/%C3%A4%2C%23.txt": "names",
  [`/_fresh/js/${BUILD_ID}/boot.js`]: "boot",
};
const FOR_EVER = "public, max-age=31536000, immutable";
const NEVER = "no-cache, no-store, max-age=0, must-revalidate";

/** Requests from an app that has the files above and a route behind them. */
function serve(options: FakeBuildOptions & { basePath?: string } = {}) {
  const app = new App({ basePath: options.basePath ?? "" }).use(staticFiles());
  return requester(app.get("/page", (ctx) => ctx.text("page")), { files: FILES, ...options });
}

Deno.test("staticFiles() sends a file with its type, length and tag", async () => {
  const response = await serve()("/a.css");
  assertEquals(Object.fromEntries(response.headers), {
    "cache-control": NEVER,
    "content-length": "3",
    "content-type": "text/css; charset=UTF-8",
    "etag": 'W/"h3"',
    "vary": "If-None-Match",
  });
  assertEquals(await response.text(), "a{}");
});

Deno.test("staticFiles() answers HEAD with the headers only", async () => {
  const response = await serve()("/a.css", { method: "HEAD" });
  assertEquals([response.body, response.headers.get("content-length")], [null, "3"]);
});

Deno.test("staticFiles() refuses other methods", async () => {
  const response = await serve()("/a.css", { method: "POST" });
  assertEquals([response.status, response.headers.get("allow")], [405, "GET, HEAD"]);
  await response.body?.cancel();
});

Deno.test("staticFiles() hands on what it does not know", async () => {
  const ask = serve();
  assertEquals(await (await ask("/page")).text(), "page");
  for (
    const path of ["/", "/none.css", "/%E0%A4%A", "/a.css/", "/..%2Fa.css"]
  ) {
    const response = await ask(path);
    assertEquals([path, response.status], [path, 404]);
    await response.body?.cancel();
  }
});

Deno.test("staticFiles() answers a missing favicon without a page", async () => {
  const response = await serve()("/favicon.ico");
  assertEquals([response.status, response.body], [404, null]);
});

Deno.test("staticFiles() finds names in any encoding", async () => {
  const ask = serve();
  assertEquals(await (await ask("/b%20c.txt")).text(), "space");
  assertEquals(await (await ask("/ä,%23.txt")).text(), "names");
});

Deno.test("staticFiles() answers 304 to a tag that it knows", async (t) => {
  const tags = { 'W/"h3"': 304, '"h3"': 304, 'W/"x", W/"h3"': 304, "h3": 304, 'W/"h4"': 200 };
  for (const [tag, status] of Object.entries(tags)) {
    await t.step(tag, async () => {
      const response = await serve()("/a.css", { headers: { "if-none-match": tag } });
      assertEquals(response.status, status);
      assertEquals(response.headers.get("etag"), 'W/"h3"');
      await response.body?.cancel();
    });
  }
});

Deno.test("staticFiles() lets URLs with the build's id be cached for ever", async () => {
  const ask = serve();
  for (
    const path of [`/a.css?__frsh_c=${BUILD_ID}`, `/_fresh/js/${BUILD_ID}/boot.js`]
  ) {
    const response = await ask(path);
    assertEquals(response.headers.get("cache-control"), FOR_EVER);
    await response.body?.cancel();
  }
});

Deno.test("staticFiles() redirects from URLs with the id of another build", async () => {
  const response = await serve({ basePath: "/b" })("/b/a.css?x=1&__frsh_c=old");
  assertEquals([response.status, response.headers.get("location")], [307, "/b/a.css?x=1"]);
});

Deno.test("staticFiles() is below the base path", async () => {
  const ask = serve({ basePath: "/b" });
  assertEquals(await (await ask("/b/a.css")).text(), "a{}");
  assertEquals((await ask("/a.css")).status, 404);
});

Deno.test("staticFiles() caches and tags nothing in development", async () => {
  const response = await serve({ mode: "development" })(`/a.css?__frsh_c=${BUILD_ID}`);
  assertEquals(response.headers.get("etag"), null);
  assertEquals(response.headers.get("cache-control"), NEVER);
  await response.body?.cancel();
});

Deno.test("staticFiles() hands everything on without a build", async () => {
  const response = await new App().use(staticFiles()).handler()(new Request("http://localhost/a"));
  assertEquals(response.status, 404);
});
