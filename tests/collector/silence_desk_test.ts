import { assertEquals } from "@std/assert";

import { Collector } from "@/lib/collector/collector.ts";
import { MATCH_ALL } from "@/lib/domain/matcher.ts";

import { configOf } from "../support/config.ts";
import { FakeClock } from "../support/fake_clock.ts";

const HOUR_MS = 3_600_000;

/** A service that is DOWN and silenced for an hour; nothing is sent any more. */
async function silencedOutage() {
  const clock = new FakeClock();
  const told: string[] = [];
  const collector: Collector = new Collector({
    clock,
    config: configOf(),
    publish: ({ incidents }) => told.push(...incidents),
  });
  const silence = { startsAt: null, endsAt: clock.now() + HOUR_MS, author: "Anna", reason: "" };
  collector.silences.add({ ...silence, matcher: { ...MATCH_ALL, service: "checkout" } });
  collector.ingest([{ service: "checkout", metrics: {} }]);
  await clock.advance(10_000);
  const muted = () => collector.alertsOf("checkout").map(({ silencedBy }) => silencedBy !== null);
  assertEquals(muted(), [true]);
  told.length = 0;
  return { clock, told, collector, muted };
}

Deno.test("SilenceDesk notices the end of a silence within a minute after the clock was set", async () => {
  const { clock, told, collector, muted } = await silencedOutage();
  clock.step(2 * HOUR_MS);
  await clock.advance(60_000);
  assertEquals([muted(), new Set(told)], [[false], new Set(["checkout"])]);
  assertEquals(clock.pending, 0, "and waits no more once all is over");
  collector.stop();
});

Deno.test("SilenceDesk tells nothing while nothing begins or ends", async () => {
  const { clock, told, collector, muted } = await silencedOutage();
  await clock.advance(HOUR_MS - 10_001);
  assertEquals([muted(), told], [[true], []]);
  await clock.advance(1);
  assertEquals([muted(), told], [[false], ["checkout"]]);
  collector.stop();
});
