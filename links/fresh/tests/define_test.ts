import { assertEquals, assertStrictEquals } from "@std/assert";

import { createDefine, type HandlerFn, page, type PageProps, type RouteData } from "../src/mod.ts";

interface State {
  user: string;
}

const define = createDefine<State>();

Deno.test("createDefine() returns functions that return their argument", () => {
  const handlers = { GET: () => new Response() };
  assertStrictEquals(define.handlers(handlers), handlers);
  const component = () => null;
  assertStrictEquals(define.page(component), component);
  assertStrictEquals(define.layout(component), component);
  const middleware = define.middleware((ctx) => ctx.next());
  assertEquals(typeof middleware, "function");
});

Deno.test("page() makes plain objects", () => {
  assertEquals(page({ a: 1 }), { data: { a: 1 } });
  assertEquals(page(1, { status: 404, headers: { a: "b" } }), {
    data: 1,
    status: 404,
    headers: { a: "b" },
  });
  assertEquals(page(), { data: undefined });
});

Deno.test("define.page() takes its data's type from the handler", () => {
  const handler = define.handlers({
    GET(ctx) {
      if (ctx.state.user === "") return ctx.redirect("/");
      return page({ count: 1, name: ctx.state.user });
    },
    async POST(ctx) {
      await ctx.req.body?.cancel();
      return ctx.text("");
    },
  });
  define.page<typeof handler>(({ data, state }) => {
    const count: number = data.count;
    const user: string = state.user;
    // @ts-expect-error the handler gives no such field
    data.missing;
    // @ts-expect-error a number is no string
    const name: string = data.count;
    return `${count}${user}${name}`;
  });
  // @ts-expect-error the state has no such field
  define.page<typeof handler>((props) => props.state.missing);
});

Deno.test("define.page() takes functions as handlers, sync and async", () => {
  const handler = define.handlers((ctx) => ({ data: { path: ctx.url.pathname } }));
  define.page<typeof handler>(({ data }) => {
    const path: string = data.path;
    // @ts-expect-error the handler gives no such field
    data.missing;
    return path;
  });
  const later = define.handlers(async () => await Promise.resolve(page({ n: 1 })));
  define.page<typeof later>(async ({ data }) => {
    const n: number = data.n;
    return await Promise.resolve(n > 0 ? new Response() : null);
  });
});

Deno.test("define.handlers() checks methods and results", () => {
  // @ts-expect-error a handler returns a response or data for the page
  define.handlers({ GET: () => "text" });
  define.handlers({
    // @ts-expect-error the state has no such field
    GET: (ctx) => new Response(ctx.state.missing),
  });
});

Deno.test("RouteData and PageProps name the types that handlers and pages share", () => {
  const handler: HandlerFn<{ a: number }, State> = () => page({ a: 1 });
  const data: RouteData<typeof handler> = { a: 1 };
  const read = (props: PageProps<{ a: number }, State>) => props.data.a + props.state.user.length;
  assertEquals([data.a, typeof read], [1, "function"]);
});
