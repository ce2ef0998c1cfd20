import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { extendRun, MAX_RUN } from "@/lib/domain/breach_run.ts";
import { latestBreaches } from "@/lib/domain/judgement.ts";
import type { SeriesSample } from "@/lib/domain/sample.ts";

import { threshold } from "./rules.ts";

const RULE = threshold({ critical: 95 });

function extendAll(values: readonly number[]): readonly SeriesSample[] {
  return values.reduce<readonly SeriesSample[]>(
    (run, value, at) => extendRun(RULE, run, { at, value }),
    [],
  );
}

Deno.test("extendRun() begins anew with each evaluation that is good, and with the first that is not", () => {
  assertEquals(extendAll([90, 91, 20]), [{ at: 2, value: 20 }]);
  assertEquals(extendAll([90, 20, 91]), [{ at: 2, value: 91 }]);
  assertEquals(extendAll([90, 91]).length, 2);
});

Deno.test("extendRun() keeps few of very many, the first and the newest among them", () => {
  const run = extendAll(Array.from({ length: 10_000 }, (_, index) => 86 + index % 10));
  assert(run.length <= MAX_RUN);
  assertEquals([run[0]?.at, run.at(-1)?.at], [0, 9_999]);
});

Deno.test("extendRun() proves no more than all evaluations did, at either limit", () => {
  const values = fc.array(fc.integer({ min: 84, max: 97 }), { minLength: 1, maxLength: 400 });
  fc.assert(fc.property(values, (series) => {
    const run = extendAll(series);
    const all = series.map((value, at) => ({ at, value }));
    for (const limit of [85, 95]) {
      const kept = latestBreaches(RULE, run, limit);
      const truth = latestBreaches(RULE, all, limit);
      assertEquals(kept.at(-1), truth.at(-1));
      assert((kept[0]?.at ?? Infinity) >= (truth[0]?.at ?? Infinity));
      if (limit === RULE.limit) assertEquals(kept[0], truth[0]);
    }
  }));
});
