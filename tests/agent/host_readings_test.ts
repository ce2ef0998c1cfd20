import { assertEquals, assertStrictEquals } from "@std/assert";

import type { CpuTimes } from "@/agent/cpu_times.ts";
import { createHostReadings, firstReadable } from "@/agent/host_readings.ts";
import { RecordedLog } from "../support/recorded_log.ts";

/** Gives one value after the other; an error is thrown. */
class FakeSource<Value> {
  readonly #values: (Value | Error)[];

  constructor(...values: (Value | Error)[]) {
    this.#values = values;
  }

  read(): Promise<Value> {
    const value = this.#values.shift();
    if (value === undefined) return Promise.reject(new Error("nothing left"));
    return value instanceof Error ? Promise.reject(value) : Promise.resolve(value);
  }
}

function times(busy: number, idle: number): CpuTimes {
  return { busy, idle };
}

Deno.test("createHostReadings() has CPU from the second reading on", async () => {
  const readings = createHostReadings({
    cpu: new FakeSource(times(0, 0), times(25, 75), times(125, 75)),
    memory: new FakeSource(40, 41, 42),
    log: new RecordedLog(),
  });
  assertEquals(await readings.read(), { memory: 40 });
  assertEquals(await readings.read(), { cpu: 25, memory: 41 });
  assertEquals(await readings.read(), { cpu: 100, memory: 42 });
});

Deno.test("createHostReadings() leaves out CPU when counters went back", async () => {
  const readings = createHostReadings({
    cpu: new FakeSource(times(100, 100), times(50, 50), times(60, 90)),
    memory: new FakeSource(40, 40, 40),
    log: new RecordedLog(),
  });
  await readings.read();
  assertEquals(await readings.read(), { memory: 40 });
  assertEquals(await readings.read(), { cpu: 20, memory: 40 });
});

Deno.test("createHostReadings() leaves out what fails, and logs only the change", async () => {
  const log = new RecordedLog();
  const broken = new Error("gone");
  const readings = createHostReadings({
    cpu: new FakeSource(times(0, 0), times(1, 1), times(2, 2), times(3, 3)),
    memory: new FakeSource<number>(broken, broken, 40, broken),
    log,
  });
  assertEquals(await readings.read(), {});
  assertEquals(await readings.read(), { cpu: 50 });
  assertEquals(await readings.read(), { cpu: 50, memory: 40 });
  assertEquals(await readings.read(), { cpu: 50 });
  assertEquals(log.lines, ["warn: cannot measure", "info: measured again", "warn: cannot measure"]);
  assertEquals(log.fields[0], { metric: "memory", reason: "gone" });
});

Deno.test("createHostReadings() measures CPU over the gap after a failure", async () => {
  const readings = createHostReadings({
    cpu: new FakeSource(times(0, 0), new Error("gone"), times(10, 30)),
    memory: new FakeSource(40, 40, 40),
    log: new RecordedLog(),
  });
  await readings.read();
  assertEquals(await readings.read(), { memory: 40 });
  assertEquals(await readings.read(), { cpu: 25, memory: 40 });
});

Deno.test("firstReadable() takes the first that works, else the last", async () => {
  const broken = new FakeSource<number>(new Error("no permission"));
  const working = new FakeSource(1, 2);
  const other = new FakeSource(3);
  assertStrictEquals(await firstReadable([broken, working, other]), working);
  assertStrictEquals(await firstReadable([broken, broken]), broken);
});
