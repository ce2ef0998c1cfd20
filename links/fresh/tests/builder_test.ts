import { join } from "node:path";

import {
  assert,
  assertEquals,
  assertExists,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";

import { Builder, type BuildOptions } from "../src/dev/mod.ts";
import { App, staticFiles } from "../src/mod.ts";
import { captureNotices } from "./support/capture_console.ts";
import { createProject, type Project } from "./support/project.ts";

const ISLAND = `
import { h } from "preact";
import { useSignal } from "@preact/signals";
export default function Counter() { return h("b", null, useSignal("from an island")); }
`;
const PAGE = `
import { h } from "preact";
import Counter from "../islands/Counter.ts";
export default () => h(Counter, null);
`;

/** Builds in memory and returns a function that requests a path. */
async function serve(project: Project, mode: "development" | "production", options?: BuildOptions) {
  const builder = new Builder({ root: project.root, ...options });
  const apply = await builder.build({ mode, snapshot: "memory" });
  const app = new App().use(staticFiles()).fsRoutes();
  apply(app);
  const handler = app.handler();
  const ask = (path: string) => handler(new Request(`http://localhost${path}`));
  return { app, builder, ask };
}

/** Returns the text of all scripts that a page asks to load. */
async function scriptsOf(page: Response, ask: (path: string) => Promise<Response>) {
  const scripts = new Map<string, string>();
  for (
    const [, path = ""] of page.headers.get("link")?.matchAll(/<([^>]+)>/g) ??
      []
  ) {
    scripts.set(path.slice(path.lastIndexOf("/") + 1), await (await ask(path)).text());
  }
  return scripts;
}

/** Lists the files below a folder, sorted. */
async function list(folder: string, prefix = ""): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) {
      names.push(...await list(join(folder, name), `${prefix}${name}/`));
    } else names.push(prefix + name);
  }
  return names.sort();
}

Deno.test("Builder has absolute paths for everything", () => {
  const { config } = new Builder({ root: "/p", staticDir: ["a", "file:///b"], outDir: "out" });
  const { root, outDir, staticDir, routeDir, islandDir, serverEntry } = config;
  assertEquals({ root, outDir, staticDir, routeDir, islandDir, serverEntry }, {
    root: "/p",
    outDir: "/p/out",
    staticDir: ["/p/a", "/b"],
    routeDir: "/p/routes",
    islandDir: "/p/islands",
    serverEntry: "/p/main.ts",
  });
});

Deno.test("Builder.build() in memory gives an app its routes, islands and files", async () => {
  await using project = await createProject({
    "islands/Counter.ts": ISLAND,
    "routes/index.ts": PAGE,
    "static/a.css": "a{}",
  });
  const { app, builder, ask } = await serve(project, "production");
  assertEquals([app.config.root, app.config.mode], [project.root, "production"]);
  assertMatch(builder.config.buildId, /^[0-9a-f]{40}$/);
  const page = await ask("/");
  const scripts = await scriptsOf(page, ask);
  assertStringIncludes(await page.text(), "<b>from an island</b>");
  const names = [...scripts.keys()];
  assertEquals([names.length, names[0], names[2]], [3, "boot.js", "Counter.js"]);
  assertStringIncludes(`${scripts.get("Counter.js")}`, "from an island");
  assertMatch(`${scripts.get("Counter.js")}`, /from"\.\/chunk-\w+\.js"/);
  const css = await ask(`/a.css?__frsh_c=${builder.config.buildId}`);
  assertMatch(css.headers.get("cache-control") ?? "", /immutable/);
  assertEquals(await css.text(), "a{}");
});

Deno.test("Builder.build() sends preact once for any number of islands", async () => {
  await using project = await createProject({
    "islands/Counter.ts": ISLAND,
    "islands/Other.ts": ISLAND,
    "routes/index.ts": `
      import { h } from "preact";
      import A from "../islands/Counter.ts";
      import B from "../islands/Other.ts";
      export default () => h("p", null, h(A, null), h(B, null));
    `,
  });
  const { ask } = await serve(project, "production");
  const scripts = await scriptsOf(await ask("/"), ask);
  const withPreact = [...scripts.values()].filter((code) => code.includes("createTextNode"));
  assertEquals([scripts.size, withPreact.length], [4, 1]);
});

Deno.test("Builder.build() has the same id for the same content only", async () => {
  const files = { "islands/A.ts": ISLAND, "static/a.css": "a{}" };
  await using first = await createProject(files);
  await using second = await createProject(files);
  const idOf = async (project: Project) => {
    return (await serve(project, "production")).builder.config.buildId;
  };
  const id = await idOf(first);
  assertEquals(await idOf(second), id);
  await first.write({ "static/a.css": "b{}" });
  const withOtherCss = await idOf(first);
  assertNotEquals(withOtherCss, id);
  await second.write({ "islands/A.ts": ISLAND.replace("an island", "another") });
  assert(![id, withOtherCss].includes(await idOf(second)));
});

