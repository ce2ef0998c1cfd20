import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { BUCKET_TIERS, planBuckets, STEP_MS } from "@/lib/domain/tier.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FROM = 1_700_000_000_000;

interface Row {
  readonly name: string;
  readonly spanMs: number;
  readonly points: number;
  readonly covered?: readonly string[];
  readonly plan: ReturnType<typeof planBuckets>;
}

const ROWS: readonly Row[] = [
  {
    name: "an hour at 500 points",
    ...{ spanMs: HOUR, points: 500, plan: { tier: "tenSeconds", stepMs: 10_000 } },
  },
  {
    name: "a day at 500 points",
    ...{ spanMs: DAY, points: 500, plan: { tier: "minute", stepMs: 180_000 } },
  },
  {
    name: "thirty days at 500 points",
    ...{ spanMs: 30 * DAY, points: 500, plan: { tier: "hour", stepMs: 2 * HOUR } },
  },
  {
    name: "a day of which only the hour tier is left",
    ...{ spanMs: DAY, points: 500, covered: ["hour"], plan: { tier: "hour", stepMs: HOUR } },
  },
  {
    name: "a day at 500 points without the minute tier",
    ...{ spanMs: DAY, points: 500, covered: ["tenSeconds", "hour"] },
    plan: { tier: "tenSeconds", stepMs: 180_000 },
  },
  {
    name: "more than any tier covers",
    ...{ spanMs: DAY, points: 500, covered: [], plan: { tier: "hour", stepMs: HOUR } },
  },
];

for (const { name, spanMs, points, covered = BUCKET_TIERS, plan } of ROWS) {
  Deno.test(`planBuckets() answers ${name}`, () => {
    const covers = (tier: string) => covered.includes(tier);
    assertEquals(planBuckets({ from: FROM, to: FROM + spanMs, points, covers }), plan);
  });
}

const QUESTIONS = fc.record({
  from: fc.integer({ min: 0, max: 2e12 }),
  spanMs: fc.integer({ min: 1, max: 800 * DAY }),
  points: fc.integer({ min: 1, max: 5_000 }),
  covered: fc.subarray([...BUCKET_TIERS]),
});

Deno.test("planBuckets() never takes more than points buckets, of a multiple of the tier's step", () => {
  fc.assert(fc.property(QUESTIONS, ({ from, spanMs, points, covered }) => {
    const to = from + spanMs;
    const { tier, stepMs } = planBuckets({
      ...{ from, to, points },
      covers: (each) => covered.includes(each),
    });
    assertEquals(stepMs % STEP_MS[tier], 0);
    assert(Math.floor((to - 1) / stepMs) - Math.floor(from / stepMs) < points);
  }));
});

Deno.test("planBuckets() takes the shortest step that fits, as one finds it by trying each", () => {
  const question = fc.record({
    to: fc.integer({ min: 2, max: 1e9 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
    points: fc.integer({ min: 1, max: 500 }),
  });
  fc.assert(fc.property(question, ({ to, part, points }) => {
    const from = Math.floor((to - 1) * part);
    const { stepMs } = planBuckets({ from, to, points, covers: (tier) => tier === "tenSeconds" });
    const count = (step: number) => Math.floor((to - 1) / step) - Math.floor(from / step) + 1;
    let tried = Math.max(1, Math.ceil((to - from) / points / 10_000)) * 10_000;
    while (count(tried) > points) tried += 10_000;
    assertEquals(stepMs, tried);
  }));
});
