import { h } from "preact";

import { assertEquals, assertStringIncludes } from "@std/assert";

import { App, type Context } from "../src/mod.ts";
import { captureErrors } from "./support/capture_console.ts";

/** Answers one request with a function. */
function answer(
  run: (ctx: Context<unknown>) => Response | Promise<Response>,
  path = "/a",
): Promise<Response> {
  return new App().get("/a/:id*", run).handler()(new Request(`http://localhost${path}`));
}

Deno.test("Context.redirect() keeps local paths local", async (t) => {
  const rows: [target: string, location: string][] = [
    ["/", "/"],
    ["/a", "/a"],
    ["//evil.com/", "/evil.com/"],
    ["/\\evil.com/", "/evil.com/"],
    ["/a//b?x=//y", "/a/b?x=//y"],
    ["/a//b#//c", "/a/b#//c"],
    ["https://example.com//x", "https://example.com//x"],
    ["?page=2", "?page=2"],
  ];
  for (const [target, location] of rows) {
    await t.step(target, async () => {
      const response = await answer((ctx) => ctx.redirect(target));
      assertEquals([response.status, response.headers.get("location")], [302, location]);
      assertEquals(await response.text(), "");
    });
  }
});

Deno.test("Context.redirect() takes another status", async () => {
  assertEquals((await answer((ctx) => ctx.redirect("/", 307))).status, 307);
});

Deno.test("Context.text(), html() and json() set their content type", async () => {
  const text = await answer((ctx) => ctx.text("t", { status: 201 }));
  assertEquals([text.status, text.headers.get("content-type")], [201, "text/plain;charset=UTF-8"]);
  assertEquals(await text.text(), "t");
  const html = await answer((ctx) => ctx.html("<p>", { headers: { "x-a": "1" } }));
  assertEquals(html.headers.get("content-type"), "text/html; charset=utf-8");
  assertEquals([html.headers.get("x-a"), await html.text()], ["1", "<p>"]);
  const json = await answer((ctx) => ctx.json({ a: 1 }));
  assertEquals(json.headers.get("content-type"), "application/json");
  assertEquals(await json.json(), { a: 1 });
});

Deno.test("Context.stream() sends strings and bytes from any kind of source", async (t) => {
  async function* later() {
    yield await Promise.resolve("a");
    yield "b";
  }
  const sources = {
    iterable: ["a", "b"],
    bytes: [new Uint8Array([97]), new Uint8Array([98])],
    "async iterable": later(),
    function: later,
  };
  for (const [name, source] of Object.entries(sources)) {
    await t.step(name, async () => {
      const response = await answer((ctx) => ctx.stream<string | Uint8Array>(source));
      assertEquals(response.headers.get("content-type"), null);
      assertEquals(await response.text(), "ab");
    });
  }
});

Deno.test("Context.render() completes the document", async () => {
  const response = await answer((ctx) => ctx.render(h("p", null, "x"), { status: 201 }));
  assertEquals([response.status, response.headers.get("content-type")], [
    201,
    "text/html; charset=utf-8",
  ]);
  assertEquals(
    await response.text(),
    '<!DOCTYPE html><html><head><meta charset="utf-8"/></head><body><p>x</p></body></html>',
  );
});

Deno.test("Context.render() refuses what is neither an element nor null", async () => {
  using logged = captureErrors();
  // @ts-expect-error a string is no element
  assertEquals((await answer((ctx) => ctx.render("text"))).status, 500);
  // @ts-expect-error an argument is needed
  assertEquals((await answer((ctx) => ctx.render())).status, 500);
  assertStringIncludes(String(logged.calls[0]?.[1]), "Cannot render");
  assertEquals((await answer((ctx) => ctx.render(null))).status, 200);
});

Deno.test("Context.route and params tell what matched", async () => {
  const response = await answer((ctx) => ctx.json([ctx.route, ctx.params, ctx.isPartial]), "/a/b");
  assertEquals(await response.json(), ["/a/:id*", { id: "b" }, false]);
});
