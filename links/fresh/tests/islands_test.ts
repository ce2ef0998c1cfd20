import { h } from "preact";
import { signal, useSignal } from "@preact/signals";

import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";

import { App, type Context, type PageElement } from "../src/mod.ts";
import { captureErrors } from "./support/capture_console.ts";
import { BUILD_ID, type FakeBuildOptions, requester } from "./support/fake_build.ts";

function Counter({ start }: { start: number }) {
  const count = useSignal(start);
  return h("b", null, count);
}

function Outer() {
  return h("div", null, h(Counter, { start: 5 }));
}

function Label(props: { text?: unknown; children?: unknown }) {
  return h("i", null, String(props.text));
}

const ISLANDS = { Counter: { default: Counter, VERSION: 3 }, parts: { Outer, Label } };

/** Renders content with the islands above. */
async function render(
  content: () => PageElement,
  options: FakeBuildOptions & { basePath?: string } = {},
): Promise<{ response: Response; html: string }> {
  const { basePath = "" } = options;
  const routes = { "index.ts": { handler: (ctx: Context<unknown>) => ctx.render(content()) } };
  const app = new App({ basePath }).fsRoutes();
  const response = await requester(app, { islands: ISLANDS, routes, ...options })(`${basePath}/`);
  return { response, html: await response.text() };
}

/** Returns what the page tells the browser about its islands. */
function dataOf(html: string): unknown {
  const [, json] = /<script type="application\/json" id="__frsh">(.*?)<\/script>/.exec(html) ??
    [];
  return json === undefined ? undefined : JSON.parse(json);
}

Deno.test("islands are rendered between comments, without elements around them", async () => {
  const { html } = await render(() => h("p", null, h(Counter, { start: 1 }), "!"));
  assertStringIncludes(html, "<p><!--frsh:0--><b>1</b><!--/frsh:0-->!</p>");
});

Deno.test("several islands of several files share one list of components", async () => {
  const { html } = await render(() =>
    h("main", null, h(Counter, { start: 1 }), h(Label, { text: "a" }), h(Counter, { start: 2 }))
  );
  assertEquals(dataOf(html), {
    signals: [],
    islands: [[0, { start: 1 }], [1, { text: "a" }], [0, { start: 2 }]],
  });
  const js = `/_fresh/js/${BUILD_ID}`;
  assertStringIncludes(
    html,
    `import { boot } from "${js}/boot.js";import { default as i0 } from "${js}/Counter.js";` +
      `import { Label as i1 } from "${js}/parts.js";boot([i0, i1], "__frsh");`,
  );
});

Deno.test("only the outermost island is marked and sent", async () => {
  const { html } = await render(() => h(Outer, null));
  assertStringIncludes(html, "<!--frsh:0--><div><b>5</b></div><!--/frsh:0-->");
  assertEquals(dataOf(html), { signals: [], islands: [[0, {}]] });
  assertEquals(html.includes("Counter.js"), false);
});

Deno.test("a signal given to several islands is sent once", async () => {
  const text = signal("$5");
  const { html } = await render(() => h("p", null, h(Label, { text }), h(Label, { text })));
  assertEquals(dataOf(html), {
    signals: [[0, "$$5"]],
    islands: [[0, { text: "$0" }], [0, { text: "$0" }]],
  });
});

Deno.test("props cannot end the element that they are in", async () => {
  const text = '</script><!-- "<script>';
  const { html } = await render(() => h(Label, { text }));
  assertEquals(dataOf(html), { signals: [], islands: [[0, { text }]] });
});

Deno.test("a prop that cannot be sent is an error that names island and prop", async () => {
  using logged = captureErrors();
  const { response } = await render(() => h(Label, { text: { run() {} } }));
  assertEquals(response.status, 500);
  assertEquals(
    String(logged.calls[0]?.[1]),
    'TypeError: Cannot send prop "text.run" to island "Label": JSON has no function',
  );
});

Deno.test("islands refuse children", async () => {
  using logged = captureErrors();
  const { response } = await render(() => h(Label, null, h("b", null)));
  assertEquals(response.status, 500);
  assertStringIncludes(
    String(logged.calls[0]?.[1]),
    'Cannot send prop "children" to island "Label"',
  );
});

Deno.test("an island that throws is a logged error", async () => {
  using logged = captureErrors();
  const Broken = () => {
    throw new Error("broken island");
  };
  const { response } = await render(() => h(Broken, null), { islands: { Broken: { Broken } } });
  assertEquals(response.status, 500);
  assertStringIncludes(String(logged.calls[0]?.[1]), "broken island");
  const { html } = await render(() => h(Counter, { start: 1 }));
  assertStringIncludes(html, "<!--frsh:0-->");
});

Deno.test("functions may be passed between components of one island", async () => {
  const Inner = (props: { onClick: () => void }) => h("button", { onClick: props.onClick });
  const Island = () => h(Inner, { onClick() {} });
  const { html } = await render(() => h(Island, null), { islands: { Island: { Island, Inner } } });
  assertStringIncludes(html, "<!--frsh:0--><button></button><!--/frsh:0-->");
});

Deno.test("elements inside islands are left as the browser will render them", async () => {
  const Links = () => h("p", null, h("a", { href: "/" }), h("img", { src: "/a.png" }));
  const { html } = await render(() => h(Links, null), { islands: { Links: { Links } } });
  assertStringIncludes(html, '<p><a href="/"></a><img src="/a.png"/></p>');
});

Deno.test("the Link header names all scripts of the page once", async () => {
  const { response } = await render(() =>
    h("p", null, h(Counter, { start: 1 }), h(Outer, null), h(Label, null))
  );
  const paths = response.headers.get("link")?.split(", ").map((link) =>
    /^<\/_fresh\/js\/b1\/(.*)>; rel="modulepreload"; as="script"$/.exec(link)
      ?.[1]
  );
  assertEquals(paths, ["boot.js", "chunk.js", "Counter.js", "parts.js"]);
});

Deno.test("pages without islands have no script at all in production", async () => {
  const { response, html } = await render(() => h("p", null));
  assertEquals(html.includes("<script"), false);
  assertEquals(response.headers.get("link"), null);
});

Deno.test("pages always have the reload script in development", async () => {
  const { html } = await render(() => h("p", null), { mode: "development" });
  assertMatch(
    html,
    /<script type="module" nonce="\w+">import "\/_fresh\/js\/b1\/reload.js";</,
  );
});

Deno.test("script URLs are below the base path", async () => {
  const { response, html } = await render(() => h(Counter, { start: 1 }), { basePath: "/b" });
  assertStringIncludes(html, 'from "/b/_fresh/js/b1/Counter.js"');
  assertStringIncludes(response.headers.get("link") ?? "", "</b/_fresh/js/b1/boot.js>");
});

Deno.test("components are islands only for apps whose build has them", async () => {
  const { html } = await render(() => h(Counter, { start: 1 }), { islands: {} });
  assertStringIncludes(html, "<body><b>1</b></body>");
});
