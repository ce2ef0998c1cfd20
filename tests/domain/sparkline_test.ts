import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { drawSparkline, SPARKLINE_HEIGHT, type SparklineSeries } from "@/lib/domain/sparkline.ts";

const END = 1_700_000_000_000;

Deno.test("drawSparkline() draws nothing for an empty series", () => {
  assertEquals(drawSparkline(series([]), END), { path: "", limitY: null });
});

Deno.test("drawSparkline() puts the newest sample where its time is", async (t) => {
  const rows: readonly [name: string, ageMs: number, lastX: string][] = [
    ["now: at the right end", 0, "104"],
    ["half the time ago: in the middle", 30_000, "52"],
    ["12 s ago: a gap of a fifth at the right end", 12_000, "83.2"],
  ];
  for (const [name, ageMs, lastX] of rows) {
    await t.step(name, () => {
      const { path } = drawSparkline(series([[ageMs + 1_000, 1], [ageMs, 1]]), END);
      assertEquals(path.split("L")[1]?.split(" ")[0], lastX);
    });
  }
});

Deno.test("drawSparkline() leaves out what is older than the time shown", () => {
  assertEquals(drawSparkline(series([[90_000, 1], [80_000, 2]]), END).path, "");
});

Deno.test("drawSparkline() lets a line enter from the left", () => {
  const { path } = drawSparkline(series([[61_000, 0], [59_000, 0], [58_000, 0]]), END);
  assertEquals(path, "M-1.7 26L1.7 26L3.5 26");
});

Deno.test("drawSparkline() breaks the line at a hole", () => {
  const { path } = drawSparkline(series([[8_000, 0], [7_000, 0], [2_000, 0], [1_000, 0]]), END);
  assertEquals(path.match(/M/g)?.length, 2);
});

Deno.test("drawSparkline() takes one lost sample for no hole", () => {
  const { path } = drawSparkline(series([[4_000, 0], [3_000, 0], [1_000, 0], [0, 0]]), END);
  assertEquals(path.match(/M/g)?.length, 1);
});

Deno.test("drawSparkline() takes the usual pause of a slow sender for no hole", () => {
  const { path } = drawSparkline(series([[45_000, 0], [30_000, 0], [15_000, 0], [0, 0]]), END);
  assertEquals(path.match(/M/g)?.length, 1);
});

Deno.test("drawSparkline() draws a lone sample as a dot", () => {
  assertEquals(drawSparkline(series([[30_000, 0]]), END).path, "M52 26h0");
  const between = series([[50_000, 0], [30_000, 0], [3_000, 0], [2_000, 0], [1_000, 0], [0, 0]]);
  assertEquals(
    drawSparkline(between, END).path,
    "M17.3 26h0M52 26h0M98.8 26L100.5 26L102.3 26L104 26",
  );
});

Deno.test("drawSparkline() keeps the limit on the scale, in its place", () => {
  const under = drawSparkline({ ...series([[0, 0]]), limit: 85 }, END);
  assertEquals(under.limitY, 4.2);
  const over = drawSparkline({ ...series([[0, 170]]), limit: 85 }, END);
  assertEquals(over.limitY, 15.1);
});

Deno.test("drawSparkline() stays inside its frame for all values and limits", () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
    minLength: 1,
    maxLength: 60,
  });
  const limits = fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }));
  fc.assert(fc.property(values, limits, (recent, limit) => {
    const points = recent.map((value, index) => ({ at: END - 60_000 + index * 1_000, value }));
    const { path, limitY } = drawSparkline({ points, limit }, END);
    const ys = [...path.matchAll(/ (-?[\d.]+)/g)].map(([, y]) => Number(y));
    assertEquals(ys.length, recent.length);
    for (const y of [...ys, limitY ?? 2]) assert(y >= 2 && y <= SPARKLINE_HEIGHT - 2);
  }));
});

function series(samples: readonly (readonly [ageMs: number, value: number])[]): SparklineSeries {
  return { points: samples.map(([ageMs, value]) => ({ at: END - ageMs, value })), limit: null };
}
