import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { isEnough, type Need, needOf, type Scope } from "@/lib/protocol/access_table.ts";

Deno.test("needOf() tells by method and path", async (t) => {
  const rows: readonly [methods: string, path: string, need: Need][] = [
    ["GET HEAD", "/", "read"],
    ["GET HEAD", "/services/checkout", "read"],
    ["GET HEAD", "/alerts/data", "read"],
    ["GET HEAD", "/slides", "read"],
    ["GET HEAD", "/api", "read"],
    ["GET HEAD", "/api/services", "read"],
    ["GET HEAD", "/api/silences/", "read"],
    ["GET", "/api/live", "read"],
    ["GET", "/api/openapi.json", "read"],
    ["GET", "/metrics", "read"],
    ["GET", "/api/v2/alerts", "read"],
    ["GET", "/what-comes-later", "read"],
    ["GET HEAD", "/audit", "operate"],
    ["GET HEAD", "/api/audit", "operate"],
    ["POST", "/api/samples", "ingest"],
    ["POST", "/api/samples/", "ingest"],
    ["GET", "/api/samples", "read"],
    ["POST", "/api/samples/x", "operate"],
    ["GET HEAD POST", "/api/heartbeats/checkout", "ingest"],
    ["GET HEAD POST", "/api/heartbeats/checkout/start", "ingest"],
    ["POST", "/api/heartbeats/checkout/fail", "ingest"],
    ["POST", "/api/heartbeats", "operate"],
    ["POST", "/v1/metrics", "ingest"],
    ["POST", "/v1/traces", "operate"],
    ["POST PUT DELETE PATCH", "/api/silences", "operate"],
    ["DELETE", "/api/alerts/a/ack", "operate"],
    ["POST", "/api/v2/silences", "operate"],
    ["POST", "/api/what-comes-later", "operate"],
    ["POST PURGE", "/what-comes-later", "operate"],
    ["GET HEAD POST", "/login", "public"],
    ["GET POST", "/logout", "public"],
    ["POST", "/first-steps", "public"],
    ["GET HEAD", "/status", "public"],
    ["GET HEAD", "/status/feed.xml", "public"],
    ["GET HEAD", "/statusx", "read"],
    ["POST", "/status", "operate"],
    ["GET HEAD", "/badge/checkout.svg", "public"],
    ["POST", "/badge/checkout.svg", "operate"],
    ["GET HEAD", "/api/status", "public"],
    ["GET HEAD", "/api/health", "public"],
    ["POST", "/api/health", "operate"],
    ["GET", "/api/health/details", "read"],
    ["OPTIONS", "/api/silences", "public"],
    ["GET", "/LOGIN", "read"],
    ["GET", "/%6cogin", "read"],
  ];
  for (const [methods, path, need] of rows) {
    await t.step(`${methods} ${path}`, () => {
      for (const method of methods.split(" ")) assertEquals(needOf(method, path), need);
    });
  }
});

Deno.test("needOf() leaves no write open but the three forms", () => {
  const open = ["/login", "/logout", "/first-steps"];
  const method = fc.constantFrom("POST", "PUT", "DELETE", "PATCH", "get", "");
  const path = fc.oneof(fc.webPath(), fc.constantFrom("/status/x", "/badge/x", "/api/health"));
  fc.assert(fc.property(method, path, (given, pathname) => {
    const isOpen = open.includes(pathname.replace(/\/+$/, ""));
    assertEquals(needOf(given, pathname) === "public", isOpen);
  }));
});

Deno.test("isEnough() lets who may operate read, and nothing else", () => {
  const rows: readonly [scopes: readonly Scope[], good: readonly Need[]][] = [
    [[], ["public"]],
    [["read"], ["public", "read"]],
    [["ingest"], ["public", "ingest"]],
    [["operate"], ["public", "operate", "read"]],
    [["ingest", "read"], ["public", "ingest", "read"]],
    [["ingest", "operate", "read"], ["public", "ingest", "operate", "read"]],
  ];
  const needs: readonly Need[] = ["public", "ingest", "operate", "read"];
  for (const [scopes, good] of rows) {
    assertEquals(
      needs.filter((need) => isEnough(scopes, need)),
      needs.filter((need) => good.includes(need)),
    );
  }
  assert(!isEnough(["ingest"], "read"));
});

Deno.test("needOf() looks at a path of nothing but slashes once", () => {
  // With a search that begins anew at each slash this would take minutes.
  assertEquals(needOf("GET", `/a${"/".repeat(500_000)}x`), "read");
  assertEquals(needOf("POST", `/api/samples${"/".repeat(500_000)}`), "ingest");
});
