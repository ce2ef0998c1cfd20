import { assertEquals } from "@std/assert";

import { type Access, decideAccess, isOperatorAct } from "@/lib/protocol/operator_access.ts";
import { Secret } from "@/lib/ports/secret.ts";

const TOKEN = new Secret("correct-horse");

Deno.test("isOperatorAct() is whatever writes below /api and brings no samples", async (t) => {
  const rows: readonly [method: string, path: string, isAct: boolean][] = [
    ["GET", "/api/alerts", false],
    ["HEAD", "/api/silences", false],
    ["OPTIONS", "/api/silences", false],
    ["POST", "/api/silences", true],
    ["PUT", "/api/silences/s1", true],
    ["DELETE", "/api/silences/s1", true],
    ["POST", "/api/receivers/ops/test", true],
    ["PATCH", "/api/what-comes-later", true],
    ["POST", "/api/samples", false],
    ["POST", "/api/samples/x", true],
    ["POST", "/api/heartbeats/checkout", false],
    ["POST", "/", false],
  ];
  for (const [method, path, isAct] of rows) {
    await t.step(`${method} ${path}`, () => assertEquals(isOperatorAct({ method }, path), isAct));
  }
});

Deno.test("decideAccess() wants the token where there is one, else an own page or this machine", async (t) => {
  const rows: readonly [
    name: string,
    token: Secret | null,
    authorization: string | null,
    isOwnPage: boolean,
    isLocal: boolean,
    access: Access["kind"],
  ][] = [
    ["no token, own page", null, null, true, false, "granted"],
    ["no token, this machine", null, null, false, true, "granted"],
    ["no token, elsewhere", null, null, false, false, "forbidden"],
    ["no token, elsewhere with some token", null, "Bearer x", false, false, "forbidden"],
    ["token, given", TOKEN, "Bearer correct-horse", false, false, "granted"],
    [
      "token, given in another case of the scheme",
      TOKEN,
      "bearer correct-horse",
      false,
      false,
      "granted",
    ],
    ["token, not given by an own page", TOKEN, null, true, true, "unauthorized"],
    ["token, wrong", TOKEN, "Bearer correct-horsf", true, true, "unauthorized"],
    ["token, the beginning of it", TOKEN, "Bearer correct", true, true, "unauthorized"],
    ["token, another scheme", TOKEN, "Basic correct-horse", true, true, "unauthorized"],
    ["token, nothing behind the scheme", TOKEN, "Bearer ", true, true, "unauthorized"],
  ];
  for (const [name, token, authorization, isOwnPage, isLocal, kind] of rows) {
    await t.step(name, async () => {
      const access = await decideAccess({ token, authorization, isOwnPage, isLocal });
      assertEquals(access.kind, kind);
    });
  }
});
