import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";

import { counter, exponentialOf, histogramOf, MetricStory, number } from "./points.ts";

/** An instant some seconds after one that is not 1970. */
function at(second: number): number {
  return 1_700_000_000_000 + second * 1_000;
}

function total(value: number, second: number, startedAt = at(-86_400)) {
  return counter([number(value, { at: at(second), startedAt })]);
}

Deno.test("advanceMetric() finds no growth in the first export of a process that has long been running", () => {
  const story = new MetricStory();
  story.take(total(1_000, 0), { at: at(0) });
  assertEquals(story.growth(60_000), {});
  assertEquals(story.values(), { m: 1_000 });
});

Deno.test("advanceMetric() counts from the start of a process that has just begun", () => {
  const story = new MetricStory();
  story.take(total(90, 30, at(0)), { at: at(30) });
  assertEquals(story.growth(30_000), { m: 90 });
});

Deno.test("advanceMetric() takes what was counted in no time at all for counted in a second", () => {
  for (
    const data of [
      total(5, 0, at(0)),
      counter([number(5, { at: at(0), startedAt: at(0) })], "delta"),
    ]
  ) {
    const story = new MetricStory();
    story.take(data, { at: at(0) });
    assertEquals(story.growth(1_000), { m: 5 });
  }
});

Deno.test("advanceMetric() counts a metric that a known process did not have from its export before", () => {
  const story = new MetricStory();
  story.take(total(6, 60), { at: at(60), previousAt: at(0) });
  assertEquals(story.growth(60_000), { m: 6 });
});

Deno.test("advanceMetric() takes the difference of totals", () => {
  const story = new MetricStory();
  story.take(total(100, 0), { at: at(0) });
  story.take(total(160, 60), { at: at(60) });
  assertEquals(story.growth(60_000), { m: 60 });
  // Expressions may look at any span; the growth is that of the last export.
  assertEquals(story.growth(10_000), { m: 10 });
});

Deno.test("advanceMetric() takes the whole total after a restart, also where it is greater than before", () => {
  for (const value of [5, 500]) {
    const story = new MetricStory();
    story.take(total(100, 0), { at: at(0) });
    story.take(total(value, 60, at(30)), { at: at(60) });
    assertEquals(story.growth(60_000), { m: value });
  }
});

Deno.test("advanceMetric() takes a total that fell for one that began anew", () => {
  const story = new MetricStory();
  story.take(total(100, 0, 0), { at: at(0) });
  story.take(total(7, 60, 0), { at: at(60) });
  assertEquals(story.growth(60_000), { m: 7 });
});

Deno.test("advanceMetric() counts a series that is new in a known metric from zero", () => {
  const story = new MetricStory();
  const ok = (value: number, second: number) =>
    number(value, { attributes: { status: "200" }, at: at(second), startedAt: at(-900) });
  story.take(counter([ok(100, 0)]), { at: at(0) });
  const failed = number(3, { attributes: { status: "500" }, at: at(60), startedAt: at(-900) });
  story.take(counter([ok(110, 60), failed]), { at: at(60) });
  assertEquals(story.growth(60_000), { "m{status=200}": 10, "m{status=500}": 3 });
});

Deno.test("advanceMetric() knows a series that was gone when it comes back", () => {
  const story = new MetricStory();
  const of = (status: string, value: number, second: number) =>
    number(value, { attributes: { status }, at: at(second), startedAt: at(-900) });
  story.take(counter([of("200", 100, 0), of("500", 40, 0)]), { at: at(0) });
  story.take(counter([of("200", 110, 60)]), { at: at(60) });
  assertEquals(story.growth(60_000), { "m{status=200}": 10 });
  story.take(counter([of("200", 120, 120), of("500", 42, 120)]), { at: at(120) });
  assertEquals(story.growth(120_000), { "m{status=200}": 20, "m{status=500}": 2 });
});

