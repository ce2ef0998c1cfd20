import { assertEquals, assertRejects } from "@std/assert";

import { MadeOnce } from "@/lib/protocol/made_once.ts";

Deno.test("MadeOnce makes each variant of a value once", async () => {
  const once = new MadeOnce<object, number>();
  const counts = { made: 0 };
  const make = () => Promise.resolve(++counts.made);
  const [one, other] = [{}, {}];
  assertEquals(await Promise.all([once.get(one, "a", make), once.get(one, "a", make)]), [1, 1]);
  assertEquals(await once.get(one, "b", make), 2);
  assertEquals(await once.get(other, "a", make), 3);
  assertEquals(await once.get(one, "a", make), 1);
});

Deno.test("MadeOnce keeps eight variants and no more", async () => {
  const once = new MadeOnce<object, number>();
  const counts = { made: 0 };
  const make = () => Promise.resolve(++counts.made);
  const source = {};
  for (let round = 0; round < 2; round++) {
    for (let variant = 0; variant < 10; variant++) await once.get(source, `${variant}`, make);
  }
  assertEquals(counts.made, 12);
});

Deno.test("MadeOnce tries again what could not be made", async () => {
  const once = new MadeOnce<object, number>();
  const source = {};
  await assertRejects(() => once.get(source, "", () => Promise.reject(new Error("not now"))));
  assertEquals(await once.get(source, "", () => Promise.resolve(1)), 1);
});
