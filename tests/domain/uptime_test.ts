import { assertEquals } from "@std/assert";
import fc from "fast-check";

import type { StatusSpan } from "@/lib/domain/timeline.ts";
import { formatUptime, measureUptime } from "@/lib/domain/uptime.ts";

type Row = readonly [status: StatusSpan["status"], lengthMs: number];

function spansOf(rows: readonly Row[]): StatusSpan[] {
  let at = 1_000;
  return rows.map(([status, lengthMs]) => ({ status, from: at, to: at += lengthMs }));
}

Deno.test("measureUptime() is the part of the known time that is not DOWN", async (t) => {
  const rows: [name: string, spans: Row[], ratio: number | null, knownMs: number][] = [
    ["no time at all", [], null, 0],
    ["nothing is known", [["UNKNOWN", 10], ["GAP", 5]], null, 0],
    ["always up", [["HEALTHY", 10]], 1, 10],
    ["always down", [["DOWN", 10]], 0, 10],
    ["degraded is up", [["HEALTHY", 10], ["DEGRADED", 20], ["DOWN", 10]], 0.75, 40],
    [
      "gaps and unknown times count neither way",
      [
        ["UNKNOWN", 100],
        ["HEALTHY", 30],
        ["GAP", 100],
        ["DOWN", 10],
      ],
      0.75,
      40,
    ],
  ];
  for (const [name, spans, ratio, knownMs] of rows) {
    await t.step(name, () => {
      const spanMs = spans.reduce((sum, [, lengthMs]) => sum + lengthMs, 0);
      assertEquals(measureUptime(spansOf(spans)), { spanMs, ratio, knownMs });
    });
  }
});

Deno.test("measureUptime() is within bounds; known and unknown time are the span", () => {
  const status = fc.constantFrom<StatusSpan["status"]>(
    ...["HEALTHY", "DEGRADED", "DOWN", "UNKNOWN", "GAP"] as const,
  );
  const row: fc.Arbitrary<Row> = fc.tuple(status, fc.integer({ min: 1, max: 1e12 }));
  fc.assert(fc.property(fc.array(row), (rows) => {
    const { spanMs, ratio, knownMs } = measureUptime(spansOf(rows));
    const unknownMs = rows
      .filter(([status]) => status === "UNKNOWN" || status === "GAP")
      .reduce((sum, [, lengthMs]) => sum + lengthMs, 0);
    assertEquals(knownMs + unknownMs, spanMs);
    assertEquals(ratio === null, knownMs === 0);
    if (ratio === null) return;
    assertEquals(ratio >= 0 && ratio <= 1, true);
    assertEquals(ratio === 1, rows.every(([status]) => status !== "DOWN"));
  }));
});

Deno.test("formatUptime() rounds down, so that 100 % means never down", () => {
  const rows = [1, 0.999_999, 0.9998, 0.5, 0, null].map(formatUptime);
  assertEquals(rows, ["100 %", "99.99 %", "99.98 %", "50.00 %", "0.00 %", "no record"]);
});
