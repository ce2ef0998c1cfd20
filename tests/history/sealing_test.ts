import { assertEquals } from "@std/assert";

import { rolledUpTo, worthSealing } from "@/lib/history/sealing.ts";

const NEVER = { tenSeconds: 0, minute: 0, hour: 0 };

Deno.test("rolledUpTo() ends with the last bucket that is over for a while", () => {
  assertEquals(rolledUpTo(3_609_999, NEVER), {
    ...{ tenSeconds: 3_590_000, minute: 3_540_000, hour: 0 },
  });
  assertEquals(rolledUpTo(3_610_000, NEVER), {
    ...{ tenSeconds: 3_600_000, minute: 3_600_000, hour: 3_600_000 },
  });
});

Deno.test("rolledUpTo() never goes back when the clock does", () => {
  const rolled = { tenSeconds: 50_000, minute: 0, hour: 0 };
  assertEquals(rolledUpTo(20_000, rolled), rolled);
});

Deno.test("worthSealing() is less the more services there are, within bounds", () => {
  assertEquals([1, 4, 1_000, 5_000, 10_000, 100_000].map(worthSealing), [
    ...[600, 600, 600, 120, 60, 60],
  ]);
});
