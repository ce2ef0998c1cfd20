import { assertEquals } from "@std/assert";
import fc from "fast-check";

import { dayCells, describeDay, isPartial, measureDays } from "@/lib/domain/day_cell.ts";
import type { PublicSpan, PublicStatus } from "@/lib/domain/public_status.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Spans that follow each other from the beginning of 1 Jan 1970, in hours. */
function spansOf(rows: readonly (readonly [PublicStatus, hours: number])[]): PublicSpan[] {
  let at = 0;
  return rows.map(([status, hours]) => ({ status, from: at, to: at += hours * HOUR }));
}

Deno.test("dayCells() has the worst status of each day, and no data is no good day", () => {
  const spans = spansOf([
    ...[["unknown", 24], ["up", 30], ["degraded", 1], ["up", 17], ["down", 0.1]] as const,
    ...[["degraded", 3], ["up", 20.9], ["maintenance", 2], ["up", 22]] as const,
  ]);
  const cells = dayCells(spans, { now: 6 * DAY - 1, days: 6 });
  assertEquals(cells.map(({ status }) => status), [
    ...["unknown", "up", "degraded", "down", "maintenance", "unknown"] as const,
  ]);
  assertEquals(cells.map(({ day }) => day / DAY), [0, 1, 2, 3, 4, 5]);
});

Deno.test("dayCells() ends with today as far as it has come", () => {
  const now = 2 * DAY + 6 * HOUR;
  const [yesterday, today] = dayCells(spansOf([["up", 24 * 9]]), { now, days: 2 });
  assertEquals(yesterday?.heldMs.up, DAY);
  assertEquals(today?.heldMs, { up: 6 * HOUR, degraded: 0, down: 0, maintenance: 0, unknown: 0 });
});

Deno.test("dayCells() knows nothing at the first instant of a day", () => {
  const cells = dayCells(spansOf([["up", 24]]), { now: DAY, days: 2 });
  assertEquals(cells.map(({ status }) => status), ["up", "unknown"]);
});

Deno.test("dayCells() accounts for all of the time, each of it once", () => {
  const status = fc.constantFrom<PublicStatus>("up", "degraded", "down", "maintenance", "unknown");
  const rows = fc.array(fc.tuple(status, fc.integer({ min: 1, max: 60 })));
  fc.assert(fc.property(rows, fc.integer({ min: 1, max: 9 }), fc.nat(9 * 24), (list, days, h) => {
    const now = h * HOUR + days * DAY;
    const cells = dayCells(spansOf(list), { now, days });
    const total = cells.flatMap(({ heldMs }) => Object.values(heldMs)).reduce((a, b) => a + b, 0);
    assertEquals(total, (days - 1) * DAY + now % DAY);
  }));
});

Deno.test("measureDays() leaves out maintenance and what is not known", () => {
  const spans = spansOf([["unknown", 6], ["maintenance", 6], ["down", 3], ["up", 9]]);
  const cells = dayCells(spans, { now: DAY - 1, days: 1 });
  const { ratio, knownMs } = measureDays(cells);
  assertEquals([ratio?.toFixed(3), Math.round(knownMs / HOUR)], ["0.750", 12]);
  assertEquals(measureDays([]), { ratio: null, knownMs: 0 });
});

Deno.test("describeDay() tells what happened and what is not known", async (t) => {
  const rows: [string, Parameters<typeof spansOf>[0], string][] = [
    ["a good day", [["up", 24]], "1 Jan 1970: 100 % up"],
    ["no data", [], "1 Jan 1970: no data"],
    [
      "slow for a while",
      [["up", 23], ["degraded", 1]],
      "1 Jan 1970: 100 % up, degraded for 59 min",
    ],
    [
      "all of it",
      [["down", 6], ["degraded", 6], ["maintenance", 2], ["up", 10]],
      "1 Jan 1970: 72.72 % up, down for 6 h, degraded for 6 h, maintenance for 2 h",
    ],
    ["maintenance alone", [["maintenance", 24]], "1 Jan 1970: maintenance for 23 h 59 min"],
    ["little of it", [["up", 2]], "1 Jan 1970: 100 % up, no data for 21 h 59 min"],
    ["most of it", [["up", 20]], "1 Jan 1970: 100 % up"],
  ];
  for (const [name, spans, words] of rows) {
    await t.step(name, () => {
      const cells = dayCells(spansOf(spans), { now: DAY - 1, days: 1 });
      assertEquals(cells.map(describeDay), [words]);
    });
  }
});

Deno.test("isPartial() is a day of which less than half is on record", () => {
  const partial = (hours: number) =>
    dayCells(spansOf([["up", hours]]), { now: DAY - 1, days: 1 }).map(isPartial);
  assertEquals([partial(1), partial(13), partial(0)], [[true], [false], [false]]);
});
