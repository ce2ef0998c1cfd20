import { assertEquals, assertThrows } from "@std/assert";

import { cpuPercent } from "@/agent/cpu_times.ts";
import { parseProcStat } from "@/agent/proc_stat.ts";

const FIXTURES = new URL("../fixtures/proc/", import.meta.url);

Deno.test("parseProcStat() sums the kinds of time of a real machine", async () => {
  const before = parseProcStat(await Deno.readTextFile(new URL("stat_2cpu_before.txt", FIXTURES)));
  const after = parseProcStat(await Deno.readTextFile(new URL("stat_2cpu_after.txt", FIXTURES)));
  assertEquals(before, { busy: 83_157 + 850 + 15_867 + 445 + 856, idle: 781_594 + 629 });
  // In five seconds, two CPUs: 27 ticks busy, 969 idle.
  assertEquals(cpuPercent(before, after), 100 * 27 / 996);
});

Deno.test("parseProcStat() counts kinds of time once", async (t) => {
  const rows: [string, string, { busy: number; idle: number }][] = [
    ["all kinds", "cpu  1 2 4 8 16 32 64 128 256 512", { busy: 231, idle: 24 }],
    ["guest is part of user", "cpu  50 0 0 50 0 0 0 0 50 0", { busy: 50, idle: 50 }],
    ["an old kernel", "cpu 1 2 4 8", { busy: 7, idle: 8 }],
    ["a newer kernel", "cpu  1 0 0 1 0 0 0 0 0 0 7", { busy: 1, idle: 1 }],
    ["not the first line", "intr 5\ncpu  1 0 0 1\ncpu0 1 0 0 1\n", { busy: 1, idle: 1 }],
    ["lines with \\r", "cpu  1 0 0 1\r\n", { busy: 1, idle: 1 }],
  ];
  for (const [name, text, times] of rows) {
    await t.step(name, () => assertEquals(parseProcStat(text), times));
  }
});

Deno.test("parseProcStat() refuses what is not /proc/stat", async (t) => {
  for (const text of ["", "cpu", "cpu  1 2 3", "cpu0 1 2 3 4", "cpu  1 2 3 x", "cpu  1 2 -3 4"]) {
    await t.step(`"${text}"`, () => {
      assertThrows(() => parseProcStat(text), SyntaxError, "Cannot read /proc/stat");
    });
  }
});
