import { assert, assertEquals, assertThrows } from "@std/assert";

import { OS_CPUS, sumCpus } from "@/agent/cpu.ts";

Deno.test("sumCpus() adds up what each CPU did", () => {
  const one = { times: { user: 1, nice: 2, sys: 4, irq: 8, idle: 100 } };
  const other = { times: { user: 10, nice: 20, sys: 40, irq: 80, idle: 1_000 } };
  assertEquals(sumCpus([one, other]), { busy: 165, idle: 1_100 });
});

Deno.test("sumCpus() refuses a system that names no CPU", () => {
  assertThrows(() => sumCpus([]), RangeError, "names no CPU");
});

Deno.test({
  name: "OS_CPUS reads this machine",
  permissions: { sys: ["cpus"] },
  fn: async () => {
    const { busy, idle } = await OS_CPUS.read();
    assert(busy > 0 && idle > 0);
  },
});
