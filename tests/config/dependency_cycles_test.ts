import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { findCycles } from "@/lib/config/dependency_cycles.ts";

Deno.test("findCycles() finds circles", async (t) => {
  const rows: [string, Record<string, string[]>, string[][]][] = [
    ["nothing", {}, []],
    ["a chain", { a: ["b"], b: ["c"], c: [] }, []],
    ["a diamond", { a: ["b", "c"], b: ["d"], c: ["d"], d: [] }, []],
    ["itself", { a: ["a"] }, [["a", "a"]]],
    ["two", { a: ["b"], b: ["a"] }, [["a", "b", "a"]]],
    ["a tail into a circle", { t: ["a"], a: ["b"], b: ["a"] }, [["a", "b", "a"]]],
    ["two circles", { a: ["a"], b: ["c"], c: ["b"] }, [["a", "a"], ["b", "c", "b"]]],
    ["unknown names", { a: ["x"], b: ["a"] }, []],
    ["the same name twice", { a: ["b", "b"], b: [] }, []],
  ];
  for (const [name, dependsOn, cycles] of rows) {
    await t.step(name, () => {
      assertEquals(findCycles(new Map(Object.entries(dependsOn))), cycles);
    });
  }
});

Deno.test("findCycles() takes a chain of 100,000", () => {
  const chain = Array.from({ length: 100_000 }, (_, n) => [`s${n}`, [`s${n + 1}`]] as const);
  assertEquals(findCycles(new Map(chain)), []);
});

Deno.test("findCycles() finds a circle exactly if the graph cannot be ordered", () => {
  const names = ["a", "b", "c", "d", "e"];
  const graph = fc.tuple(...names.map(() => fc.subarray(names)));
  fc.assert(fc.property(graph, (edges) => {
    const dependsOn = new Map(names.map((name, index) => [name, edges[index] ?? []]));
    const cycles = findCycles(dependsOn);
    assertEquals(cycles.length > 0, !canBeOrdered(dependsOn));
    for (const cycle of cycles) {
      assertEquals(cycle[0], cycle.at(-1));
      cycle.slice(1).forEach((name, index) => {
        assert(dependsOn.get(cycle[index] ?? "")?.includes(name));
      });
    }
  }));
});

function canBeOrdered(dependsOn: ReadonlyMap<string, readonly string[]>): boolean {
  const done = new Set<string>();
  for (let round = 0; round < dependsOn.size; round++) {
    for (const [name, parents] of dependsOn) {
      if (parents.every((parent) => done.has(parent))) done.add(name);
    }
  }
  return done.size === dependsOn.size;
}
