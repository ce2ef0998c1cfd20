import { assertEquals } from "@std/assert";

import { fade } from "@/components/service/fade.ts";
import { drawSeries, placeValue } from "@/components/service/series_drawing.ts";

const FRAME = { span: { from: 0, to: 10_000 }, scale: { low: 0, high: 100, ticks: [] } };

Deno.test("drawSeries() draws each run for itself", () => {
  const columns = {
    ...{ t: [0, 1_000, 5_000], min: [0, 0, 0], max: [50, 100, 50], avg: [50, 100, 0] },
    count: [2, 2, 2],
  };
  const runs = [{ start: 0, end: 2 }, { start: 2, end: 3 }];
  assertEquals(drawSeries(columns, { ...FRAME, runs }), {
    line: "M0 75L100 0M500 150h0",
    band: "M0 75L100 0L100 150L0 150z",
  });
});

Deno.test("drawSeries() draws no band around raw samples", () => {
  const values = [1, 2];
  const columns = { t: [0, 1_000], min: values, max: values, avg: values, count: [1, 1] };
  assertEquals(drawSeries(columns, { ...FRAME, runs: [{ start: 0, end: 2 }] }).band, "");
});

Deno.test("placeValue() counts from the upper edge", () => {
  assertEquals([0, 50, 100].map((value) => placeValue(FRAME.scale, value)), [150, 75, 0]);
});

Deno.test("fade() lets through what is below", () => {
  assertEquals(fade("rgb(142, 162, 255)", 0.2), "rgba(142, 162, 255, 0.2)");
  assertEquals(fade("transparent", 0.2), "transparent");
});
