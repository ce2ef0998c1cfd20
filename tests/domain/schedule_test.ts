import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

import type { CronSchedule } from "@/lib/domain/rule.ts";
import {
  dueAfter,
  explainCron,
  limitsSince,
  measureDistances,
  nextOccurrence,
} from "@/lib/domain/schedule.ts";

import { silence } from "./rules.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

function nightly(change: Partial<CronSchedule> = {}): CronSchedule {
  return {
    ...{ kind: "cron", cron: "0 3 * * *", timeZone: "Europe/Berlin" },
    ...{ slackMs: 30_000, graceMs: 30 * MINUTE_MS, ...change },
  };
}

interface Row {
  readonly name: string;
  readonly cron?: string;
  readonly timeZone?: string;
  readonly sign: string;
  readonly due: string;
}

const ROWS: readonly Row[] = [
  { name: "the day before", sign: "2026-11-23T02:00:05Z", due: "2026-11-24T02:00:00Z" },
  { name: "seconds early", sign: "2026-11-24T01:59:31Z", due: "2026-11-25T02:00:00Z" },
  {
    name: "at the very end of the slack",
    sign: "2026-11-24T01:59:30Z",
    due: "2026-11-25T02:00:00Z",
  },
  {
    name: "too early to be that run",
    sign: "2026-11-24T01:59:29.999Z",
    due: "2026-11-24T02:00:00Z",
  },
  { name: "an hour late", sign: "2026-11-24T03:00:00Z", due: "2026-11-25T02:00:00Z" },
  {
    name: "into summer time, an hour less",
    sign: "2026-03-28T02:00:05Z",
    due: "2026-03-29T01:00:00Z",
  },
  {
    name: "out of summer time, an hour more",
    sign: "2026-10-24T01:00:05Z",
    due: "2026-10-25T02:00:00Z",
  },
  {
    name: "an hour that is left out: as late as any scheduler runs it",
    ...{ cron: "30 2 * * *", sign: "2026-03-28T01:30:05Z", due: "2026-03-29T01:30:00Z" },
  },
  {
    name: "an hour that is left out: run right after the jump",
    ...{ cron: "30 2 * * *", sign: "2026-03-29T01:00:07Z", due: "2026-03-30T00:30:00Z" },
  },
  {
    name: "an hour that is left out: run as if the clock had not been put forward",
    ...{ cron: "30 2 * * *", sign: "2026-03-29T01:30:07Z", due: "2026-03-30T00:30:00Z" },
  },
  {
    name: "an hour that comes twice: as late as any scheduler runs it",
    ...{ cron: "30 2 * * *", sign: "2026-10-24T00:30:05Z", due: "2026-10-25T01:30:00Z" },
  },
  {
    name: "an hour that comes twice: run in the first",
    ...{ cron: "30 2 * * *", sign: "2026-10-25T00:30:05Z", due: "2026-10-26T01:30:00Z" },
  },
  {
    name: "an hour that comes twice: run in the second",
    ...{ cron: "30 2 * * *", sign: "2026-10-25T01:30:05Z", due: "2026-10-26T01:30:00Z" },
  },
  {
    name: "each hour, within the one that comes twice",
    ...{ cron: "0 * * * *", sign: "2026-10-25T01:00:05Z", due: "2026-10-25T02:00:00Z" },
  },
  {
    name: "each hour, across the one that is left out",
    ...{ cron: "0 * * * *", sign: "2026-03-29T00:00:05Z", due: "2026-03-29T01:00:00Z" },
  },
  {
    name: "a jump of half an hour",
    ...{ cron: "15 2 * * *", timeZone: "Australia/Lord_Howe" },
    ...{ sign: "2026-10-02T15:45:05Z", due: "2026-10-03T15:45:00Z" },
  },
  {
    name: "a jump at midnight",
    ...{ cron: "30 0 * * *", timeZone: "America/Sao_Paulo" },
    ...{ sign: "2018-11-03T03:30:05Z", due: "2018-11-04T03:30:00Z" },
  },
  {
    name: "a month of 30 days has no 31st",
    ...{ cron: "0 4 31 * *", timeZone: "UTC" },
    ...{ sign: "2026-03-31T04:00:05Z", due: "2026-05-31T04:00:00Z" },
  },
  {
    name: "a leap day",
    ...{ cron: "0 4 29 2 *", timeZone: "UTC" },
    ...{ sign: "2024-02-29T04:00:05Z", due: "2028-02-29T04:00:00Z" },
  },
  {
    name: "working days, over the weekend",
    ...{ cron: "0 9 * * MON-FRI", timeZone: "UTC" },
    ...{ sign: "2026-11-20T09:00:05Z", due: "2026-11-23T09:00:00Z" },
  },
  {
    name: "a day of the month or a day of the week, as crontab(5) has it",
    ...{ cron: "0 9 13 * 5", timeZone: "UTC" },
    ...{ sign: "2026-11-06T09:00:05Z", due: "2026-11-13T09:00:00Z" },
  },
  {
    name: "a nickname",
    ...{ cron: "@weekly", timeZone: "UTC" },
    ...{ sign: "2026-11-24T00:00:00Z", due: "2026-11-29T00:00:00Z" },
  },
];

