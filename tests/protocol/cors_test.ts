import { assertEquals } from "@std/assert";

import { corsHeaders } from "@/lib/protocol/cors.ts";

const WIKI = "https://wiki.example.com";

const READ = { method: "GET", pathname: "/api/services", origin: WIKI, asked: null };

const SHARED = {
  "access-control-expose-headers": "Link, Retry-After, ETag",
  "cross-origin-resource-policy": "cross-origin",
};

const PREFLIGHT = {
  "access-control-allow-methods": "GET, HEAD",
  "access-control-allow-headers": "authorization, accept",
  "access-control-max-age": "600",
};

Deno.test("corsHeaders() shares nothing unless it is told to", () => {
  assertEquals(corsHeaders(READ, []), {});
});

Deno.test("corsHeaders() shares reads with a listed origin, and tells caches", () => {
  const all = { vary: "Origin", "access-control-allow-origin": WIKI, ...SHARED };
  for (const method of ["GET", "HEAD"]) {
    for (const pathname of ["/api/services", "/metrics", "/api/openapi.json"]) {
      assertEquals(corsHeaders({ ...READ, method, pathname }, ["https://a.example", WIKI]), all);
    }
  }
  assertEquals(corsHeaders({ ...READ, method: "OPTIONS", asked: "GET" }, [WIKI]), {
    ...all,
    ...PREFLIGHT,
  });
});

Deno.test("corsHeaders() tells caches also where an origin is not listed", () => {
  for (const origin of [null, "null", "https://evil.example", `${WIKI}:8443`, `${WIKI}.evil`]) {
    assertEquals(corsHeaders({ ...READ, origin }, [WIKI]), { vary: "Origin" });
  }
});

Deno.test("corsHeaders() shares with everybody alike, and never credentials", () => {
  const all = { "access-control-allow-origin": "*", ...SHARED };
  for (const origin of [null, "null", WIKI]) {
    assertEquals(corsHeaders({ ...READ, origin }, "*"), all);
  }
});

Deno.test("corsHeaders() shares no write, and nothing but the API and the metrics", () => {
  const rows = [
    { ...READ, method: "POST" },
    { ...READ, method: "DELETE" },
    { ...READ, method: "OPTIONS", asked: "POST" },
    { ...READ, method: "OPTIONS", asked: "DELETE" },
    { ...READ, method: "OPTIONS" },
    { ...READ, pathname: "/" },
    { ...READ, pathname: "/api" },
    { ...READ, pathname: "/apiary" },
    { ...READ, pathname: "/metrics/x" },
    { ...READ, pathname: "/alerts" },
  ];
  for (const facts of rows) {
    for (const allowed of ["*", [WIKI]] as const) assertEquals(corsHeaders(facts, allowed), {});
  }
});
