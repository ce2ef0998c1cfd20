import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import * as fc from "fast-check";

import {
  appendSamples,
  cutAtHoles,
  downsample,
  findHoles,
  moveCursor,
  nearestRow,
  readRow,
  splitAtHoles,
  sumAll,
} from "@/components/service/series_columns.ts";
import type { SeriesColumns } from "@/lib/protocol/history_views.ts";

const RAW = { stepMs: 0, gaps: [] };
const EVER = { from: -Infinity, to: Infinity };

function raw(...samples: readonly (readonly [at: number, value: number])[]): SeriesColumns {
  const values = samples.map(([, value]) => value);
  return {
    ...{ t: samples.map(([at]) => at), min: values, max: values, avg: values },
    count: values.map(() => 1),
  };
}

function everySecond(...seconds: readonly number[]): SeriesColumns {
  return raw(...seconds.map((second) => [second * 1_000, second] as const));
}

Deno.test("appendSamples() takes the samples that are newer", () => {
  const samples = [{ at: 1_000, value: 9 }, { at: 2_000, value: 7 }];
  assertEquals(appendSamples(raw([1_000, 5]), samples, EVER), raw([1_000, 5], [2_000, 7]));
});

Deno.test("appendSamples() drops what has left the window but for the last, where the line comes in", () => {
  const columns = everySecond(1, 2, 3, 4);
  const span = { from: 2_500, to: 5_500 };
  const after = appendSamples(columns, [{ at: 5_000, value: 5 }], span);
  assertEquals(after, everySecond(2, 3, 4, 5));
});

Deno.test("appendSamples() takes nothing from before the window", () => {
  const span = { from: 2_000, to: 4_000 };
  assertEquals(appendSamples(raw(), [{ at: 1_000, value: 1 }], span), raw());
});

Deno.test("appendSamples() returns the same object when nothing changes", () => {
  const columns = everySecond(1, 2);
  const span = { from: 1_500, to: 3_000 };
  assertStrictEquals(appendSamples(columns, [{ at: 2_000, value: 8 }], span), columns);
});

Deno.test("splitAtHoles() cuts where raw samples are missing for more than three of their pauses", () => {
  assertEquals(splitAtHoles(everySecond(1, 2, 3, 4, 7, 8), RAW), [{ start: 0, end: 6 }]);
  assertEquals(splitAtHoles(everySecond(1, 2, 3, 4, 8, 9), RAW), [
    { start: 0, end: 4 },
    { start: 4, end: 6 },
  ]);
});

Deno.test("splitAtHoles() takes a slow rhythm for what it is", () => {
  assertEquals(splitAtHoles(everySecond(0, 30, 60, 90), RAW), [{ start: 0, end: 4 }]);
});

Deno.test("splitAtHoles() does not take a long silence for a rhythm", () => {
  assertEquals(splitAtHoles(everySecond(0, 1, 241), RAW), [
    { start: 0, end: 2 },
    { start: 2, end: 3 },
  ]);
});

Deno.test("findHoles() cuts where a service went DOWN, which two samples alone cannot tell", () => {
  const spans = [
    { from: 0, to: 6_000, status: "HEALTHY" as const },
    { from: 6_000, to: 30_500, status: "DOWN" as const },
  ];
  const holes = findHoles(RAW, { spans });
  const apart = [{ start: 0, end: 1 }, { start: 1, end: 3 }];
  assertEquals(splitAtHoles(everySecond(1, 30, 31), holes), apart);
  assertEquals(splitAtHoles(everySecond(1, 30), holes).length, 2);
  assertEquals(splitAtHoles(everySecond(1, 30), RAW).length, 1);
});

Deno.test("splitAtHoles() cuts where buckets are missing", () => {
  const columns = everySecond(0, 10, 20, 60, 70);
  const runs = splitAtHoles(columns, { stepMs: 10_000, gaps: [] });
  assertEquals(runs, [{ start: 0, end: 3 }, { start: 3, end: 5 }]);
});

