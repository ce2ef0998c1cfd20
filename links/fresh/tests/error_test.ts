import { h } from "preact";

import { assertEquals, assertInstanceOf, assertStringIncludes } from "@std/assert";

import { App, type Context, HttpError } from "../src/mod.ts";
import { captureErrors } from "./support/capture_console.ts";
import { requester, serveRoutes } from "./support/fake_build.ts";

function fail(error: unknown): () => never {
  return () => {
    throw error;
  };
}

Deno.test("HttpError has status, name, message and cause", () => {
  const error = new HttpError(404, "gone", { cause: 1 });
  assertEquals([error.status, error.name, error.message, error.cause], [
    404,
    "HttpError",
    "gone",
    1,
  ]);
  assertEquals(new HttpError(500).message, "");
});

Deno.test("App.handler() answers an HttpError with its message or reason phrase", async () => {
  using logged = captureErrors();
  const ask = requester(
    new App()
      .get("/teapot", fail(new HttpError(418)))
      .get("/busy", fail(new HttpError(503, "Come back")))
      .get("/bug", fail(new Error("secret"))),
  );
  const teapot = await ask("/teapot");
  assertEquals([teapot.status, await teapot.text()], [418, "I'm a teapot"]);
  assertEquals(logged.calls.length, 0);
  const busy = await ask("/busy");
  assertEquals([busy.status, await busy.text()], [503, "Come back"]);
  const bug = await ask("/bug");
  assertEquals([bug.status, await bug.text()], [500, "Internal server error"]);
  assertEquals(logged.calls.length, 2);
});

Deno.test("Context.error is set for every middleware on the way of an error", async () => {
  const error = new Error("broken");
  const seen: unknown[] = [];
  const watch = async (ctx: Context<unknown>) => {
    try {
      return await ctx.next();
    } catch (thrown) {
      seen.push([thrown === error, ctx.error === error]);
      throw thrown;
    }
  };
  const app = new App().use(watch).use("/a", watch).get("/a", fail(error));
  const handler = app.onError("/", (ctx) => ctx.text("")).handler();
  using _logged = captureErrors();
  await handler(new Request("http://localhost/a"));
  assertEquals(seen, [[true, true], [true, true]]);
});

Deno.test("Context.next() lets a middleware turn an error into a response", async () => {
  const ask = requester(
    new App().use(async (ctx) => {
      try {
        return await ctx.next();
      } catch {
        return ctx.text("saved");
      }
    }).get("/", fail(new Error("x"))),
  );
  assertEquals(await (await ask("/")).text(), "saved");
});

Deno.test("App.onError() answers for routes added after it only", async () => {
  using _logged = captureErrors();
  const ask = requester(
    new App().get("/early", fail(new Error("x"))).onError("/", (ctx) => ctx.text("page"))
      .get("/late", fail(new Error("x"))),
  );
  assertEquals(await (await ask("/early")).text(), "Internal server error");
  assertEquals(await (await ask("/late")).text(), "page");
});

Deno.test("App.onError() renders its component with the status of the error", async () => {
  using logged = captureErrors();
  const component = ({ error }: { error: unknown }) => h("p", null, String(error));
  const ask = requester(
    new App().onError("/", { component })
      .get("/forbidden", fail(new HttpError(403, "no")))
      .get("/bug", fail(new TypeError("bad"))),
  );
  const forbidden = await ask("/forbidden");
  assertEquals(forbidden.status, 403);
  assertStringIncludes(await forbidden.text(), "<p>HttpError: no</p>");
  assertEquals(logged.calls.length, 0);
  const bug = await ask("/bug");
  assertEquals(bug.status, 500);
  assertStringIncludes(await bug.text(), "<p>TypeError: bad</p>");
  assertEquals(logged.calls.length, 1);
});

