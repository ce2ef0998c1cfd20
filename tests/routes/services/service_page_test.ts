import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";

import { HistoryError } from "@/lib/ports/history.ts";
import type { EventView } from "@/lib/protocol/history_views.ts";
import { startWeb, type Web } from "@/tests/routes/web.ts";

Deno.test("GET /services/:name is complete without scripts", async () => {
  const web = await startWeb();
  web.source.sample("auth", "cpu", 41);
  const now = web.hub.snapshot().at;
  const values = [38, 41.2];
  web.history.metrics = {
    cpu: { t: [now - 2_000, now - 1_000], min: values, max: values, avg: values, count: [1, 1] },
  };
  web.history.statusList = [{ at: now - 60_000, status: "HEALTHY" }];
  web.history.eventList = events(2, now);
  const response = await web.fetch("/services/auth?window=5m");
  assertEquals(response.status, 200);
  assertEquals(response.headers.get("cache-control"), "no-store");
  const html = await response.text();
  assertStringIncludes(html, "<title>auth · Vitals</title>");
  assertStringIncludes(html, 'href="?window=5m" aria-current="page"');
  assertStringIncludes(html, 'class="mean" d="M');
  assertStringIncludes(html, "41.2 %");
  assertStringIncludes(html, 'class="span" data-status="HEALTHY"');
  assertEquals(html.match(/class="sign"/g)?.length, 2);
  for (const sheet of ["/styles.css", "/service.css"]) assertStringIncludes(html, sheet);
});

Deno.test("GET /services/:name asks for the window, and for events of all times", async () => {
  const web = await startWeb();
  web.source.sample("auth", "cpu", 41);
  const now = web.hub.snapshot().at;
  await read(web, "/services/auth?window=6h&from=1000&to=61000&before=e9");
  const asked = (what: string) => web.history.asked.find(([method]) => method === what)?.slice(1);
  assertEquals(asked("samples"), [{ service: "auth", from: 1_000, to: 61_000, points: 400 }]);
  const from = now - 730 * 86_400_000;
  assertEquals(asked("events"), [
    { service: "auth", from, to: now + 1, limit: 31, before: "e9" },
  ]);
});

Deno.test("GET /services/:name shows thirty events and leads to older ones", async () => {
  const web = await startWeb();
  web.source.sample("auth", "cpu", 41);
  web.history.eventList = events(31, web.hub.snapshot().at);
  const html = await read(web, "/services/auth");
  assertEquals(html.match(/class="sign"/g)?.length, 30);
  assertStringIncludes(html, 'href="?window=1h&amp;before=e2#events-title"');
  assertFalse((await read(web, "/services/auth?before=e2")).includes("Load older"));
});

Deno.test("GET /services/:name shows the present when history cannot be read", async () => {
  const web = await startWeb();
  web.source.sample("auth", "cpu", 41);
  web.history.fault = new HistoryError("corrupt", "Cannot read /var/lib/vitals.db: it is damaged");
  const response = await web.fetch("/services/auth");
  const html = await response.text();
  assertEquals(response.status, 200);
  assertStringIncludes(html, "Cannot read the past of this service");
  assertStringIncludes(html, "HEALTHY");
  assertFalse(html.includes("/var/lib"), "a path must not be told");
  assertEquals(web.log.errors.map(({ event }) => event), []);
});

Deno.test("GET /services/:name sends no series of other services", async () => {
  const web = await startWeb();
  web.source.sample("auth", "cpu", 12.34567);
  web.source.sample("cart", "cpu", 76.54321);
  const html = await read(web, "/services/auth");
  assert(html.includes("12.34567") && !html.includes("76.54321"));
});

Deno.test("GET /services/:name has no page for a service that is not known", async () => {
  const web = await startWeb();
  web.source.sample("auth", "cpu", 41);
  for (const path of ["/services/nobody", "/services/", "/services/..%2Fauth"]) {
    const response = await web.fetch(path);
    await response.body?.cancel();
    assertEquals(response.status, 404, path);
  }
});

Deno.test("GET / links each card to the page of its service", async () => {
  const web = await startWeb();
  web.source.sample("auth", "cpu", 41);
  assertStringIncludes(await read(web, "/"), '<a href="/services/auth">auth</a>');
});

async function read(web: Web, path: string): Promise<string> {
  const response = await web.fetch(path);
  assertEquals(response.status, 200);
  return await response.text();
}

/** Newest first: the ids go down to 1. */
function events(count: number, now: number): EventView[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ kind: "gap", id: `e${count - index}`, at: now - index * 1_000, to: now },
  }));
}
