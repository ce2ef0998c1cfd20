import { assertEquals } from "@std/assert";

import { SERVICE_NAME_RULE } from "@/lib/domain/sample.ts";
import { problemOf, startWeb } from "@/tests/routes/web.ts";

Deno.test("GET /api/services lists what the monitor has", async () => {
  const web = await startWeb();
  web.source.sample("checkout", "cpu", 40);
  web.monitor.list = [...web.source.dashboard().services];
  const response = await web.fetch("/api/services");
  assertEquals(response.headers.get("content-type"), "application/json");
  assertEquals(response.headers.get("cache-control"), "no-store");
  assertEquals(await response.json(), JSON.parse(JSON.stringify(web.monitor.list)));
});

Deno.test("GET /api/services/:name shows one service, or says that there is none", async () => {
  const web = await startWeb();
  web.source.sample("checkout", "cpu", 40);
  web.monitor.list = [...web.source.dashboard().services];
  const service = await (await web.fetch("/api/services/checkout")).json();
  assertEquals([service.name, service.metrics.cpu.value], ["checkout", 40]);
  const problem = await problemOf(await web.fetch("/api/services/chekout"), 404);
  assertEquals(problem.detail, 'There is no service "chekout"');
});

Deno.test("GET /api/alerts asks for what the query says", async (t) => {
  const rows: [query: string, asked: unknown][] = [
    ["", { state: "active", service: null, severity: null, limit: 101, after: null }],
    ["?state=resolved", {
      state: "resolved",
      service: null,
      severity: null,
      limit: 101,
      after: null,
    }],
    ["?state=all&service=a.b-c_1&limit=1000", {
      state: "all",
      service: "a.b-c_1",
      severity: null,
      limit: 1001,
      after: null,
    }],
  ];
  for (const [query, asked] of rows) {
    await t.step(query, async () => {
      const web = await startWeb();
      const response = await web.fetch(`/api/alerts${query}`);
      assertEquals([response.status, await response.json()], [200, []]);
      assertEquals(JSON.stringify(web.monitor.queries), JSON.stringify([asked]));
    });
  }
});

Deno.test("GET /api/alerts names what is wrong with the query", async (t) => {
  const rows: [query: string, path: string, message: string][] = [
    ["state=open", "state", 'must be "active", "resolved" or "all", got "open"'],
    ["limit=0", "limit", 'must be a whole number from 1 to 1000, got "0"'],
    ["limit=1001", "limit", 'must be a whole number from 1 to 1000, got "1001"'],
    ["limit=1e2", "limit", 'must be a whole number from 1 to 1000, got "1e2"'],
    ["limit=", "limit", 'must be a whole number from 1 to 1000, got ""'],
    ["service=A", "service", `${SERVICE_NAME_RULE}, got "A"`],
    ["service=.", "service", `${SERVICE_NAME_RULE}, got "."`],
    ["sate=all", "sate", 'unknown parameter; did you mean "state"?'],
    [
      "__proto__=1",
      "__proto__",
      'unknown parameter; known are "state", "service", "severity", "limit" and "cursor"',
    ],
    ["state=all&state=active", "state", "must be given once"],
  ];
  const web = await startWeb();
  for (const [query, path, message] of rows) {
    await t.step(query, async () => {
      const problem = await problemOf(await web.fetch(`/api/alerts?${query}`), 422);
      assertEquals(problem.issues, [{ path, message }]);
    });
  }
  assertEquals(web.monitor.queries, []);
});

Deno.test("GET /api/health answers 503 only when it fails", async (t) => {
  for (const [status, code] of [["pass", 200], ["warn", 200], ["fail", 503]] as const) {
    await t.step(status, async () => {
      const web = await startWeb();
      web.health = { ...web.health, status };
      const response = await web.fetch("/api/health");
      assertEquals(response.status, code);
      assertEquals(response.headers.get("content-type"), "application/health+json");
      assertEquals(response.headers.get("cache-control"), "no-store");
      assertEquals(await response.json(), { ...web.health });
    });
  }
});
