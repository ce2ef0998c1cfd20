import { assert, assertFalse } from "@std/assert";

import { isSameSource } from "@/lib/ports/same_source.ts";
import { Secret } from "@/lib/ports/secret.ts";
import type { SourceConfig } from "@/lib/ports/source_config.ts";
import { ANY_GOOD, httpProbe } from "@/tests/sources/probe/probes.ts";

Deno.test("isSameSource() takes for the same what says the same", () => {
  assert(isSameSource({ kind: "push" }, { kind: "push" }));
  assert(isSameSource(httpProbe(), httpProbe()));
  const headers = () => ({ a: new Secret("1"), b: new Secret("2") });
  assert(isSameSource(httpProbe({ headers: headers() }), httpProbe({ headers: headers() })));
});

Deno.test("isSameSource() sees every difference, secrets and depths included", async (t) => {
  const one = httpProbe({ headers: { a: new Secret("1") }, body: new Secret("x") });
  const rows: readonly (readonly [name: string, other: SourceConfig])[] = [
    ["the kind", { kind: "push" }],
    ["the interval", { ...one, intervalMs: 1 }],
    ["a secret", httpProbe({ headers: { a: new Secret("2") }, body: new Secret("x") })],
    [
      "a further key",
      httpProbe({ headers: { a: new Secret("1"), b: new Secret("1") }, body: new Secret("x") }),
    ],
    ["another key", httpProbe({ headers: { b: new Secret("1") }, body: new Secret("x") })],
    ["nothing for a secret", httpProbe({ headers: { a: new Secret("1") } })],
    [
      "something deep down",
      httpProbe({
        ...{ headers: { a: new Secret("1") }, body: new Secret("x") },
        expect: { ...ANY_GOOD, statuses: [{ from: 200, to: 200 }] },
      }),
    ],
  ];
  for (const [name, other] of rows) {
    await t.step(name, () => {
      assertFalse(isSameSource(one, other));
      assertFalse(isSameSource(other, one));
    });
  }
});
