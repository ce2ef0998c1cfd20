import { type FunctionComponent, h } from "preact";
import { useSignal } from "@preact/signals";

import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";

import { App, type Context, type Middleware, page } from "../src/mod.ts";
import { captureErrors } from "./support/capture_console.ts";
import { requester, serveRoutes } from "./support/fake_build.ts";

/** Props of layouts in these tests. */
interface WrapperProps {
  Component: FunctionComponent;
  data: unknown;
}

/** A layout that renders an element around its content. */
function wrap(tag: string): (props: WrapperProps) => unknown {
  return ({ Component }) => h(tag, null, h(Component, null));
}

/** A page that has a signal of its own. */
function Three() {
  return h("p", null, useSignal(3));
}

/** A page that renders an element. */
function show(text: string): () => unknown {
  return () => h("p", null, text);
}

/** Adds a name to a response header on the way back. */
function trace(name: string): Middleware<unknown> {
  return async (ctx) => {
    const response = await ctx.next();
    response.headers.set("trace", [name, response.headers.get("trace")].join(" ").trim());
    return response;
  };
}

/** Returns what is in the body of a page. */
async function bodyOf(response: Response): Promise<string> {
  return /<body>(.*)<\/body>/s.exec(await response.text())?.[1] ?? "";
}

Deno.test("file routes answer by their names", async () => {
  const ask = serveRoutes({
    "index.tsx": { default: show("home") },
    "about.tsx": { default: show("about") },
    "(group)/inside.tsx": { default: show("inside") },
    "files/[...path].ts": { handler: (ctx: Context<unknown>) => ctx.text(`[${ctx.params.path}]`) },
    "[name].tsx": { handler: (ctx: Context<unknown>) => ctx.text(`${ctx.params.name}`) },
  });
  assertEquals(await bodyOf(await ask("/")), "<p>home</p>");
  assertEquals((await ask("/index")).headers.get("content-type"), "text/plain;charset=UTF-8");
  assertEquals(await bodyOf(await ask("/about/")), "<p>about</p>");
  assertEquals(await bodyOf(await ask("/inside")), "<p>inside</p>");
  assertEquals(await (await ask("/files/a/b")).text(), "[a/b]");
  assertEquals(await (await ask("/files")).text(), "[]");
  assertEquals(await (await ask("/other")).text(), "other");
});

Deno.test("file routes answer the methods of their handler", async () => {
  const ask = serveRoutes({
    "index.ts": { handler: { POST: (ctx: Context<unknown>) => ctx.text("posted") } },
    "all.ts": { handler: (ctx: Context<unknown>) => ctx.text(ctx.req.method) },
    "page.tsx": { default: show("p"), handler: { PUT: () => new Response("put") } },
  });
  assertEquals(await (await ask("/", { method: "POST" })).text(), "posted");
  assertEquals((await ask("/")).status, 405);
  assertEquals(await (await ask("/all", { method: "DELETE" })).text(), "DELETE");
  assertEquals(await bodyOf(await ask("/page")), "<p>p</p>");
  assertEquals((await ask("/page", { method: "HEAD" })).status, 200);
  const wrong = await ask("/page", { method: "POST" });
  assertEquals([wrong.status, wrong.headers.get("allow")], [405, "GET, PUT"]);
  const options = await ask("/page", { method: "OPTIONS" });
  assertEquals([options.status, options.headers.get("allow")], [204, "GET, PUT"]);
});

Deno.test("file routes prefer handlers to handler", async () => {
  const ask = serveRoutes({
    "index.ts": { handler: () => new Response("one"), handlers: () => new Response("many") },
  });
  assertEquals(await (await ask("/")).text(), "many");
});

Deno.test("handlers give data, status and headers to their page", async (t) => {
  const headers: Record<string, HeadersInit> = {
    object: { "x-a": "1" },
    pairs: [["x-a", "1"]],
    Headers: new Headers({ "x-a": "1" }),
  };
  for (const [name, init] of Object.entries(headers)) {
    await t.step(name, async () => {
      const ask = serveRoutes({
        "index.tsx": {
          handler: { GET: () => page("d", { status: 201, headers: init }) },
          default: ({ data }: { data: string }) => h("p", null, data),
        },
      });
      const response = await ask("/");
      assertEquals([response.status, response.headers.get("x-a")], [201, "1"]);
      assertEquals(response.headers.get("content-type"), "text/html; charset=utf-8");
      assertEquals(await bodyOf(response), "<p>d</p>");
    });
  }
});

