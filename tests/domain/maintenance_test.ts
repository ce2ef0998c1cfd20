import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import {
  type MaintenanceSchedule,
  maintenanceSpan,
  maintenanceSpans,
  type MaintenanceWindow,
  type Weekday,
} from "@/lib/domain/maintenance.ts";
import { MATCH_ALL } from "@/lib/domain/matcher.ts";

const HOUR_MS = 3_600_000;
const EVERY_DAY: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

function weekly(
  change: Partial<Extract<MaintenanceSchedule, { kind: "weekly" }>>,
): MaintenanceWindow {
  return windowOf({
    ...{ kind: "weekly", days: EVERY_DAY, startMinute: 120, durationMs: 2 * HOUR_MS },
    ...{ timeZone: "UTC", ...change },
  });
}

function windowOf(schedule: MaintenanceSchedule): MaintenanceWindow {
  return { name: "backup", matcher: MATCH_ALL, reason: "", schedule };
}

interface Row {
  readonly name: string;
  readonly window: MaintenanceWindow;
  readonly now: string;
  /** Start and end; `null` for none. */
  readonly wants: readonly [startsAt: string, endsAt: string] | null;
}

const ONCE = windowOf({
  kind: "once",
  startsAt: Date.parse("2026-11-24T10:00:00Z"),
  endsAt: Date.parse("2026-11-24T12:00:00Z"),
});

const ROWS: readonly Row[] = [
  {
    name: "once, before it",
    window: ONCE,
    now: "2026-11-24T09:00:00Z",
    wants: ["2026-11-24T10:00:00Z", "2026-11-24T12:00:00Z"],
  },
  {
    name: "once, in it",
    window: ONCE,
    now: "2026-11-24T11:59:59Z",
    wants: ["2026-11-24T10:00:00Z", "2026-11-24T12:00:00Z"],
  },
  { name: "once, after it", window: ONCE, now: "2026-11-24T12:00:00Z", wants: null },
  {
    name: "each day, in it",
    window: weekly({}),
    now: "2026-11-24T03:00:00Z",
    wants: ["2026-11-24T02:00:00Z", "2026-11-24T04:00:00Z"],
  },
  {
    name: "each day, the end does not belong to it",
    window: weekly({}),
    now: "2026-11-24T04:00:00Z",
    wants: ["2026-11-25T02:00:00Z", "2026-11-25T04:00:00Z"],
  },
  {
    name: "on some days, the next of them",
    window: weekly({ days: [1, 6] }),
    now: "2026-11-24T12:00:00Z",
    wants: ["2026-11-28T02:00:00Z", "2026-11-28T04:00:00Z"],
  },
  {
    name: "on one day, a week ahead",
    window: weekly({ days: [2] }),
    now: "2026-11-24T05:00:00Z",
    wants: ["2026-12-01T02:00:00Z", "2026-12-01T04:00:00Z"],
  },
  {
    name: "past midnight, it belongs to the day on which it began",
    window: weekly({ days: [7], startMinute: 23 * 60, durationMs: 4 * HOUR_MS }),
    now: "2026-11-23T02:30:00Z",
    wants: ["2026-11-22T23:00:00Z", "2026-11-23T03:00:00Z"],
  },
  {
    name: "longer than a day, it never ends",
    window: weekly({ durationMs: 25 * HOUR_MS }),
    now: "2026-11-24T02:30:00Z",
    wants: ["2026-11-24T02:00:00Z", "2026-11-25T03:00:00Z"],
  },
  {
    name: "in another zone, the day is the day there",
    window: weekly({ days: [2], timeZone: "America/New_York", startMinute: 21 * 60 }),
    now: "2026-11-24T12:00:00Z",
    wants: ["2026-11-25T02:00:00Z", "2026-11-25T04:00:00Z"],
  },
  {
    name: "in a zone that is half an hour off",
    window: weekly({ timeZone: "Asia/Kolkata" }),
    now: "2026-11-24T12:00:00Z",
    wants: ["2026-11-24T20:30:00Z", "2026-11-24T22:30:00Z"],
  },
  {
    name: "in winter time",
    window: weekly({ timeZone: "Europe/Berlin" }),
    now: "2026-03-28T00:00:00Z",
    wants: ["2026-03-28T01:00:00Z", "2026-03-28T03:00:00Z"],
  },
  {
    name: "at a time that the clock skips, as if it had not been put forward",
    window: weekly({ timeZone: "Europe/Berlin", startMinute: 150 }),
    now: "2026-03-29T00:00:00Z",
    wants: ["2026-03-29T01:30:00Z", "2026-03-29T03:30:00Z"],
  },
  {
    name: "in summer time",
    window: weekly({ timeZone: "Europe/Berlin" }),
    now: "2026-03-30T00:00:00Z",
    wants: ["2026-03-30T00:00:00Z", "2026-03-30T02:00:00Z"],
  },
  {
    name: "at a time that comes twice, the first",
    window: weekly({ timeZone: "Europe/Berlin", startMinute: 150 }),
    now: "2026-10-24T23:00:00Z",
    wants: ["2026-10-25T00:30:00Z", "2026-10-25T02:30:00Z"],
  },
];

