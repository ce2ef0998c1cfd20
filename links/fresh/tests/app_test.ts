import { assertEquals, assertStrictEquals } from "@std/assert";

import { App, HttpError, type Middleware } from "../src/mod.ts";
import { captureErrors } from "./support/capture_console.ts";

/** Requests a path from an app and returns status and text. */
async function ask<State>(app: App<State>, path: string, init?: RequestInit) {
  const response = await app.handler()(new Request(`http://localhost${path}`, init));
  return [response.status, await response.text()];
}

/** Adds a letter in front of the response's text. */
function prefix(letter: string): Middleware<unknown> {
  return async (ctx) => ctx.text(letter + await (await ctx.next()).text());
}

Deno.test("App() has defaults for its configuration", () => {
  assertEquals(new App().config, {
    root: ".",
    basePath: "",
    mode: "production",
    trustProxy: false,
  });
});

Deno.test("App.get() and its siblings answer their own method only", async (t) => {
  const app = new App()
    .get("/", (ctx) => ctx.text("get"))
    .post("/", (ctx) => ctx.text("post"))
    .patch("/", (ctx) => ctx.text("patch"))
    .put("/", (ctx) => ctx.text("put"))
    .delete("/", (ctx) => ctx.text("delete"));
  for (const method of ["GET", "POST", "PATCH", "PUT", "DELETE"]) {
    await t.step(method, async () => {
      assertEquals(await ask(app, "/", { method }), [200, method.toLowerCase()]);
    });
  }
});

Deno.test("App.get() runs several functions as one chain", async () => {
  const app = new App().get("/", prefix("a"), prefix("b"), (ctx) => ctx.text("c"));
  assertEquals(await ask(app, "/"), [200, "abc"]);
});

Deno.test("App.all() answers every method", async () => {
  const app = new App().all("/", (ctx) => ctx.text(ctx.req.method));
  assertEquals(await ask(app, "/", { method: "POST" }), [200, "POST"]);
  assertEquals(await ask(app, "/", { method: "OPTIONS" }), [200, "OPTIONS"]);
});

Deno.test('App.all("*") answers every path', async () => {
  const app = new App().all("*", (ctx) => ctx.text(ctx.url.pathname));
  assertEquals(await ask(app, "/any/where"), [200, "/any/where"]);
});

Deno.test("App.get() answers HEAD without a body", async () => {
  const app = new App().get("/", (ctx) => ctx.text("body", { headers: { "x-a": "1" } }));
  const response = await app.handler()(new Request("http://localhost/", { method: "HEAD" }));
  assertEquals([response.body, response.headers.get("x-a")], [null, "1"]);
});

Deno.test("App.head() is preferred over App.get() for HEAD", async () => {
  const app = new App()
    .get("/", (ctx) => ctx.text(""))
    .head("/", () => new Response(null, { status: 204 }));
  assertEquals(await ask(app, "/", { method: "HEAD" }), [204, ""]);
});

Deno.test("App.handler() refuses other methods and names those there are", async () => {
  const app = new App().get("/", (ctx) => ctx.text("")).post("/", (ctx) => ctx.text(""));
  const request = new Request("http://localhost/", { method: "DELETE" });
  const response = await app.handler()(request);
  assertEquals(response.status, 405);
  assertEquals(response.headers.get("allow"), "GET, POST");
  assertEquals(await response.text(), "Method Not Allowed");
});

Deno.test("App.handler() answers OPTIONS by the registered methods", async () => {
  const app = new App().get("/", (ctx) => ctx.text("")).post("/", (ctx) => ctx.text(""));
  const request = new Request("http://localhost/", { method: "OPTIONS" });
  const response = await app.handler()(request);
  assertEquals([response.status, response.headers.get("allow")], [204, "GET, POST"]);
});

Deno.test("App.use() runs outer middlewares first, and those before a route only", async () => {
  const app = new App()
    .use(prefix("1"), prefix("2"))
    .use("/p", prefix("3"))
    .get("/p/q", (ctx) => ctx.text("!"))
    .use(prefix("4"))
    .get("/", (ctx) => ctx.text("?"));
  assertEquals(await ask(app, "/p/q"), [200, "123!"]);
  assertEquals(await ask(app, "/"), [200, "124?"]);
});

Deno.test("App.use() with a path covers the path itself and what is below", async () => {
  const app = new App()
    .use("/p", prefix("m"))
    .get("/p", (ctx) => ctx.text("p"))
    .get("/p/:id", (ctx) => ctx.text("id"))
    .get("/pq", (ctx) => ctx.text("pq"));
  assertEquals(await ask(app, "/p"), [200, "mp"]);
  assertEquals(await ask(app, "/p/1"), [200, "mid"]);
  assertEquals(await ask(app, "/pq"), [200, "pq"]);
});