Deno.test("pages without handler get an empty object as data", async () => {
  const ask = serveRoutes({
    "index.tsx": { default: ({ data }: { data: unknown }) => h("p", null, JSON.stringify(data)) },
  });
  assertEquals(await bodyOf(await ask("/")), "<p>{}</p>");
});

Deno.test("pages may use hooks, or be async and answer themselves", async () => {
  const ask = serveRoutes({
    "hooks.tsx": { default: Three },
    "later.tsx": { default: async () => h("p", null, await Promise.resolve("later")) },
    "response.tsx": { default: async () => await Promise.resolve(new Response("own")) },
  });
  assertEquals(await bodyOf(await ask("/hooks")), "<p>3</p>");
  assertEquals(await bodyOf(await ask("/later")), "<p>later</p>");
  assertEquals(await (await ask("/response")).text(), "own");
});

Deno.test("layouts and the app wrapper nest around pages", async () => {
  const ask = serveRoutes({
    "_app.tsx": { default: wrap("app") },
    "_layout.tsx": { default: wrap("root") },
    "index.tsx": { default: show("home") },
    "a/b/_layout.tsx": { default: wrap("b") },
    "a/b/c.tsx": { default: show("c") },
    "(g)/_layout.tsx": { default: wrap("g") },
    "(g)/d.tsx": { default: show("d") },
  });
  assertEquals(await bodyOf(await ask("/")), "<app><root><p>home</p></root></app>");
  assertEquals(await bodyOf(await ask("/a/b/c")), "<app><root><b><p>c</p></b></root></app>");
  assertEquals(await bodyOf(await ask("/d")), "<app><root><g><p>d</p></g></root></app>");
});

Deno.test("layouts may be async, and answer themselves", async () => {
  const ask = serveRoutes({
    "_app.tsx": {
      default: async ({ Component }: WrapperProps) =>
        await Promise.resolve(h("app", null, h(Component, null))),
    },
    "_layout.tsx": {
      default: async ({ Component, data }: WrapperProps) =>
        await Promise.resolve(h("root", null, String(data), h(Component, null))),
    },
    "index.tsx": { default: show("home") },
    "closed/_layout.tsx": { default: async () => await Promise.resolve(new Response("closed")) },
    "closed/x.tsx": { default: show("x") },
  });
  assertEquals(await bodyOf(await ask("/")), "<app><root>null<p>home</p></root></app>");
  assertEquals(await (await ask("/closed/x")).text(), "closed");
});

Deno.test("config leaves wrappers out, for its own requests only", async () => {
  const ask = serveRoutes({
    "_app.tsx": { default: wrap("app") },
    "_layout.tsx": { default: wrap("root") },
    "plain.tsx": { default: show("p"), config: { skipInheritedLayouts: true } },
    "bare.tsx": {
      default: show("b"),
      config: { skipInheritedLayouts: true, skipAppWrapper: true },
    },
    "normal.tsx": { default: show("n") },
    "in/_layout.tsx": { default: wrap("in"), config: { skipInheritedLayouts: true } },
    "in/x.tsx": { default: show("x") },
  });
  const paths = ["/plain", "/bare", "/normal", "/in/x", "/normal"];
  const bodies = await Promise.all(paths.map(async (path) => await bodyOf(await ask(path))));
  assertEquals(bodies, [
    "<app><p>p</p></app>",
    "<p>b</p>",
    "<app><root><p>n</p></root></app>",
    "<app><in><p>x</p></in></app>",
    "<app><root><p>n</p></root></app>",
  ]);
});

Deno.test("Context.render() has the wrappers of its place, and the same flags", async () => {
  const ask = serveRoutes({
    "_app.tsx": { default: wrap("app") },
    "_layout.tsx": { default: wrap("root") },
    "a.ts": { handler: (ctx: Context<unknown>) => ctx.render(h("p", null)) },
    "b.ts": {
      handler: (ctx: Context<unknown>) => ctx.render(h("p", null), {}, { skipAppWrapper: true }),
    },
    "m/_middleware.ts": { default: (ctx: Context<unknown>) => ctx.render(h("i", null)) },
    "m/x.ts": { handler: () => new Response("never") },
  });
  assertEquals(await bodyOf(await ask("/a")), "<app><root><p></p></root></app>");
  assertEquals(await bodyOf(await ask("/b")), "<root><p></p></root>");
  assertEquals(await bodyOf(await ask("/m/x")), "<app><root><i></i></root></app>");
});