Deno.test("maintenanceSpan() finds the span that holds or comes next", async (t) => {
  for (const { name, window, now, wants } of ROWS) {
    await t.step(name, () => {
      const span = maintenanceSpan(window, Date.parse(now));
      const found = span && [span.startsAt, span.endsAt];
      assertEquals(found, wants && wants.map((text) => Date.parse(text)));
    });
  }
});

Deno.test("maintenanceSpan() gives a span that holds, or the next: none lies between", () => {
  const property = fc.property(
    fc.subarray([...EVERY_DAY], { minLength: 1 }),
    fc.integer({ min: 0, max: 1_439 }),
    fc.integer({ min: 60_000, max: 167 * HOUR_MS }),
    fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia"),
    fc.integer({ min: Date.parse("2026-01-01"), max: Date.parse("2027-12-31") }),
    (days, startMinute, durationMs, timeZone, now) => {
      const window = weekly({ days, startMinute, durationMs, timeZone });
      const span = maintenanceSpan(window, now);
      assert(span !== null && now < span.endsAt);
      assertEquals(span.endsAt - span.startsAt, durationMs);
      // A moment before its start, the same span comes next, unless another holds.
      const before = maintenanceSpan(window, span.startsAt - 1);
      assert(before !== null && before.startsAt <= span.startsAt);
      // At its last moment it holds, or one that ends later does.
      const last = maintenanceSpan(window, span.endsAt - 1);
      assert(last !== null && last.startsAt < span.endsAt && last.endsAt >= span.endsAt);
      if (span.startsAt > now) {
        const between = maintenanceSpan(window, Math.floor((now + span.startsAt) / 2));
        assertEquals(between, span);
      }
    },
  );
  fc.assert(property, { numRuns: 300 });
});

Deno.test("maintenanceSpans() holds exactly when maintenanceSpan() does", () => {
  const zones = ["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia"];
  const start = Date.parse("2026-03-01T00:00:00Z");
  const schedule = fc.record({
    days: fc.subarray([...EVERY_DAY], { minLength: 1 }),
    startMinute: fc.nat(1_439),
    durationMs: fc.integer({ min: 1, max: 167 }).map((hours) => hours * HOUR_MS),
    timeZone: fc.constantFrom(...zones),
  });
  fc.assert(
    fc.property(schedule, fc.nat(60 * 24), fc.nat(20 * 24), (change, hours, length) => {
      const window = weekly(change);
      const range = { from: start + hours * HOUR_MS, to: start + (hours + length) * HOUR_MS };
      const spans = maintenanceSpans(window, range);
      for (let at = range.from; at < range.to; at += 7 * HOUR_MS) {
        const span = maintenanceSpan(window, at);
        const wanted = span !== null && span.startsAt <= at;
        assertEquals(spans.some(({ startsAt, endsAt }) => startsAt <= at && at < endsAt), wanted);
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("maintenanceSpans() takes a window that is once if it meets the range", () => {
  const at = (time: string) => Date.parse(`2026-11-24T${time}:00Z`);
  const spans = [{ startsAt: at("10:00"), endsAt: at("12:00") }];
  assertEquals(maintenanceSpans(ONCE, { from: at("11:00"), to: at("13:00") }), spans);
  assertEquals(maintenanceSpans(ONCE, { from: at("12:00"), to: at("13:00") }), []);
  assertEquals(maintenanceSpans(ONCE, { from: at("09:00"), to: at("10:00") }), []);
});