Deno.test("Builder.build() tells island files of one name apart", async () => {
  const island = (tag: string) => `
    import { h } from "preact";
    export default () => h("${tag}", null);
    export function Map() { return h("map-${tag}", null); }
  `;
  await using project = await createProject({
    "islands/Same.ts": island("one"),
    "islands/sub/Same.ts": island("two"),
    "routes/(_islands)/Same.ts": island("three"),
    "routes/index.ts": `
      import { h } from "preact";
      import A from "../islands/Same.ts";
      import B from "../islands/sub/Same.ts";
      import C, { Map as M } from "./(_islands)/Same.ts";
      export default () => h("p", null, h(A, null), h(B, null), h(C, null), h(M, null));
    `,
  });
  const { ask } = await serve(project, "production");
  const page = await ask("/");
  const scripts = await scriptsOf(page, ask);
  const html = await page.text();
  const imports = html.matchAll(
    /import { (\w+) as \w+ } from "[^"]*\/(\w+\.js)"/g,
  );
  const found = [...imports].map(([, name, file = ""]) => [
    name,
    /h?\("(?:map-)?(one|two|three)"/.exec(scripts.get(file) ?? "")?.[1],
  ]);
  assertEquals(found, [
    ["default", "one"],
    ["default", "two"],
    ["default", "three"],
    ["Map", "three"],
  ]);
});

Deno.test("Builder.build() leaves out tests and private folders", async () => {
  const route = "export const handler = () => new Response('x');";
  await using project = await createProject({
    "routes/a.ts": route,
    "routes/a_test.ts": route,
    "routes/a.test.ts": route,
    "routes/(_parts)/b.ts": route,
    "routes/notes.md": "",
  });
  const { ask } = await serve(project, "production");
  const found = ["/a", "/a_test", "/a.test", "/b", "/(_parts)/b", "/notes"].map(
    async (path) => (await ask(path)).status,
  );
  assertEquals(await Promise.all(found), [200, 404, 404, 404, 404, 404]);
});

Deno.test("Builder.build() reports mistakes in islands", async () => {
  await using project = await createProject({ "islands/Bad.ts": "export default (" });
  await assertRejects(() => serve(project, "production"), Error, "Cannot bundle the islands");
});

Deno.test("Builder.build() serves static files only, hidden ones excepted", async (t) => {
  await using project = await createProject({
    "static/a b#,ä.txt": "a",
    "static/sub/b.txt": "b",
    "static/.hidden": "h",
    "static/.git/config": "g",
    "static/.well-known/x.txt": "w",
    "more/sub/b.txt": "other b",
    "more/c.txt": "c",
    "secret.txt": "s",
  });
  const rows: [path: string, text: string | null][] = [
    ["/a%20b%23%2C%C3%A4.txt", "a"],
    ["/sub/b.txt", "b"],
    ["/c.txt", "c"],
    ["/.well-known/x.txt", "w"],
    ["/.hidden", null],
    ["/.git/config", null],
    ["/sub", null],
    ["/..%2Fsecret.txt", null],
    ["/sub%2Fb.txt", null],
    ["/sub/..%5C..%5Csecret.txt", null],
    ["/%2e%2e/secret.txt", null],
    ["/sub/b.txt/x", null],
    ["/sub/b.txt%00", null],
  ];
  for (const mode of ["production", "development"] as const) {
    const { ask } = await serve(project, mode, { staticDir: ["static", "more"] });
    for (const [path, text] of rows) {
      await t.step(`${mode} ${path}`, async () => {
        const response = await ask(path);
        const found = await response.text();
        assertEquals(response.status === 200 ? found : null, text);
      });
    }
  }
});

Deno.test("Builder.build() for development reads static files as they are", async () => {
  await using project = await createProject({ "static/a.css": "a{}" });
  const { ask } = await serve(project, "development");
  assertEquals(await (await ask("/a.css")).text(), "a{}");
  await project.write({ "static/a.css": "b{}" });
  assertEquals(await (await ask("/a.css")).text(), "b{}");
});

Deno.test("Builder.build() writes to disk and removes what an earlier build wrote", async () => {
  await using project = await createProject({
    "main.ts": 'import { App, staticFiles } from "fresh";\n' +
      "export const app = new App().use(staticFiles()).fsRoutes();",
    "islands/Counter.ts": ISLAND,
    "routes/index.ts": PAGE,
    "static/a.css": "a{}",
    "_fresh/static/old.css": "old",
  });
  const builder = new Builder({ root: project.root });
  using notices = captureNotices();
  const apply = await builder.build();
  assertEquals(notices.calls, [[`Assets written to: ${project.root}/_fresh`]]);
  assertThrows(() => apply(new App()), Error, 'import its "server.js"');
  const { buildId } = builder.config;
  const files = await list(join(project.root, "_fresh"));
  assertEquals(files.map((name) => name.replace(/chunk-\w+/, "chunk")), [
    "server.js",
    "snapshot.js",
    `static/_fresh/js/${buildId}/Counter.js`,
    `static/_fresh/js/${buildId}/boot.js`,
    `static/_fresh/js/${buildId}/chunk.js`,
    "static/a.css",
  ]);
  await project.write({ "static/a.css": "changed after the build" });
  const server = await import(`file://${project.root}/_fresh/server.js`);
  const page: Response = await server.default.fetch(new Request("http://localhost/"));
  assertStringIncludes(await page.text(), `/_fresh/js/${buildId}/Counter.js`);
  const css: Response = await server.default.fetch(
    new Request(`http://localhost/a.css?__frsh_c=${buildId}`),
  );
  assertExists(css.headers.get("etag"));
  assertEquals(await css.text(), "a{}");
});

Deno.test("Builder.build() refuses development builds on disk", async () => {
  const builder = new Builder({ root: "/nowhere" });
  await assertRejects(() => builder.build({ mode: "development" }), Error, "on disk");
});