Deno.test("splitAtHoles() cuts where no monitor was running, however short that was", () => {
  const gaps = [{ from: 2_100, to: 2_900 }];
  assertEquals(splitAtHoles(everySecond(1, 2, 3, 4), { stepMs: 0, gaps }), [
    { start: 0, end: 2 },
    { start: 2, end: 4 },
  ]);
});

Deno.test("splitAtHoles() keeps the bucket in which a gap ends with those after it", () => {
  const gaps = [{ from: 14_000, to: 43_000 }];
  const runs = splitAtHoles(everySecond(0, 10, 40, 50), { stepMs: 10_000, gaps });
  assertEquals(runs, [{ start: 0, end: 2 }, { start: 2, end: 4 }]);
});

Deno.test("splitAtHoles() has no runs where there are no samples", () => {
  assertEquals(splitAtHoles(raw(), RAW), []);
});

Deno.test("cutAtHoles() puts an empty row into each hole", () => {
  const [t, max, min, avg] = cutAtHoles(everySecond(1, 2, 3, 9), RAW);
  assertEquals(t, [1_000, 2_000, 3_000, 6_000, 9_000]);
  for (const column of [max, min, avg]) assertEquals(column, [1, 2, 3, null, 9]);
});

Deno.test("cutAtHoles() keeps all values and the order of times", () => {
  const times = fc.uniqueArray(fc.nat(100_000)).map((list) => list.sort((a, b) => a - b));
  fc.assert(fc.property(times, (list) => {
    const columns = raw(...list.map((at) => [at, at] as const));
    const [t, , , avg] = cutAtHoles(columns, RAW);
    assertEquals(avg.filter((value) => value !== null), list);
    assert(t.every((at, index) => index === 0 || at > (t[index - 1] ?? 0)));
  }));
});

Deno.test("sumAll() weighs means by how many samples are in them", () => {
  const columns = { t: [0, 10], min: [1, 4], max: [3, 9], avg: [2, 6], count: [1, 3] };
  assertEquals(sumAll(columns), { at: 0, min: 1, max: 9, mean: 5, count: 4 });
  assertEquals(sumAll(raw()), undefined);
});

Deno.test("downsample() keeps least, greatest, mean and count", () => {
  const lists = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 300 });
  fc.assert(fc.property(lists, (values) => {
    const columns = raw(...values.map((value, index) => [index, value] as const));
    const rows = downsample(columns, 60);
    assert(rows.length <= 60);
    assertEquals(Math.min(...rows.map(({ min }) => min)), Math.min(...values));
    assertEquals(Math.max(...rows.map(({ max }) => max)), Math.max(...values));
    const total = rows.reduce((sum, { mean, count }) => sum + mean * count, 0);
    assert(Math.abs(total - values.reduce((sum, value) => sum + value, 0)) < 1e-6);
    assertEquals(rows.reduce((sum, { count }) => sum + count, 0), values.length);
  }));
});

Deno.test("downsample() leaves what fits as it is", () => {
  assertEquals(downsample(everySecond(1, 2), 60).map(({ at, count }) => [at, count]), [
    [1_000, 1],
    [2_000, 1],
  ]);
});

Deno.test("nearestRow() finds the nearest on either side", () => {
  const columns = everySecond(1, 2, 5);
  const rows = [0, 1_400, 1_600, 3_400, 3_600, 9_000].map((at) => nearestRow(columns, at));
  assertEquals(rows, [0, 0, 1, 1, 2, 2]);
  assertEquals(nearestRow(raw(), 5), -1);
});

Deno.test("readRow() reads nothing where there are no samples", () => {
  const columns = everySecond(1, 2, 20);
  assertEquals(readRow(columns, 2_400, RAW)?.at, 2_000);
  assertEquals(readRow(columns, 11_000, RAW), undefined);
});

Deno.test("moveCursor() begins at the newest row and ends at the edges", () => {
  const columns = everySecond(1, 2, 3);
  assertEquals(moveCursor(columns, null, -1), 3_000);
  assertEquals(moveCursor(columns, 3_000, -1), 2_000);
  assertEquals(moveCursor(columns, 2_000, -20), 1_000);
  assertEquals(moveCursor(columns, 2_000, Infinity), 3_000);
  assertEquals(moveCursor(raw(), null, 1), null);
});
