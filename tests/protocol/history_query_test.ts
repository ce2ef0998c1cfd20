import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

import {
  parseEventsQuery,
  parseHistoryQuery,
  parseTimelineQuery,
} from "@/lib/protocol/history_query.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";

/** 2023-11-14T22:13:20Z. */
const NOW = 1_700_000_000_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

const TIME =
  'must be milliseconds since 1970, ISO 8601 such as "2026-11-24T22:00:00Z", or a time before now such as "-6h"';
const SECONDS = "must be milliseconds since 1970, and looks like seconds";

const PARSERS = {
  history: parseHistoryQuery,
  events: parseEventsQuery,
  timeline: parseTimelineQuery,
};

function history(query: string): unknown {
  return parseHistoryQuery(new URLSearchParams(query), NOW);
}

function issuesOf(parse: keyof typeof PARSERS, query: string): unknown {
  const act = () => PARSERS[parse](new URLSearchParams(query), NOW);
  const { problem } = assertThrows(act, ProblemError);
  assertEquals([problem.status, problem.detail], [422, "Cannot read the query"]);
  return problem.issues?.map(({ path, message }) => [path, message]);
}

Deno.test("parseHistoryQuery() takes the last hour at 500 points, unless told otherwise", () => {
  assertEquals(history(""), { from: NOW - HOUR, to: NOW, points: 500, format: null });
  assertEquals(history("points=1&format=csv"), {
    ...{ from: NOW - HOUR, to: NOW },
    ...{ points: 1, format: "csv" },
  });
});

Deno.test("parseEventsQuery() takes the latest 100 of the last day, unless told otherwise", () => {
  const parse = (query: string) => parseEventsQuery(new URLSearchParams(query), NOW);
  const range = { from: NOW - DAY, to: NOW };
  assertEquals(parse(""), { ...range, limit: 100, before: null, format: null });
  assertEquals(parse("limit=7&before=e1&format=json"), {
    ...range,
    ...{ limit: 7, before: "e1", format: "json" },
  });
});

Deno.test("parseTimelineQuery() takes the last day, unless told otherwise", () => {
  const parse = (query: string) => parseTimelineQuery(new URLSearchParams(query), NOW);
  assertEquals(parse(""), { from: NOW - DAY, to: NOW });
  assertEquals(parse("from=-30d&to=-1d"), { from: NOW - 30 * DAY, to: NOW - DAY });
});

Deno.test("parseHistoryQuery() reads times in each form", async (t) => {
  const rows: [query: string, from: number, to: number][] = [
    ["from=1699990000000&to=1699990000001", 1_699_990_000_000, 1_699_990_000_001],
    ["from=1699990000000", 1_699_990_000_000, NOW],
    ["to=1699990000000", 1_699_990_000_000 - HOUR, 1_699_990_000_000],
    ["from=100000000000&to=100000000001", 100_000_000_000, 100_000_000_001],
    ["from=-6h", NOW - 6 * HOUR, NOW],
    ["from=-30d", NOW - 30 * DAY, NOW],
    ["from=-1.5ms", NOW - 2, NOW],
    ["from=-10y", NOW - 10 * YEAR, NOW],
    ["from=-2h&to=-1h", NOW - 2 * HOUR, NOW - HOUR],
    ["from=2023-11-14T22:00:00Z", Date.UTC(2023, 10, 14, 22), NOW],
    ["from=2023-11-14T22:00:00.250Z", Date.UTC(2023, 10, 14, 22, 0, 0, 250), NOW],
    ["from=2023-11-14T22:00:00%2B01:00", Date.UTC(2023, 10, 14, 21), NOW],
    ["from=2023-11-14T22:00:00+01:00", Date.UTC(2023, 10, 14, 21), NOW],
    ["from=2023-11-14T22:00:00-00:10", Date.UTC(2023, 10, 14, 22, 10), NOW],
    ["from=2023-11-14", Date.UTC(2023, 10, 14), NOW],
    ["from=1970-01-01&to=1970-01-02", 0, DAY],
    ["to=1970-01-01T00:00:01Z", 0, 1_000],
    [`to=${NOW + 60_000}`, NOW + 60_000 - HOUR, NOW + 60_000],
  ];
  for (const [query, from, to] of rows) {
    await t.step(query, () => {
      assertEquals(history(query), { from, to, points: 500, format: null });
    });
  }
});