Deno.test("advanceMetric() takes deltas as they are, and adds them up", () => {
  const story = new MetricStory();
  const delta = (value: number, second: number) =>
    counter([number(value, { at: at(second), startedAt: at(second - 60) })], "delta");
  story.take(delta(30, 60), { at: at(60) });
  assertEquals(story.growth(60_000), { m: 30 });
  story.take(delta(12, 120), { at: at(120) });
  assertEquals(story.growth(60_000), { m: 12 });
  assertEquals(story.values(), { m: 42 });
});

Deno.test("advanceMetric() counts nothing twice that is sent twice, and nothing that comes late", () => {
  const story = new MetricStory();
  story.take(total(100, 0), { at: at(0) });
  story.take(total(160, 60), { at: at(60) });
  story.take(total(160, 60), { at: at(60) });
  assertEquals(story.growth(60_000), { m: 60 });
  story.take(total(130, 30), { at: at(30) });
  assertEquals(story.growth(60_000), { m: 60 });
});

Deno.test("advanceMetric() puts together what was observed at one instant and sent in parts", () => {
  const story = new MetricStory();
  const of = (cpu: string, value: number, second: number) =>
    counter([number(value, { attributes: { cpu }, at: at(second), startedAt: at(-900) })]);
  for (const [second, value] of [[0, 10], [60, 25]] as const) {
    story.take(of("0", value, second), { at: at(second) });
    story.take(of("1", 2 * value, second), { at: at(second) });
  }
  assertEquals(story.growth(60_000), { "m{cpu=0}": 15, "m{cpu=1}": 30 });
});

Deno.test("observeMetric() shows a histogram as an exposition would", () => {
  const story = new MetricStory("http.duration");
  const point = histogramOf([0.2, 0.3, 0.7, 9], { bounds: [0.25, 0.5, 1], at: at(60) });
  story.take({ kind: "histogram", temporality: "cumulative", points: [point] }, { at: at(60) });
  assertEquals(story.values(), {
    "http.duration_bucket{le=0.25}": 1,
    "http.duration_bucket{le=0.5}": 2,
    "http.duration_bucket{le=1}": 3,
    "http.duration_bucket{le=+Inf}": 4,
    "http.duration_count": 4,
    "http.duration_sum": 10.2,
  });
});

Deno.test("observeMetric() compares exponential histograms of different scales", () => {
  const story = new MetricStory();
  const take = (values: number[], scale: number, second: number) =>
    story.take({
      kind: "exponential histogram",
      temporality: "cumulative",
      points: [exponentialOf(values, { scale, at: at(second), startedAt: at(-900) })],
    }, { at: at(second) });
  take([1.5, 3], 6, 0);
  take([1.5, 3, 3, 900], 3, 60);
  const growth = story.growth(60_000);
  assertEquals(growth["m_count"], 2);
  assertEquals(growth["m_bucket{le=+Inf}"], 2);
  const smallest = Object.entries(growth).find(([name]) => name.startsWith("m_bucket"));
  assertEquals(smallest?.[1], 0);
});

Deno.test("observeMetric() shows the same growth by deltas as by totals, however long each export took", () => {
  const step = fc.record({
    seconds: fc.integer({ min: 1, max: 300 }),
    value: fc.integer({ min: 0, max: 1_000 }),
  });
  fc.assert(fc.property(fc.array(step, { minLength: 2, maxLength: 8 }), (steps) => {
    const [totals, deltas] = [new MetricStory(), new MetricStory()];
    let second = 0;
    let sum = 0;
    for (const { seconds, value } of steps) {
      const began = second;
      second += seconds;
      sum += value;
      totals.take(total(sum, second, at(0)), { at: at(second) });
      const point = number(value, { at: at(second), startedAt: at(began) });
      deltas.take(counter([point], "delta"), { at: at(second) });
    }
    assertAlmostEquals(totals.growth(1_000).m ?? NaN, deltas.growth(1_000).m ?? NaN, 1e-6);
    assertEquals(totals.values(), deltas.values());
  }));
});
