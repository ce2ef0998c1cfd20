import { assertEquals } from "@std/assert";

import { RateMeter } from "@/lib/collector/rate_meter.ts";

Deno.test("RateMeter averages the last ten full seconds", () => {
  const steady = new RateMeter(0);
  for (let second = 0; second <= 30; second++) steady.add(4, second * 1_000 + 500);
  assertEquals(steady.perSecond(31_000), 4);
  assertEquals(steady.perSecond(36_000), 2);
  assertEquals(steady.perSecond(60_000), 0);
});

Deno.test("RateMeter is right from the first second and after a step back of the clock", () => {
  const meter = new RateMeter(10_000);
  meter.add(3, 10_200);
  assertEquals(meter.perSecond(10_300), 3);
  meter.add(3, 11_100);
  assertEquals(meter.perSecond(12_000), 3);
  meter.add(1, 5_000);
  assertEquals(meter.perSecond(12_999) >= 0, true);
});
