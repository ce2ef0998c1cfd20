import { assertEquals } from "@std/assert";

import { tightenPolicy } from "@/lib/protocol/security_headers.ts";

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
