import { assert, assertEquals, assertStringIncludes } from "@std/assert";

import { BUILT_IN_METRICS } from "@/lib/domain/metric.ts";
import { createDocument } from "@/lib/protocol/openapi/openapi_document.ts";
import { OPERATIONS } from "@/lib/protocol/openapi/operations.ts";
import { curlRequest } from "@/tests/routes/openapi/curl_request.ts";
import { fillIn, startWholeApp } from "@/tests/routes/openapi/whole_app.ts";
import { problemOf, startWeb } from "@/tests/routes/web.ts";

const DOCUMENT = createDocument({ version: "1.2.3", metrics: BUILT_IN_METRICS });

async function readPage(address = "http://127.0.0.1:8000/api", token?: string): Promise<string> {
  const web = await startWeb(token === undefined ? {} : { token });
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await web.handle(new Request(address, { headers }));
  assertEquals(response.status, 200);
  assertEquals(response.headers.get("content-type"), "text/html; charset=utf-8");
  return await response.text();
}

/** Returns text of HTML as it is read. */
function unescape(html: string): string {
  return html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}

Deno.test("GET /api shows every operation with its methods, answers and schemas", async () => {
  const html = await readPage();
  for (const { id, path, answers, summary } of OPERATIONS) {
    const [article = ""] = new RegExp(`<article id="${id}"[^]*?</article>`).exec(html) ?? [];
    assertStringIncludes(unescape(article), path);
    assertStringIncludes(unescape(article), summary);
    for (const { status } of answers) assertStringIncludes(article, `>${status}</b>`);
  }
  for (const name of Object.keys(DOCUMENT.components.schemas)) {
    assertStringIncludes(html, `id="schema-${name}"`);
  }
});

Deno.test("GET /api leads to what is there, and names nothing twice", async () => {
  const html = await readPage();
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => id);
  assertEquals(ids.length, new Set(ids).size);
  const targets = [...html.matchAll(/ href="#([^"]+)"/g)].map(([, id = ""]) => id);
  assert(targets.length > OPERATIONS.length);
  assertEquals(targets.filter((target) => !ids.includes(target)), []);
});

Deno.test("GET /api shows commands for the address that it is read under, and they work", async (t) => {
  const html = await readPage("http://localhost:9123/api");
  const commands = [...html.matchAll(/<pre class="command"><code>([^<]*)<\/code>/g)]
    .map(([, command = ""]) => unescape(command));
  assertEquals(commands.length, OPERATIONS.length);
  for (const command of commands) {
    if (command.startsWith("npx wscat -c ws://localhost:9123/api/live")) continue;
    await t.step(command, async () => {
      const app = await startWholeApp();
      await app.web.fetch("/api/scenarios").then((response) => response.body?.cancel());
      if (/pause|curl (-X DELETE )?\S+scenarios\/current$/.test(command)) {
        app.monitor.scenarios.start("cpu-spike");
        if (command.includes("-X DELETE")) app.monitor.scenarios.pause();
      }
      const request = curlRequest(fillIn(command, app));
      assertStringIncludes(request.url, "http://localhost:9123/");
      const response = await app.web.handle(request);
      const text = await response.text();
      assert(response.ok, `${response.status} ${text}`);
      await app.monitor.stop();
    });
  }
});

Deno.test("GET /api says above all commands what access wants of them", async () => {
  const open = unescape(await readPage());
  assertStringIncludes(open, "no token is set");
  assertEquals(open.includes('<pre class="command"><code>curl -H'), false);
  const closed = unescape(await readPage(undefined, "a token of operators"));
  assert(closed.indexOf("export VITALS_TOKEN=") < closed.indexOf("<article"));
  const wanting = OPERATIONS.filter(({ scope, messages }) => scope !== "public" && !messages);
  const sent = closed.match(/<code>curl [^<]*-H "Authorization: Bearer \$VITALS_TOKEN"/g) ?? [];
  assertEquals(sent.length, wanting.length);
});

Deno.test("GET /api is a page, also with a slash; what is below it stays a problem", async () => {
  const web = await startWeb();
  for (const path of ["/api", "/api/"]) {
    const response = await web.fetch(path);
    assertEquals([response.status, response.headers.get("cache-control")], [200, "no-store"]);
    assertStringIncludes(await response.text(), "<h1");
    const { status, headers } = await web.fetch(path, { method: "PATCH" });
    assertEquals([status, headers.get("content-type")], [405, "text/html; charset=utf-8"]);
  }
  await problemOf(await web.fetch("/api/none"), 404);
});

Deno.test("GET /api needs no script of its own", async () => {
  const web = await startWeb();
  const scripts = async (
    path: string,
  ) => [
    ...(await (await web.fetch(path)).text()).matchAll(/modulepreload|import\s*\{?[^"]*"([^"]+)"/g),
  ];
  assertEquals((await scripts("/api")).length, (await scripts("/none")).length);
});
