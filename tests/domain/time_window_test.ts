import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";

import {
  centreOn,
  DEFAULT_WINDOW,
  formatWindowChoice,
  parseWindowChoice,
  spanOf,
  TIME_WINDOWS,
  type WindowChoice,
  zoomBy,
  zoomOut,
  zoomTo,
} from "@/lib/domain/time_window.ts";

const NOW = 1_700_000_000_000;
const MINUTE = 60_000;
const HOUR: WindowChoice = { window: DEFAULT_WINDOW, zoom: null, mark: null };

Deno.test("parseWindowChoice() takes what it knows and passes over the rest", async (t) => {
  const rows: readonly (readonly [query: string, id: string, zoom: WindowChoice["zoom"]])[] = [
    ["", "1h", null],
    ["window=7d", "7d", null],
    ["window=2h", "1h", null],
    ["window=6h&from=1000&to=9000", "6h", { from: 1_000, to: 9_000 }],
    ["from=9000&to=1000", "1h", null],
    ["from=1000&to=1000", "1h", null],
    ["from=1000", "1h", null],
    ["from=-5&to=1000", "1h", null],
    ["from=now&to=1000", "1h", null],
    ["from=1&to=99999999999999999", "1h", null],
    ["from=1&to=8640000000000001", "1h", null],
  ];
  for (const [query, id, zoom] of rows) {
    await t.step(query || "nothing", () => {
      const choice = parseWindowChoice(new URLSearchParams(query));
      assertEquals([choice.window.id, choice.zoom], [id, zoom]);
    });
  }
});

Deno.test("parseWindowChoice() shows at most two years", () => {
  const { zoom } = parseWindowChoice(new URLSearchParams(`from=0&to=${NOW}`));
  assertEquals(zoom, { from: NOW - 730 * 86_400_000, to: NOW });
});

Deno.test("formatWindowChoice() is what parseWindowChoice() reads", () => {
  const choices = fc.record({
    window: fc.constantFrom(...TIME_WINDOWS),
    zoom: fc.option(
      fc.tuple(fc.nat(), fc.integer({ min: 1, max: 1_000_000_000 })).map(([from, lengthMs]) => ({
        ...{ from, to: from + lengthMs },
      })),
    ),
    at: fc.option(fc.nat()),
  }).map(({ window, zoom, at }): WindowChoice => ({ window, zoom, mark: zoom && at }));
  fc.assert(fc.property(choices, (choice) => {
    assertEquals(parseWindowChoice(new URLSearchParams(formatWindowChoice(choice))), choice);
  }));
});

Deno.test("spanOf() ends now unless it is zoomed", () => {
  assertEquals(spanOf(HOUR, NOW), { from: NOW - 60 * MINUTE, to: NOW });
  const zoom = { from: 0, to: 10_000 };
  assertEquals(spanOf({ ...HOUR, zoom }, NOW), zoom);
  assertEquals(spanOf(zoomOut({ ...HOUR, zoom }), NOW), spanOf(HOUR, NOW));
});

Deno.test("zoomTo() keeps a span of five seconds at least, and out of the future", () => {
  const zoomed = (from: number, to: number) => zoomTo(HOUR, { from, to }, NOW).zoom;
  assertEquals(zoomed(NOW - 20_000, NOW - 8_000.4), { from: NOW - 20_000, to: NOW - 8_000 });
  assertEquals(zoomed(NOW - 11_000, NOW - 10_000), { from: NOW - 13_000, to: NOW - 8_000 });
  assertEquals(zoomed(NOW - 10_000, NOW + 10_000), { from: NOW - 20_000, to: NOW });
});

Deno.test("zoomBy() keeps the instant where it is on the screen", () => {
  const around = NOW - 20 * MINUTE;
  const { zoom } = zoomBy(HOUR, 0.5, { around, now: NOW });
  assertEquals(zoom, { from: NOW - 40 * MINUTE, to: NOW - 10 * MINUTE });
});

Deno.test("zoomBy() ends at the window itself", () => {
  const half = zoomBy(HOUR, 0.5, { around: NOW - 30 * MINUTE, now: NOW });
  assertEquals(zoomBy(half, 2, { around: NOW - 30 * MINUTE, now: NOW }), HOUR);
  assertEquals(zoomBy(HOUR, 2, { around: NOW, now: NOW }), HOUR);
});

Deno.test("centreOn() puts an event into the middle and marks it", () => {
  const at = NOW - 300 * MINUTE;
  const choice = centreOn(HOUR, at, NOW);
  assertEquals(choice.zoom, { from: at - 30 * MINUTE, to: at + 30 * MINUTE });
  assertEquals(choice.mark, at);
});

Deno.test("centreOn() shows no future beside what has just happened", () => {
  const { zoom } = centreOn(HOUR, NOW - MINUTE, NOW);
  assertEquals(zoom, { from: NOW - 60 * MINUTE, to: NOW });
});

Deno.test("zooming in any order never leaves the past, and never shows less than five seconds", () => {
  const acts = fc.array(fc.tuple(fc.double({ min: 0.1, max: 3, noNaN: true }), fc.nat(100)));
  fc.assert(fc.property(acts, (list) => {
    let choice = HOUR;
    for (const [factor, percent] of list) {
      const { from, to } = spanOf(choice, NOW);
      choice = zoomBy(choice, factor, { around: from + (to - from) * percent / 100, now: NOW });
      const span = spanOf(choice, NOW);
      assert(span.to <= NOW && span.to - span.from >= 5_000, JSON.stringify(span));
    }
  }));
});
