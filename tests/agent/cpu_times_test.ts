import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { cpuPercent } from "@/agent/cpu_times.ts";

Deno.test("cpuPercent() is the busy part of the time between two readings", async (t) => {
  const rows: [string, [number, number], [number, number], number | null][] = [
    ["half", [100, 100], [150, 150], 50],
    ["idle", [100, 100], [100, 200], 0],
    ["busy", [100, 100], [200, 100], 100],
    ["no time has passed", [100, 100], [100, 100], null],
    ["busy went back", [100, 100], [90, 200], null],
    ["idle went back", [100, 100], [200, 90], null],
    ["both went back", [100, 100], [0, 0], null],
  ];
  for (const [name, [busy, idle], [laterBusy, laterIdle], percent] of rows) {
    await t.step(name, () => {
      assertEquals(cpuPercent({ busy, idle }, { busy: laterBusy, idle: laterIdle }), percent);
    });
  }
});

Deno.test("cpuPercent() is 0 to 100 for counters that only grow", () => {
  const count = fc.maxSafeNat();
  fc.assert(fc.property(count, count, fc.nat(), fc.nat(), (busy, idle, moreBusy, moreIdle) => {
    const later = { busy: busy + moreBusy, idle: idle + moreIdle };
    const percent = cpuPercent({ busy, idle }, later);
    if (percent === null) assertEquals([moreBusy, moreIdle], [0, 0]);
    else assert(percent >= 0 && percent <= 100);
  }));
});
