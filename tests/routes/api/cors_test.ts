import { assert, assertEquals } from "@std/assert";

import { problemOf, startWeb, type Web } from "@/tests/routes/web.ts";

const WIKI = "https://wiki.example.com";

const FROM_WIKI = { origin: WIKI, "sec-fetch-site": "cross-site" };

async function start(readers: "*" | readonly string[]): Promise<Web> {
  const web = await startWeb();
  web.monitor.configuredReaders = readers;
  return web;
}

async function headersOf(response: Response): Promise<Headers> {
  await response.body?.cancel();
  return response.headers;
}

function names(headers: Headers): string[] {
  return [...headers.keys()].filter((name) => name.startsWith("access-control-"));
}

Deno.test("a page of another site may read nothing unless configuration says so", async () => {
  const web = await start([]);
  const headers = await headersOf(await web.fetch("/api/services", { headers: FROM_WIKI }));
  assertEquals([names(headers), headers.get("vary")], [[], null]);
  assertEquals(headers.get("cross-origin-resource-policy"), "same-origin");
});

Deno.test("a page of a configured site may read, also errors", async (t) => {
  const web = await start([WIKI]);
  const rows: [path: string, status: number, vary: string][] = [
    ["/api/services", 200, "Origin"],
    ["/api/openapi.json", 200, "Origin"],
    ["/api/services/none", 404, "Origin"],
    ["/api/none", 404, "Origin"],
    ["/api/alerts?state=open", 422, "Origin"],
  ];
  for (const [path, status, vary] of rows) {
    await t.step(path, async () => {
      const response = await web.fetch(path, { headers: FROM_WIKI });
      const headers = await headersOf(response);
      assertEquals([response.status, headers.get("vary")], [status, vary]);
      assertEquals(headers.get("access-control-allow-origin"), WIKI);
      assertEquals(headers.get("cross-origin-resource-policy"), "cross-origin");
      assert(!headers.has("access-control-allow-credentials"));
    });
  }
});

Deno.test("what is said of a configured site keeps what an answer says of Accept", async () => {
  const web = await start([WIKI]);
  web.source.sample("checkout", "cpu", 40);
  web.monitor.list = [...web.source.dashboard().services];
  const path = "/api/services/checkout/history";
  const headers = await headersOf(await web.fetch(path, { headers: FROM_WIKI }));
  assertEquals(headers.get("vary"), "Accept, Origin");
});

Deno.test("a browser that asks first hears what a page may ask for", async (t) => {
  const web = await start([WIKI]);
  const ask = (path: string, method: string, origin = WIKI) =>
    web.fetch(path, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": method },
    });
  await t.step("reading", async () => {
    const response = await ask("/api/services", "GET");
    const { status, headers } = response;
    assertEquals([status, headers.get("access-control-allow-methods")], [204, "GET, HEAD"]);
    assertEquals(headers.get("access-control-allow-headers"), "authorization, accept");
    assertEquals(headers.get("access-control-max-age"), "600");
    assertEquals(headers.get("allow"), "GET, HEAD, OPTIONS");
  });
  await t.step("writing", async () => {
    const { status, headers } = await ask("/api/silences", "POST");
    assertEquals([status, names(headers)], [204, []]);
  });
  await t.step("from elsewhere", async () => {
    const { headers } = await ask("/api/services", "GET", "https://evil.example");
    assertEquals([names(headers), headers.get("vary")], [[], "Origin"]);
  });
});

Deno.test("a page that may read may neither write nor open the live socket", async () => {
  for (const readers of ["*", [WIKI]] as const) {
    const web = await start(readers);
    const headers = { ...FROM_WIKI, "content-type": "application/json" };
    const body = '{"service":"checkout"}';
    const write = await web.fetch("/api/samples", { method: "POST", headers, body });
    assertEquals(names(write.headers), []);
    await problemOf(write, 403);
    await problemOf(
      await web.fetch("/api/live", { headers: { ...FROM_WIKI, upgrade: "websocket" } }),
      403,
    );
    assertEquals(web.monitor.batches, []);
  }
});

Deno.test("a name made to point to this machine cannot read, whoever may", async () => {
  const web = await start("*");
  const headers = { ...FROM_WIKI, host: "evil.example:8000" };
  await problemOf(await web.fetch("/api/services", { headers }), 403);
});

Deno.test("pages are for their own site, whoever may read the API", async () => {
  const web = await start("*");
  for (const path of ["/", "/api", "/styles.css", "/alerts/data"]) {
    const headers = await headersOf(await web.fetch(path, { headers: FROM_WIKI }));
    assertEquals([names(headers), headers.get("cross-origin-resource-policy")], [
      [],
      "same-origin",
    ]);
  }
});

Deno.test("until the monitor runs, no page of another site may read", async () => {
  const web = await startWeb({ runtime: Promise.reject(new Error("no")) });
  const response = await web.fetch("/api/services", { headers: FROM_WIKI });
  assertEquals([response.status, names(response.headers)], [500, []]);
  await response.body?.cancel();
});
