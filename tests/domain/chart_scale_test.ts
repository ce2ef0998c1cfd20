import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";

import { formatTick, placeTimeTicks, scaleValues } from "@/lib/domain/chart_scale.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const UTC = { offsetMs: () => 0 };

Deno.test("scaleValues() begins at zero and writes about four round numbers", async (t) => {
  const rows: readonly (readonly [values: number[], ticks: number[]])[] = [
    [[40, 85], [0, 25, 50, 75]],
    [[0.2, 0.7], [0, 0.2, 0.4, 0.6]],
    [[120, 500], [0, 200, 400]],
    [[1_000_000], [0, 250_000, 500_000, 750_000, 1_000_000]],
    [[-20, 20], [-20, -10, 0, 10, 20]],
    [[], [0, 0.25, 0.5, 0.75, 1]],
    [[0], [0, 0.25, 0.5, 0.75, 1]],
  ];
  for (const [values, ticks] of rows) {
    await t.step(`${values}`, () => assertEquals(scaleValues(values).ticks, ticks));
  }
});

Deno.test("scaleValues() holds all values, and its ticks", () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }));
  fc.assert(fc.property(values, (list) => {
    const { low, high, ticks } = scaleValues(list);
    assert(low < high);
    for (const value of [...list, ...ticks]) assert(value >= low && value <= high, `${value}`);
    assert(ticks.length >= 2 && ticks.length <= 8, `${ticks}`);
  }));
});

Deno.test("scaleValues() leaves room below a line at zero", () => {
  for (const values of [[0], [0, 85], [1e6]]) {
    const { low, high, ticks } = scaleValues(values);
    assert(low < 0 && low > -high / 50, `${low} of ${high}`);
    assert(Object.is(ticks[0], 0), `${ticks}`);
  }
});

Deno.test("formatTick() writes thousands and more as letters", () => {
  const rows = [
    ...[0, 0.5, -20, 9_999, 10_000, -150_000, 999_000, 1_000_000, 2_500_000].map(formatTick),
    ...[7.5e9, 2e12, 7.5e15, 2e20, 0.000_025].map(formatTick),
  ];
  assertEquals(rows, [
    ...["0", "0.5", "-20", "9999", "10k", "-150k", "999k", "1M", "2.5M"],
    ...["7.5G", "2T", "7.5P", "2e20", "2.5e-5"],
  ]);
});

Deno.test("formatTick() writes the ticks of any scale in at most six letters, without a sign", () => {
  const values = fc.tuple(fc.integer({ min: 10, max: 99 }), fc.integer({ min: -5, max: 80 }));
  fc.assert(fc.property(values, ([digits, exponent]) => {
    const written = scaleValues([digits * 10 ** exponent]).ticks.map(formatTick);
    assert(written.every((text) => text.length <= 6), `${written}`);
    assertEquals(new Set(written).size, written.length);
  }));
});

Deno.test("placeTimeTicks() takes round times of day", async (t) => {
  const rows: readonly (readonly [spanMs: number, stepMs: number])[] = [
    [5_000, 1_000],
    [300_000, 60_000],
    [HOUR, 600_000],
    [6 * HOUR, HOUR],
    [DAY, 3 * HOUR],
    [7 * DAY, DAY],
    [30 * DAY, 5 * DAY],
    [365 * DAY, 60 * DAY],
  ];
  for (const [spanMs, stepMs] of rows) {
    await t.step(`${spanMs} ms`, () => {
      const to = 1_700_000_123_456;
      const ticks = placeTimeTicks({ from: to - spanMs, to }, { count: 8, ...UTC });
      assertEquals(ticks.stepMs, stepMs);
      if (stepMs < 30 * DAY) assert(ticks.at.every((at) => at % stepMs === 0));
    });
  }
});

Deno.test("placeTimeTicks() takes the midnights of the reader's place", () => {
  const to = Date.UTC(2026, 5, 10);
  const offsetMs = () => 2 * HOUR;
  const ticks = placeTimeTicks({ from: to - 3 * DAY, to }, { count: 4, offsetMs });
  assertEquals(ticks.at.map((at) => new Date(at).getUTCHours()), [22, 22, 22]);
});

Deno.test("placeTimeTicks() takes first days of months over a year", () => {
  const span = { from: Date.UTC(2025, 10, 20), to: Date.UTC(2026, 10, 20) };
  const { at } = placeTimeTicks(span, { count: 8, ...UTC });
  assertEquals(at.map((time) => new Date(time).toISOString().slice(0, 10)), [
    ...["2026-01-01", "2026-03-01", "2026-05-01"],
    ...["2026-07-01", "2026-09-01", "2026-11-01"],
  ]);
});

Deno.test("placeTimeTicks() has ticks while clocks are set back, and forward", async (t) => {
  const rows: readonly (readonly [name: string, before: number, after: number])[] = [
    ["back", 2 * HOUR, HOUR],
    ["forward", HOUR, 2 * HOUR],
  ];
  for (const [name, before, after] of rows) {
    await t.step(name, () => {
      const change = 1_000 * HOUR;
      const offsetMs = (at: number) => at < change ? before : after;
      for (const [spanMs, stepMs] of [[300_000, 60_000], [HOUR, 600_000]] as const) {
        for (const from of [change - spanMs / 2, change - spanMs / 4, change]) {
          const ticks = placeTimeTicks({ from, to: from + spanMs }, { count: 8, offsetMs });
          assertEquals(ticks.stepMs, stepMs);
          assertEquals(ticks.at.length, spanMs / stepMs);
        }
      }
    });
  }
});

Deno.test("placeTimeTicks() stays within the span, with at most one tick more than asked for", () => {
  const spans = fc.tuple(fc.nat({ max: 2e12 }), fc.integer({ min: 1_000, max: 730 * DAY }));
  fc.assert(fc.property(spans, fc.integer({ min: 3, max: 10 }), ([from, lengthMs], count) => {
    const { at } = placeTimeTicks({ from, to: from + lengthMs }, { count, ...UTC });
    assert(at.length <= count + 1, `${at.length}`);
    assert(at.every((time) => time >= from && time < from + lengthMs));
  }));
});