Deno.test("App.use() at the root runs for unmatched URLs, even if registered late", async () => {
  const seen: string[] = [];
  const note = (name: string): Middleware<unknown> => (ctx) => {
    seen.push(name);
    return ctx.next();
  };
  const app = new App().use("/p", note("p")).get("/p", (ctx) => ctx.text(""))
    .use(note("late"));
  assertEquals(await ask(app, "/p/none"), [404, "Not Found"]);
  assertEquals(await ask(app, "/p", { method: "POST" }), [405, "Method Not Allowed"]);
  assertEquals(seen, ["late", "late"]);
});

Deno.test("App.use() lets a middleware answer without going on", async () => {
  const app = new App().use((ctx) => ctx.text("closed")).get("/", (ctx) => ctx.text("open"));
  assertEquals(await ask(app, "/"), [200, "closed"]);
});

Deno.test("App.use() and App.get() resolve lazy functions once", async () => {
  let loads = 0;
  const lazy = () => {
    loads++;
    return Promise.resolve(prefix("L"));
  };
  const app = new App().use(lazy).get("/", () => Promise.resolve(() => new Response("x")));
  const handler = app.handler();
  for (let i = 0; i < 2; i++) {
    const response = await handler(new Request("http://localhost/"));
    assertEquals(await response.text(), "Lx");
  }
  assertEquals(loads, 1);
});

Deno.test("Context.next() of the last function gives 404", async () => {
  const app = new App().get("/", (ctx) => ctx.next());
  assertEquals(await ask(app, "/"), [404, "Not Found"]);
});

Deno.test("App.handler() answers 500 if a function returns no response", async () => {
  using logged = captureErrors();
  // @ts-expect-error a middleware has to return a response
  const app = new App().get("/", () => "text");
  assertEquals(await ask(app, "/"), [500, "Internal server error"]);
  assertEquals(logged.calls.length, 1);
});

Deno.test("App.handler() requires the base path", async () => {
  const app = new App({ basePath: "/b" })
    .use("/a", prefix("m"))
    .get("/", (ctx) => ctx.text("root"))
    .get("/a", (ctx) => ctx.text(String(ctx.route)));
  assertEquals(await ask(app, "/b"), [200, "root"]);
  assertEquals(await ask(app, "/b/a"), [200, "m/b/a"]);
  assertEquals(await ask(app, "/a"), [404, "Not Found"]);
});

Deno.test("App.handler() gives every request its own state", async () => {
  const app = new App<{ count?: number }>().use((ctx) => {
    ctx.state.count = (ctx.state.count ?? 0) + 1;
    return ctx.next();
  }).get("/", (ctx) => ctx.text(String(ctx.state.count)));
  assertEquals(await ask(app, "/"), [200, "1"]);
  assertEquals(await ask(app, "/"), [200, "1"]);
});

Deno.test("App.handler() collapses runs of slashes", async () => {
  assertEquals(await ask(new App().get("/s", (ctx) => ctx.text("s")), "//s"), [200, "s"]);
});

Deno.test("App.handler() believes forwarding headers only when told to", async () => {
  const headers = { "x-forwarded-proto": "https", "x-forwarded-host": "example.com" };
  const answer: Middleware<unknown> = (ctx) => ctx.text(ctx.url.origin);
  const trusting = new App({ trustProxy: true }).get("/", answer);
  assertEquals(await ask(trusting, "/", { headers }), [200, "https://example.com"]);
  assertEquals(await ask(new App().get("/", answer), "/", { headers }), [200, "http://localhost"]);
});

Deno.test("App.handler() answers 400 to malformed escapes, behind root middlewares", async () => {
  const app = new App().use(prefix("never")).onError("/", (ctx) => {
    const status = ctx.error instanceof HttpError ? ctx.error.status : 0;
    return ctx.text(`page ${status}`, { status });
  }).get("/:id", (ctx) => ctx.text(""));
  assertEquals(await ask(app, "/%E0%A4%A"), [400, "page 400"]);
});

Deno.test("App.handler() passes on where a request came from", async () => {
  const info: Deno.ServeHandlerInfo = {
    remoteAddr: { transport: "tcp", hostname: "10.0.0.7", port: 99 },
    completed: Promise.resolve(),
  };
  const app = new App().get("/", (ctx) => {
    assertStrictEquals(ctx.info, info);
    return ctx.text("");
  });
  assertEquals((await app.handler()(new Request("http://localhost/"), info)).status, 200);
});

Deno.test("App.fsRoutes() adds nothing without a build", async () => {
  const app = new App().fsRoutes().get("/", (ctx) => ctx.text("ok"));
  assertEquals(await ask(app, "/"), [200, "ok"]);
});

Deno.test("App.listen() serves until its signal aborts", async () => {
  const controller = new AbortController();
  const listening = Promise.withResolvers<number>();
  const served = new App().get("/", (ctx) => ctx.text("hi")).listen({
    hostname: "127.0.0.1",
    port: 0,
    signal: controller.signal,
    onListen: ({ port }) => listening.resolve(port),
  });
  const response = await fetch(`http://127.0.0.1:${await listening.promise}/`);
  assertEquals(await response.text(), "hi");
  controller.abort();
  await served;
});