Deno.test("parseHistoryQuery() says which time is wrong, and how", async (t) => {
  const rows: [query: string, path: string, message: string][] = [
    ...["yesterday", "", "6h", "-6", "-6 weeks", "-h", "--6h", "-0s", "1e12", "-1700000000000"]
      .map((text): [string, string, string] => [`from=${text}`, "from", `${TIME}, got "${text}"`]),
    ...["2023-13-01", "2023-02-30", "2023-11-14T22:00:00", "2023-11-14T25:00:00Z", "22:00"]
      .map((text): [string, string, string] => [`to=${text}`, "to", `${TIME}, got "${text}"`]),
    ["from=99999999999999999", "from", `${TIME}, got "99999999999999999"`],
    ["from=1700000000", "from", `${SECONDS}, got "1700000000"`],
    ["to=0", "to", `${SECONDS}, got "0"`],
    ["from=-5m&to=-10m", "from", 'must be before "to", got "-5m"'],
    [`from=${NOW}&to=${NOW}`, "from", `must be before "to", got "${NOW}"`],
    [`from=${NOW}`, "from", `must be before "to", which is now, got "${NOW}"`],
    [`from=${NOW + DAY}`, "from", `must be before "to", which is now, got "${NOW + DAY}"`],
    ["from=-10.001y", "from", 'must be at most ten years before "to", got "-10.001y"'],
    ["from=2013-11-14", "from", 'must be at most ten years before "to", got "2013-11-14"'],
    ["from=-100y", "from", 'must not be before 1970-01-01T00:00:00Z, got "-100y"'],
    [`from=-1${"0".repeat(400)}y`, "from", expectLong(`-1${"0".repeat(400)}y`)],
    ["to=1970-01-01", "to", 'must be after 1970-01-01T00:00:00Z, got "1970-01-01"'],
    ["from=-100y&to=-99.5y", "to", 'must be after 1970-01-01T00:00:00Z, got "-99.5y"'],
    [
      `to=${NOW + 60_001}`,
      "to",
      `must be at most a minute after now, which is 2023-11-14T22:13:20Z, got "${NOW + 60_001}"`,
    ],
    [
      "to=9999-12-31",
      "to",
      'must be at most a minute after now, which is 2023-11-14T22:13:20Z, got "9999-12-31"',
    ],
  ];
  for (const [query, path, message] of rows) {
    await t.step(query.slice(0, 40), () => {
      assertEquals(issuesOf("history", query), [[path, message]]);
    });
  }
});

function expectLong(text: string): string {
  return `must not be before 1970-01-01T00:00:00Z, got "${text.slice(0, 40)}…"`;
}

Deno.test("queries of history name each parameter that is wrong", async (t) => {
  const points = "must be a whole number from 1 to 5000";
  const limit = "must be a whole number from 1 to 1000";
  const before = "must be the id of an event, 1 to 300 characters";
  type Row = [parse: keyof typeof PARSERS, query: string, issues: [path: string, text: string][]];
  const rows: Row[] = [
    ...["0", "5001", "1.5", "-1", "", "1e2", "12345", "many"].map((text): Row => {
      return ["history", `points=${text}`, [["points", `${points}, got "${text}"`]]];
    }),
    ["events", "limit=0", [["limit", `${limit}, got "0"`]]],
    ["events", "limit=1001", [["limit", `${limit}, got "1001"`]]],
    ["events", "before=", [["before", `${before}, got ""`]]],
    ["events", `before=${"x".repeat(301)}`, [
      ["before", `${before}, got "${"x".repeat(40)}…"`],
    ]],
    ["events", "format=xml", [["format", 'must be "json" or "csv", got "xml"']]],
    ["history", "format=CSV", [["format", 'must be "json" or "csv", got "CSV"']]],
    ["history", "form=-6h", [
      ["form", 'unknown parameter; known are "from", "to", "points" and "format"'],
    ]],
    ["history", "pionts=5", [["pionts", 'unknown parameter; did you mean "points"?']]],
    ["history", "limit=5", [
      ["limit", 'unknown parameter; known are "from", "to", "points" and "format"'],
    ]],
    ["timeline", "format=csv", [["format", 'unknown parameter; known are "from" and "to"']]],
    ["history", "from=-1h&from=-2h", [["from", "must be given once"]]],
    ["history", "from=soon&points=0", [
      ["from", `${TIME}, got "soon"`],
      ["points", `${points}, got "0"`],
    ]],
  ];
  for (const [parse, query, issues] of rows) {
    await t.step(`${parse}?${query.slice(0, 40)}`, () => {
      assertEquals(issuesOf(parse, query), issues);
    });
  }
});

Deno.test("parseHistoryQuery() returns a range within its bounds or refuses, whatever it is given", () => {
  const time = fc.oneof(
    fc.integer({ min: 0, max: 2 * NOW }).map(String),
    fc.double().map(String),
    fc.tuple(fc.double({ min: 0, noNaN: true }), fc.constantFrom("ms", "s", "m", "h", "d", "y"))
      .map(([count, unit]) => `-${count}${unit}`),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.string(),
  );
  const query = fc.record({ from: time, to: time }, { requiredKeys: [] });
  fc.assert(fc.property(query, (query) => {
    try {
      const { from, to } = parseHistoryQuery(new URLSearchParams(query), NOW);
      assertEquals([from, to].every(Number.isSafeInteger), true, `${from} ${to}`);
      assertEquals(0 <= from && from < to && to <= NOW + 60_000, true, `${from} ${to}`);
      assertEquals(to - from <= 10 * YEAR, true, `${from} ${to}`);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      assertEquals(error.problem.status, 422);
    }
  }));
});