Deno.test("_middleware runs outer folders first, and not for sibling folders", async () => {
  const handler = () => new Response();
  const app = new App().use(trace("app")).fsRoutes();
  const ask = requester(app, {
    routes: {
      "_middleware.ts": { handler: trace("m0") },
      "index.ts": { handler },
      "a/_middleware.ts": { default: [trace("a1"), trace("a2")] },
      "a/b/_middleware.ts": { handlers: trace("b1") },
      "a/b/x.ts": { handler },
      "(g)/_middleware.ts": { default: trace("g") },
      "(g)/y.ts": { handler },
    },
  });
  assertEquals((await ask("/")).headers.get("trace"), "app m0");
  assertEquals((await ask("/a/b/x")).headers.get("trace"), "app m0 a1 a2 b1");
  assertEquals((await ask("/y")).headers.get("trace"), "app m0 g");
});

Deno.test("_middleware at the root runs for unmatched URLs", async () => {
  const seen: string[] = [];
  const ask = serveRoutes({
    "_middleware.ts": {
      default: (ctx: Context<unknown>) => {
        seen.push(ctx.url.pathname);
        return ctx.next();
      },
    },
  });
  assertEquals((await ask("/none")).status, 404);
  assertEquals(seen, ["/none"]);
});

Deno.test("App.use() covers the folder of its path", async () => {
  const app = new App().use("/a", trace("a")).fsRoutes();
  const ask = requester(app, { routes: { "a/x.ts": { handler: () => new Response() } } });
  assertEquals((await ask("/a/x")).headers.get("trace"), "a");
});

Deno.test("App.fsRoutes() puts routes below a path, and the base path", async () => {
  const routes = { "foo.ts": { handler: (ctx: Context<unknown>) => ctx.text(`${ctx.route}`) } };
  const ask = requester(new App({ basePath: "/b" }).fsRoutes("/mount"), { routes });
  assertEquals(await (await ask("/b/mount/foo")).text(), "/b/mount/foo");
  assertEquals((await ask("/foo")).status, 404);
});

Deno.test("routeOverride replaces the pattern, not the folder", async () => {
  const ask = serveRoutes({
    "a/_middleware.ts": { default: trace("a") },
    "a/x.ts": {
      config: { routeOverride: "/custom/:id(\\d+)" },
      handler: (ctx: Context<unknown>) => ctx.text(`${ctx.params.id}`),
    },
  });
  const response = await ask("/custom/7");
  assertEquals([await response.text(), response.headers.get("trace")], ["7", "a"]);
  assertEquals((await ask("/custom/x")).status, 404);
  assertEquals((await ask("/a/x")).status, 404);
});

Deno.test("route files with unusable exports are reported when they are loaded", async () => {
  using logged = captureErrors();
  const ask = serveRoutes({
    "empty.ts": { other: 1 },
    "old.ts": { handler: (_req: Request, _ctx: unknown) => new Response() },
    "styled.tsx": { default: show("x"), css: ["/a.css"] },
  });
  assertEquals((await ask("/empty")).status, 500);
  assertEquals((await ask("/old")).status, 500);
  assertEquals((await ask("/styled")).status, 500);
  const [empty, old, styled] = logged.calls.map(([, error]) => String(error));
  assertStringIncludes(`${empty}`, "Could not find relevant exports in: empty.ts");
  assertStringIncludes(`${old}`, '"old.ts": a handler takes one parameter');
  assertStringIncludes(`${styled}`, "css is not supported");
});

Deno.test("special files with unusable exports are reported at once", () => {
  assertThrows(() => serveRoutes({ "_app.tsx": {} }), Error, "_app.tsx");
  assertThrows(() => serveRoutes({ "_layout.tsx": { handler: 1 } }), Error, "_layout.tsx");
  assertThrows(() => serveRoutes({ "_middleware.ts": { default: { GET: 1 } } }), Error, "array");
  assertThrows(() => serveRoutes({ "_error.tsx": {} }), Error, "_error.tsx");
});

Deno.test("two route files cannot answer the same URLs", () => {
  assertThrows(
    () => serveRoutes({ "a.ts": { default: show("1") }, "(g)/a.ts": { default: show("2") } }),
    Error,
    '"a.ts" answers "/a" already',
  );
});
