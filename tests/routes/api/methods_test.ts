import { assertEquals } from "@std/assert";

import { problemOf, startWeb } from "@/tests/routes/web.ts";

const READ = "GET, HEAD, OPTIONS";
const WRITE = "POST, OPTIONS";

Deno.test("API routes answer each method as HTTP asks for", async (t) => {
  const routes: [path: string, allow: string][] = [
    ["/api/samples", WRITE],
    ["/api/heartbeats/checkout", "POST, GET, HEAD, OPTIONS"],
    ["/api/heartbeats/checkout/start", "POST, GET, HEAD, OPTIONS"],
    ["/api/services", READ],
    ["/api/services/checkout", READ],
    ["/api/services/checkout/history", READ],
    ["/api/services/checkout/events", READ],
    ["/api/services/checkout/timeline", READ],
    ["/api/alerts", READ],
    ["/api/alerts/HIGH_CPU:checkout:1", READ],
    ["/api/alerts/HIGH_CPU:checkout:1/ack", "POST, DELETE, OPTIONS"],
    ["/api/silences", "GET, POST, HEAD, OPTIONS"],
    ["/api/silences/s1", "GET, PUT, DELETE, HEAD, OPTIONS"],
    ["/api/faults", "GET, POST, HEAD, OPTIONS"],
    ["/api/faults/f1", "GET, DELETE, HEAD, OPTIONS"],
    ["/api/scenarios", READ],
    ["/api/scenarios/current", "GET, POST, DELETE, HEAD, OPTIONS"],
    ["/api/scenarios/current/pause", "POST, DELETE, OPTIONS"],
    ["/api/receivers", READ],
    ["/api/receivers/ops/test", WRITE],
    ["/api/notifications", READ],
    ["/api/notifications/counts", READ],
    ["/api/maintenance", READ],
    ["/api/health", READ],
    ["/api/live", READ],
  ];
  const web = await startWeb();
  web.source.sample("checkout", "cpu", 1);
  web.monitor.list = [...web.source.dashboard().services];
  for (const [path, allow] of routes) {
    await t.step(path, async () => {
      for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]) {
        if (allow.includes(method)) continue;
        const response = await web.fetch(path, { method });
        assertEquals(response.headers.get("allow"), allow, method);
        if (method === "HEAD") assertEquals([response.status, response.body], [405, null]);
        else await problemOf(response, 405);
      }
      await problemOf(await web.fetch(path, { method: "PROPFIND" }), 405);
      const options = await web.fetch(path, { method: "OPTIONS" });
      assertEquals([options.status, options.body], [204, null]);
      assertEquals(options.headers.get("allow"), allow);
    });
  }
  assertEquals(web.monitor.batches, []);
});

Deno.test("API routes answer HEAD as GET, without the body", async (t) => {
  const web = await startWeb();
  for (const path of ["/api/services", "/api/alerts", "/api/health", "/api/live"]) {
    await t.step(path, async () => {
      const [get, head] = [await web.fetch(path), await web.fetch(path, { method: "HEAD" })];
      assertEquals([head.status, head.body], [get.status, null]);
      assertEquals(head.headers.get("content-type"), get.headers.get("content-type"));
      await get.body?.cancel();
    });
  }
});

Deno.test("paths below /api that do not exist are problems, not pages", async (t) => {
  const web = await startWeb();
  for (const path of ["/api/none", "/api/services/a/b", "/api/heartbeats"]) {
    await t.step(path, async () => void await problemOf(await web.fetch(path), 404));
  }
  await t.step("with an escape that means nothing", async () => {
    await problemOf(await web.fetch("/api/services/%E0%A4%A"), 400);
  });
});
