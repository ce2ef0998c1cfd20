import { assertEquals } from "@std/assert";

import { secureAnswer, tightenPolicy } from "@/lib/protocol/security_headers.ts";

Deno.test("tightenPolicy() keeps nonces and drops what would undo them", () => {
  assertEquals(
    tightenPolicy("script-src 'self' 'nonce-1'; style-src 'self' 'unsafe-inline'", "a"),
    "script-src 'self' 'nonce-1'; style-src 'self'",
  );
});

Deno.test("tightenPolicy() adds no host that could say more than its name", async (t) => {
  for (const host of ["", "a;script-src *", "a b", "a,b", "a'b"]) {
    await t.step(`"${host}"`, () => {
      assertEquals(tightenPolicy("connect-src 'self'", host), "connect-src 'self'");
    });
  }
});

Deno.test("secureAnswer() lets a route say that pages of other sites may show its answer, and nothing else", () => {
  const headers = new Headers({
    "cross-origin-resource-policy": "cross-origin",
    "x-frame-options": "ALLOWALL",
    "content-security-policy": "script-src 'self' 'unsafe-inline'",
  });
  secureAnswer(headers, "a");
  assertEquals(headers.get("cross-origin-resource-policy"), "cross-origin");
  assertEquals(headers.get("x-frame-options"), "SAMEORIGIN");
  assertEquals(headers.get("content-security-policy"), "script-src 'self'");
  const others = new Headers({ "cross-origin-resource-policy": "same-site" });
  secureAnswer(others, "a");
  assertEquals(others.get("cross-origin-resource-policy"), "same-origin");
});

Deno.test("secureAnswer() lets an image load and run nothing", () => {
  const headers = new Headers({
    "content-type": "image/svg+xml; charset=utf-8",
    "content-security-policy": "script-src 'self'",
  });
  secureAnswer(headers, "a");
  assertEquals(
    headers.get("content-security-policy"),
    "default-src 'none'; frame-ancestors 'self'; sandbox",
  );
});