for (const { name, cron = "0 3 * * *", timeZone = "Europe/Berlin", sign, due } of ROWS) {
  Deno.test(`dueAfter() knows when a job is due: ${name}`, () => {
    const found = dueAfter(nightly({ cron, timeZone }), Date.parse(sign));
    assertEquals(new Date(found ?? 0).toISOString().replace(".000Z", "Z"), due);
  });
}

Deno.test("dueAfter() counts from the last sign of what comes again and again", () => {
  const schedule = { kind: "every", everyMs: HOUR_MS, slackMs: 30_000, graceMs: 300_000 } as const;
  assertEquals(dueAfter(schedule, 5_000), HOUR_MS + 5_000);
});

Deno.test("dueAfter() is null where no time comes", () => {
  assertEquals(dueAfter(nightly({ cron: "0 0 30 2 *" }), 0), null);
});

const INSTANT = fc.integer({ min: Date.UTC(2020), max: Date.UTC(2035) });
const ZONE = fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe");
const CRON = fc.constantFrom(
  ...["0 3 * * *", "*/5 * * * *", "30 2 * * *", "0 * * * *", "15 1,2,3 * * 0"],
  ...["0 0 1 * *", "59 23 31 * *", "@daily"],
);

Deno.test("nextOccurrence() goes forward, and never ends", () => {
  fc.assert(fc.property(CRON, ZONE, INSTANT, (cron, timeZone, after) => {
    const found = nextOccurrence({ cron, timeZone }, after);
    assert(found !== null && found.from > after && found.dueAt >= found.from);
    assert(found.dueAt - found.from <= HOUR_MS);
    assert(found.from - after <= 63 * DAY_MS);
  }));
});

Deno.test("nextOccurrence() skips none: each minute finds the time that it belongs to", () => {
  fc.assert(fc.property(INSTANT, (at) => {
    const minute = at - at % MINUTE_MS;
    const found = nextOccurrence({ cron: "* * * * *", timeZone: "UTC" }, at);
    assertEquals(found, { from: minute + MINUTE_MS, dueAt: minute + MINUTE_MS });
  }));
});

Deno.test("nextOccurrence() refuses what was not checked", () => {
  assertThrows(() => nextOccurrence({ cron: "0 25 * * *", timeZone: "UTC" }, 0), RangeError);
  assertThrows(() => nextOccurrence({ cron: "0 3 * * *", timeZone: "Nowhere" }, 0), RangeError);
});

Deno.test("explainCron() says what is wrong", async (t) => {
  const fields = 'must be the five fields of a crontab such as "0 3 * * *", or such as "@daily"';
  const rows: readonly [cron: string, said: string | null][] = [
    ["0 3 * * *", null],
    ["*/5 8-18 1,15 JAN-MAR mon", null],
    ["@daily", null],
    ["0 3 * *", fields],
    ["0 0 3 * * *", fields],
    ["", fields],
    ["@reboot", fields],
    ["@fortnightly", fields],
    ["? 3 * * *", fields],
    ["2026-01-01T00:00:00", fields],
    ["0 25 * * *", 'must be a cron expression such as "0 3 * * *" (Invalid value for hour: 25)'],
    ["0 0 30 2 *", "must name a time that comes"],
  ];
  for (const [cron, said] of rows) {
    await t.step(cron, () => assertEquals(explainCron(cron), said));
  }
});

Deno.test("measureDistances() finds the shortest and the longest", () => {
  assertEquals(measureDistances("0,5 3 * * *"), {
    leastMs: 5 * MINUTE_MS,
    mostMs: DAY_MS - 5 * MINUTE_MS,
  });
});

Deno.test("limitsSince() gives a rule the limits of that silence, as bad as the rule has them", () => {
  const sign = Date.parse("2026-11-24T12:00:00Z");
  const dueMs = 14 * HOUR_MS;
  const [lateMs, missingMs] = [dueMs + 30_000, dueMs + 30 * MINUTE_MS];
  const schedule = nightly();
  const levels = (change: Parameters<typeof silence>[0]) => {
    const { limitMs, criticalMs } = limitsSince(silence({ schedule, ...change }), sign);
    return [limitMs, criticalMs];
  };
  assertEquals(levels({ severity: "warning", criticalMs: 2 }), [lateMs, missingMs]);
  assertEquals(levels({ severity: "warning", criticalMs: null }), [lateMs, null]);
  assertEquals(levels({ severity: "critical", criticalMs: null }), [missingMs, null]);
  const plain = silence();
  assertEquals(limitsSince(plain, sign), plain);
});
