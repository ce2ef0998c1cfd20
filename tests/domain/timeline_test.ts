import { assertEquals } from "@std/assert";
import fc from "fast-check";

import type { TimeSpan } from "@/lib/domain/instant.ts";
import type { Status } from "@/lib/domain/status.ts";
import {
  type StatusMark,
  type StatusRecord,
  type StatusSpan,
  statusSpans,
} from "@/lib/domain/timeline.ts";

const RANGE: TimeSpan = { from: 100, to: 200 };

/** One letter for ten milliseconds: `H`, `D` (degraded), `X` (down), `U`, and `-` for a gap. */
function draw(record: Partial<StatusRecord>, range: TimeSpan = RANGE): string {
  const spans = statusSpans({ marks: [], gaps: [], until: range.to, ...record }, range);
  return spans.map(({ from, to, status }) => LETTERS[status].repeat((to - from) / 10)).join("|");
}

const LETTERS: Readonly<Record<StatusSpan["status"], string>> = {
  HEALTHY: "H",
  DEGRADED: "D",
  DOWN: "X",
  UNKNOWN: "U",
  GAP: "-",
};

function mark(at: number, status: Status): StatusMark {
  return { at, status };
}

Deno.test("statusSpans() tells what is on record", async (t) => {
  const rows: [name: string, record: Partial<StatusRecord>, drawn: string][] = [
    ["nothing", {}, "UUUUUUUUUU"],
    ["known before the range", { marks: [mark(50, "HEALTHY")] }, "HHHHHHHHHH"],
    ["known from its beginning", { marks: [mark(100, "DOWN")] }, "XXXXXXXXXX"],
    ["known from somewhere in it", { marks: [mark(130, "HEALTHY")] }, "UUU|HHHHHHH"],
    ["a change at its end is not in it", {
      marks: [mark(100, "HEALTHY"), mark(200, "DOWN")],
    }, "HHHHHHHHHH"],
    ["changes", {
      marks: [mark(90, "HEALTHY"), mark(120, "DEGRADED"), mark(150, "DOWN"), mark(160, "HEALTHY")],
    }, "HH|DDD|X|HHHH"],
    ["of several before the range the last one", {
      marks: [mark(10, "DOWN"), mark(20, "DEGRADED"), mark(120, "HEALTHY")],
    }, "DD|HHHHHHHH"],
    ["equal neighbours are joined", {
      marks: [mark(100, "HEALTHY"), mark(120, "HEALTHY"), mark(140, "DOWN"), mark(150, "DOWN")],
    }, "HHHH|XXXXXX"],
    ["of two at one instant the later one", {
      marks: [mark(100, "HEALTHY"), mark(150, "DOWN"), mark(150, "DEGRADED")],
    }, "HHHHH|DDDDD"],
    ["a gap wins, and the status goes on after it", {
      marks: [mark(100, "HEALTHY")],
      gaps: [{ from: 130, to: 150 }],
    }, "HHH|--|HHHHH"],
    ["a change in a gap shows after it", {
      marks: [mark(100, "HEALTHY"), mark(140, "DOWN")],
      gaps: [{ from: 130, to: 150 }],
    }, "HHH|--|XXXXX"],
    ["a gap over an edge", {
      marks: [mark(100, "HEALTHY")],
      gaps: [{ from: 50, to: 120 }, { from: 190, to: 250 }],
    }, "--|HHHHHHH|-"],
    ["a gap over all", { marks: [mark(100, "DOWN")], gaps: [{ from: 0, to: 900 }] }, "----------"],
    ["gaps that touch or overlap are one", {
      marks: [mark(100, "HEALTHY")],
      gaps: [{ from: 110, to: 150 }, { from: 120, to: 130 }, { from: 150, to: 170 }],
    }, "H|------|HHH"],
    ["a gap before the first record", {
      marks: [mark(140, "HEALTHY")],
      gaps: [{ from: 110, to: 120 }],
    }, "U|-|UU|HHHHHH"],
    ["what has not come yet", { marks: [mark(100, "HEALTHY")], until: 170 }, "HHHHHHH|UUU"],
    ["all of it has not come yet", { marks: [mark(50, "HEALTHY")], until: 80 }, "UUUUUUUUUU"],
  ];
  for (const [name, record, drawn] of rows) {
    await t.step(name, () => assertEquals(draw(record), drawn));
  }
});

Deno.test("statusSpans() of an empty range is empty", () => {
  const record = { marks: [mark(0, "HEALTHY")], gaps: [{ from: 1, to: 9 }], until: 10 };
  assertEquals(statusSpans(record, { from: 5, to: 5 }), []);
  assertEquals(statusSpans(record, { from: 7, to: 5 }), []);
});

const INSTANT = fc.integer({ min: 0, max: 60 });
const MARKS = fc.array(fc.record({
  at: INSTANT,
  status: fc.constantFrom<Status>("HEALTHY", "DEGRADED", "DOWN", "UNKNOWN"),
})).map((marks) => marks.toSorted((a, b) => a.at - b.at));
const SPAN = fc.tuple(INSTANT, fc.integer({ min: 1, max: 20 }))
  .map(([from, lengthMs]) => ({ from, to: from + lengthMs }));
const GAPS = fc.array(SPAN, { maxLength: 4 })
  .map((gaps) => gaps.toSorted((a, b) => a.from - b.from));
const RECORD = fc.record({ marks: MARKS, gaps: GAPS, until: INSTANT });

Deno.test("statusSpans() covers the range without holes and overlaps, neighbours differ", () => {
  fc.assert(fc.property(RECORD, SPAN, (record, range) => {
    const spans = statusSpans(record, range);
    assertEquals([spans.at(0)?.from, spans.at(-1)?.to], [range.from, range.to]);
    for (const [index, span] of spans.entries()) {
      assertEquals(span.from < span.to, true);
      const next = spans[index + 1];
      if (next === undefined) continue;
      assertEquals([next.from, next.status === span.status], [span.to, false]);
    }
  }));
});

Deno.test("statusSpans() tells at each millisecond what the record says", () => {
  fc.assert(fc.property(RECORD, SPAN, (record, range) => {
    const spans = statusSpans(record, range);
    for (let at = range.from; at < range.to; at++) {
      const span = spans.find(({ from, to }) => from <= at && at < to);
      assertEquals(span?.status, statusAt(record, at), `at ${at}`);
    }
  }));
});

/** The same by looking at everything for every instant. */
function statusAt({ marks, gaps, until }: StatusRecord, at: number): StatusSpan["status"] {
  if (gaps.some(({ from, to }) => from <= at && at < to)) return "GAP";
  if (at >= until) return "UNKNOWN";
  return marks.findLast((mark) => mark.at <= at)?.status ?? "UNKNOWN";
}
