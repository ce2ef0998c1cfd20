import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";

import { parseMeminfo, SYSTEM_MEMORY } from "@/agent/memory.ts";

const FIXTURES = new URL("../fixtures/proc/", import.meta.url);

Deno.test("parseMeminfo() takes what the kernel would give up for free", async () => {
  const text = await Deno.readTextFile(new URL("meminfo_24g.txt", FIXTURES));
  assertAlmostEquals(parseMeminfo(text), 100 * (24_684_096 - 24_256_748) / 24_684_096);
});

Deno.test("parseMeminfo() is 0 to 100", async (t) => {
  const rows: [number, number, number][] = [[100, 0, 100], [100, 100, 0], [100, 101, 0]];
  for (const [total, available, percent] of rows) {
    await t.step(`${available} of ${total} available`, () => {
      const text = `MemTotal: ${total} kB\nMemAvailable: ${available} kB\n`;
      assertEquals(parseMeminfo(text), percent);
    });
  }
});

Deno.test("parseMeminfo() refuses what does not say", async (t) => {
  const rows: [string, string, string][] = [
    ["nothing", "", '"MemTotal: 1024 kB"'],
    ["a kernel before 3.14", "MemTotal: 10 kB\nMemFree: 5 kB\n", '"MemAvailable: 1024 kB"'],
    ["no memory", "MemTotal: 0 kB\nMemAvailable: 0 kB\n", "the total is 0"],
  ];
  for (const [name, text, message] of rows) {
    await t.step(name, () => {
      assertThrows(() => parseMeminfo(text), Error, message);
    });
  }
});

Deno.test({
  name: "SYSTEM_MEMORY reads this machine",
  permissions: { sys: ["systemMemoryInfo"] },
  fn: async () => {
    const percent = await SYSTEM_MEMORY.read();
    assert(percent > 0 && percent < 100);
  },
});