Deno.test("App.onError() of an inner path comes first and may hand the error on", async () => {
  const ask = requester(
    new App().onError("/", (ctx) => ctx.text(`outer ${ctx.error}`))
      .onError("/in", fail(new HttpError(409, "second")))
      .onError("/in/side", (ctx) => ctx.text("inside"))
      .get("/in/side", fail(new HttpError(400)))
      .get("/in/x", fail(new HttpError(400))),
  );
  assertEquals(await (await ask("/in/side")).text(), "inside");
  assertEquals(await (await ask("/in/x")).text(), "outer HttpError: second");
});

Deno.test("App.onError() at the root answers unmatched URLs, with Context.error set", async () => {
  const ask = requester(
    new App().onError("/", (ctx) => {
      assertInstanceOf(ctx.error, HttpError);
      return ctx.text(`${ctx.error.status} ${ctx.route}`, { status: ctx.error.status });
    }),
  );
  const response = await ask("/none");
  assertEquals([response.status, await response.text()], [404, "404 null"]);
});

Deno.test("App.notFound() answers all errors with status 404, even if added later", async () => {
  const ask = requester(
    new App().onError("/", (ctx) => ctx.text("error"))
      .get("/gone", fail(new HttpError(404)))
      .get("/bad", fail(new HttpError(400)))
      .notFound((ctx) => ctx.text("nothing", { status: 404 })),
  );
  assertEquals(await (await ask("/none")).text(), "nothing");
  assertEquals(await (await ask("/gone")).text(), "nothing");
  assertEquals(await (await ask("/bad")).text(), "error");
});

Deno.test("App.notFound() renders its component with status 404", async () => {
  const ask = requester(new App().notFound({ component: () => h("p", null, "lost") }));
  const response = await ask("/none");
  assertEquals(response.status, 404);
  assertStringIncludes(await response.text(), "<p>lost</p>");
});

Deno.test("_error answers for its folder with the layouts of that folder", async () => {
  using logged = captureErrors();
  const ask = serveRoutes({
    "_error.tsx": { default: () => h("p", null, "root error") },
    "_layout.tsx": { default: wrap("root") },
    "a/_error.tsx": { default: () => h("p", null, "a error") },
    "a/_layout.tsx": { default: wrap("a") },
    "a/b/_layout.tsx": { default: wrap("b") },
    "a/b/index.tsx": { default: fail(new Error("x")) },
    "c.tsx": { handler: fail(new HttpError(402)) },
  });
  const inner = await ask("/a/b");
  assertEquals(inner.status, 500);
  assertStringIncludes(await inner.text(), "<root><a><p>a error</p></a></root>");
  const outer = await ask("/c");
  assertEquals(outer.status, 402);
  assertStringIncludes(await outer.text(), "<root><p>root error</p></root>");
  const unmatched = await ask("/a/none");
  assertEquals(unmatched.status, 404);
  assertStringIncludes(await unmatched.text(), "<root><p>root error</p></root>");
  assertEquals(logged.calls.length, 1);
});

Deno.test("_error may choose status and data in a handler", async () => {
  const ask = serveRoutes({
    "_error.tsx": {
      handler: (ctx: Context<unknown>) => ({ data: String(ctx.error), status: 410 }),
      default: ({ data }: { data: string }) => h("p", null, data),
    },
    "index.tsx": { handler: { POST: fail(new HttpError(404, "old")) } },
  });
  const response = await ask("/", { method: "POST" });
  assertEquals(response.status, 410);
  assertStringIncludes(await response.text(), "<p>HttpError: old</p>");
});

Deno.test("_error that fails as well leaves the plain answer", async () => {
  using logged = captureErrors();
  const ask = serveRoutes({
    "_error.tsx": { default: fail(new Error("second")) },
    "index.tsx": { default: fail(new Error("first")) },
  });
  const response = await ask("/");
  assertEquals([response.status, await response.text()], [500, "Internal server error"]);
  assertEquals(logged.calls.map(([, error]) => String(error)), ["Error: first", "Error: second"]);
});

function wrap(tag: string): (props: { Component: () => unknown }) => unknown {
  return ({ Component }) => h(tag, null, h(Component as () => null, null));
}
