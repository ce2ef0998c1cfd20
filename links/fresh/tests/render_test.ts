import { Fragment, type FunctionComponent, h } from "preact";

import { assertEquals, assertMatch, assertNotEquals, assertStringIncludes } from "@std/assert";

import { App, type Context, type PageElement } from "../src/mod.ts";
import { asset, Head, IS_BROWSER } from "../src/runtime.ts";
import { BUILD_ID, requester } from "./support/fake_build.ts";

/** Renders a vnode at a path, if asked with an app wrapper. */
async function render(
  content: PageElement,
  path = "/",
  app?: (props: { Component: FunctionComponent }) => unknown,
): Promise<string> {
  const routes = {
    "[[path]].ts": { handler: (ctx: Context<unknown>) => ctx.render(content) },
    ...(app && { "_app.tsx": { default: app } }),
  };
  const response = await requester(new App().fsRoutes(), { routes })(path);
  return (await response.text()).replace("<!DOCTYPE html>", "");
}

Deno.test("documents are completed by what they lack", async () => {
  const meta = '<meta charset="utf-8"/>';
  assertEquals(await render(h("p", null)), `<html><head>${meta}</head><body><p></p></body></html>`);
  assertEquals(
    await render(h("body", { class: "c" }, "x")),
    `<html><head>${meta}</head><body class="c">x</body></html>`,
  );
  assertEquals(
    await render(h("html", { lang: "en" }, h("body", null, "x"))),
    `<html lang="en"><head>${meta}</head><body>x</body></html>`,
  );
  assertEquals(
    await render(h("html", null, h("head", null), h("body", null))),
    "<html><head></head><body></body></html>",
  );
});

Deno.test("text is escaped, also where it looks like the marks of the renderer", async () => {
  assertStringIncludes(await render(h("p", null, "<!--x:0-->")), "<p>&lt;!--x:0--></p>");
});

Deno.test("Head moves elements into the document's head", async () => {
  const content = h(
    "main",
    null,
    h(Head, null, h("title", null, "Page"), h("meta", { name: "a", content: "1" })),
    "text",
  );
  assertEquals(
    await render(content),
    '<html><head><meta charset="utf-8"/><title>Page</title><meta name="a" content="1"/></head>' +
      "<body><main>text</main></body></html>",
  );
});

Deno.test("Head replaces elements of the wrapper in place, and appends others", async () => {
  const app = ({ Component }: { Component: FunctionComponent }) =>
    h(
      "html",
      null,
      h(
        "head",
        null,
        h("title", null, "App"),
        h("meta", { name: "description", content: "app" }),
        h("link", { rel: "icon", href: "/app.svg" }),
        h("link", { key: "style", rel: "stylesheet", href: "/app.css" }),
      ),
      h("body", null, h(Component, null)),
    );
  const content = h(
    Fragment,
    null,
    h(Head, null, h("title", null, "First")),
    h(
      Head,
      null,
      h("title", null, "Page"),
      h("meta", { name: "description", content: "page" }),
      h("meta", { name: "other", content: "x" }),
      h("link", { rel: "icon", href: "/page.svg" }),
      h("link", { key: "style", rel: "stylesheet", href: "/page.css" }),
      h("link", { key: "more", rel: "stylesheet", href: "/more.css" }),
    ),
  );
  assertEquals(
    await render(content, "/", app),
    '<html><head><title>Page</title><meta name="description" content="page"/>' +
      '<link rel="icon" href="/page.svg"/>' +
      '<link rel="stylesheet" href="/page.css" data-key="style"/>' +
      '<meta name="other" content="x"/>' +
      '<link rel="stylesheet" href="/more.css" data-key="more"/></head><body></body></html>',
  );
});

Deno.test("Head takes elements that components render, also after the head", async () => {
  const Title = () => h("title", null, "Late");
  const content = h(
    "html",
    null,
    h("head", null, h("title", null, "Early")),
    h("body", null, h(Head, null, h(Title, null))),
  );
  assertEquals(await render(content), "<html><head><title>Late</title></head><body></body></html>");
});

Deno.test("script and style get the page's nonce, unless they have one", async () => {
  const content = h(
    Fragment,
    null,
    h("script", { src: "/a.js" }),
    h("style", { nonce: "own" }, "a{}"),
    h(Head, null, h("style", null, "b{}")),
  );
  const html = await render(content);
  const [, nonce] = /<script src="\/a.js" nonce="(\w+)">/.exec(html) ?? [];
  assertMatch(`${nonce}`, /^\w{32}$/);
  assertStringIncludes(html, '<style nonce="own">a{}</style>');
  assertStringIncludes(html, `<style nonce="${nonce}">b{}</style>`);
  assertNotEquals(await render(content), html);
});

Deno.test("elements made once can be rendered on many pages", async () => {
  const shared = h("main", null, h("a", { href: "/x" }, "x"), h("img", { src: "/i.png" }));
  assertStringIncludes(await render(shared, "/x"), 'aria-current="page"');
  assertEquals((await render(shared, "/y")).includes("aria-current"), false);
});

Deno.test("img and source get the cache key of the build", async () => {
  const content = h(
    Fragment,
    null,
    h("img", { src: "/a.png", srcset: "/a.png 1x, /b.png 2x" }),
    h("source", { src: "https://example.com/a.mp4" }),
    h("img", { src: "/c.png", "data-fresh-disable-lock": true }),
  );
  const html = await render(content);
  const key = `__frsh_c=${BUILD_ID}`;
  assertStringIncludes(html, `src="/a.png?${key}" srcset="/a.png?${key} 1x, /b.png?${key} 2x"`);
  assertStringIncludes(html, 'src="https://example.com/a.mp4"');
  assertStringIncludes(html, 'src="/c.png" data-fresh-disable-lock');
});

Deno.test("links to the current page and to those above are marked", async (t) => {
  const current = 'data-current="true" aria-current="page"';
  const ancestor = 'data-ancestor="true" aria-current="true"';
  const rows: [href: string, mark: string][] = [
    ["/blog", current],
    ["/blog/", current],
    ["/blog?q=1", current],
    ["/blog?q=2", ancestor],
    ["/", ancestor],
    ["/blo", ""],
    ["/blog/post", ""],
    ["https://example.com/blog", ""],
    ["//example.com/blog", ""],
    ["#top", ""],
  ];
  for (const [href, mark] of rows) {
    await t.step(href, async () => {
      const html = await render(h("a", { href }, "x"), "/blog?q=1");
      assertStringIncludes(html, `<a href="${href}"${mark && ` ${mark}`}>x</a>`);
    });
  }
  const own = await render(h("a", { href: "/blog", "aria-current": "step" }), "/blog");
  assertStringIncludes(own, '<a href="/blog" aria-current="step"></a>');
});

Deno.test("asset() adds the id of the build that is being rendered", async () => {
  const Page = () => h("p", null, asset("/a.png?x=1#h"));
  const html = await render(h(Page, null));
  assertStringIncludes(html, `/a.png?x=1&amp;__frsh_c=${BUILD_ID}#h`);
});

Deno.test("asset() leaves everything but local paths alone", () => {
  requester(new App());
  for (
    const path of ["//cdn/a.png", "https://a/b", "a.png", `/a?__frsh_c=${BUILD_ID}`]
  ) {
    assertEquals(asset(path), path);
  }
  assertEquals(asset("/a.png"), `/a.png?__frsh_c=${BUILD_ID}`);
});

Deno.test("IS_BROWSER is false on the server", () => {
  assertEquals(IS_BROWSER, false);
});
