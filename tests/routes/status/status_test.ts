import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";

import { HistoryError } from "@/lib/ports/history.ts";
import type { ServiceView } from "@/lib/protocol/views.ts";
import { problemOf, startWeb, type Web } from "@/tests/routes/web.ts";
import { configOf } from "@/tests/support/config.ts";
import { parseXml, textsOf } from "@/tests/support/xml.ts";

const DAY = 86_400_000;

/** A service as far as the status page looks at it. */
function show(web: Web, name: string, status: ServiceView["status"]): void {
  const service = {
    name,
    tags: [],
    status,
    since: web.clock.now() - DAY,
  } as unknown as ServiceView;
  web.monitor.list = [...web.monitor.list, service];
}

/** A page with an outage of yesterday. */
async function startWithPast(): Promise<Web> {
  const web = await startWeb();
  const now = web.clock.now();
  web.history.statusList = [
    { at: now - 20 * DAY, status: "HEALTHY" },
    { at: now - 2 * DAY, status: "DOWN" },
    { at: now - 2 * DAY + 720_000, status: "HEALTHY" },
  ];
  show(web, "pay", "HEALTHY");
  return web;
}

const PATHS = ["/status", "/status/feed.atom", "/status/feed.rss", "/api/status"];

Deno.test("GET /status is a whole page that caches may keep", async () => {
  const web = await startWithPast();
  const response = await web.fetch("/status");
  const html = await response.text();
  assertEquals(response.status, 200);
  assertEquals(response.headers.get("content-type"), "text/html; charset=utf-8");
  assertEquals(
    response.headers.get("cache-control"),
    "public, max-age=15, stale-while-revalidate=60",
  );
  assert(html.startsWith('<!DOCTYPE html><html lang="en"><head>'));
  assertStringIncludes(html, "The service is operational");
  assertStringIncludes(html, "<strong>pay</strong> was down for 12 min");
  assertStringIncludes(html, "/status.css");
  for (const word of ["<script", "/styles.css", 'href="/"', "/alerts"]) {
    assertFalse(html.includes(word), word);
  }
});

Deno.test("GET /status is the same for everybody", async () => {
  const web = await startWithPast();
  const read = async (headers: HeadersInit) =>
    await (await web.fetch("/status", { headers })).text();
  assertEquals(await read({ cookie: "theme=dark" }), await read({}));
});

Deno.test("the status page is read once for a crowd", async () => {
  const web = await startWithPast();
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) => web.fetch(PATHS[index % PATHS.length] ?? "")),
  );
  for (const answer of answers) await answer.body?.cancel();
  assertEquals(web.history.asked.filter(([method]) => method === "statuses").length, 1);
});

for (const path of PATHS) {
  Deno.test(`GET ${path} is not sent again unless there is news`, async () => {
    const web = await startWithPast();
    const first = await web.fetch(path);
    await first.body?.cancel();
    const headers = { "if-none-match": first.headers.get("etag") ?? "" };
    const again = await web.fetch(path, { headers });
    assertEquals([again.status, await again.text()], [304, ""]);
    assertEquals(again.headers.get("etag"), first.headers.get("etag"));
  });

  Deno.test(`GET ${path} is no page if configuration says so`, async () => {
    const web = await startWithPast();
    web.config = configOf({ status: { enabled: false } });
    const response = await web.fetch(path);
    await response.body?.cancel();
    assertEquals(response.status, 404);
    assertEquals(web.history.asked, []);
  });

  Deno.test(`${path} can be read and nothing else`, async () => {
    const web = await startWithPast();
    const head = await web.fetch(path, { method: "HEAD" });
    assertEquals([head.status, await head.text()], [200, ""]);
    const post = await web.fetch(path, {
      method: "POST",
      headers: { "sec-fetch-site": "same-origin" },
    });
    await post.body?.cancel();
    assertEquals([post.status, post.headers.get("allow")], [405, "GET, HEAD, OPTIONS"]);
  });
}

Deno.test("feeds stay the same while nothing happens", async () => {
  const web = await startWithPast();
  const read = async () => await (await web.fetch("/status/feed.atom")).text();
  const first = await read();
  await web.clock.advance(600_000);
  web.history.statusList = [...web.history.statusList];
  assertEquals(await read(), first);
});

Deno.test("feeds have the addresses that people know", async () => {
  const web = await startWithPast();
  const idOf = async () =>
    textsOf(parseXml(await (await web.fetch("/status/feed.atom")).text()), "id")[0];
  assertEquals(await idOf(), "http://127.0.0.1:8000/status");
  web.monitor.configuredOrigins = ["https://status.example.com"];
  assertEquals(await idOf(), "https://status.example.com/status");
});

Deno.test("GET /api/status has the days as columns", async () => {
  const web = await startWithPast();
  const body = await (await web.fetch("/api/status")).json();
  const [{ services: [service] }] = body.groups;
  assertEquals([service.service, service.name, service.status], ["pay", "pay", "up"]);
  assertEquals([service.days.status.length, service.days.uptime.length], [90, 90]);
  assertEquals(service.days.uptime[0], null);
  assertEquals(service.days.status.at(-3), "down");
  assertEquals(body.incidents.map(({ words }: { words: string }) => words), [
    "was down for 12 min",
  ]);
});

Deno.test("GET /api/status without a page is a problem", async () => {
  const web = await startWeb();
  web.config = configOf({ status: { enabled: false } });
  await problemOf(await web.fetch("/api/status"), 404);
});

Deno.test("GET /status shows the present when history cannot be read, and no reason", async () => {
  const web = await startWithPast();
  web.history.fault = new HistoryError("corrupt", "Cannot read /var/lib/vitals.db: it is damaged");
  const response = await web.fetch("/status");
  const html = await response.text();
  assertEquals(response.status, 200);
  assertStringIncludes(html, "The past cannot be shown at the moment");
  assertFalse(html.includes("/var/lib"));
});
