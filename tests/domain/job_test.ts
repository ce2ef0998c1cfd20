import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { judge } from "@/lib/domain/judgement.ts";
import { resumeService } from "@/lib/domain/resume.ts";
import type { JobSchedule, MissingHeartbeatRule } from "@/lib/domain/rule.ts";
import { dueAfter } from "@/lib/domain/schedule.ts";
import { startService, step } from "@/lib/domain/service.ts";

import { run, sampleAt, silence, summarise } from "./rules.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const EVERY_HOUR: JobSchedule = {
  ...{ kind: "every", everyMs: HOUR, slackMs: 30 * SECOND, graceMs: 5 * MINUTE },
};

/** Days of this calendar begin in 1970: the clock of these tests starts there. */
const AT_THREE: JobSchedule = {
  ...{ kind: "cron", cron: "0 3 * * *", timeZone: "UTC" },
  ...{ slackMs: 30 * SECOND, graceMs: 30 * MINUTE },
};

function job(schedule: JobSchedule): MissingHeartbeatRule {
  return silence({ severity: "warning", criticalMs: 2 * DAY, schedule });
}

function story(schedule: JobSchedule, pings: readonly number[], until: number): string[] {
  return summarise(run(pings.map((at) => sampleAt(at)), [job(schedule)], until).transitions);
}

Deno.test("step() calls a job late, then missing, then well again", () => {
  assertEquals(story(EVERY_HOUR, [10 * SECOND, 2 * HOUR], 2 * HOUR), [
    "10 UNKNOWN>HEALTHY",
    "3640 SERVICE_DOWN firing",
    "3640 HEALTHY>DEGRADED",
    "3910 SERVICE_DOWN escalated",
    "3910 DEGRADED>DOWN",
    "7200 SERVICE_DOWN resolved",
    "7200 DOWN>HEALTHY",
  ]);
});

Deno.test("step() calls a job late by the calendar", async (t) => {
  const rows: readonly [name: string, pings: readonly number[], story: readonly string[]][] = [
    ["never heard of: due from the start on", [], [
      "10830 SERVICE_DOWN firing",
      "10830 UNKNOWN>DEGRADED",
      "12600 SERVICE_DOWN escalated",
      "12600 DEGRADED>DOWN",
    ]],
    ["in time, two days", [3 * HOUR + 5 * SECOND, 27 * HOUR + 8 * SECOND], [
      "10805 UNKNOWN>HEALTHY",
    ]],
    ["seconds early", [3 * HOUR - 20 * SECOND, 27 * HOUR - 30 * SECOND], ["10780 UNKNOWN>HEALTHY"]],
    ["a little late, and back", [3 * HOUR, 27 * HOUR + 10 * MINUTE], [
      "10800 UNKNOWN>HEALTHY",
      "97230 SERVICE_DOWN firing",
      "97230 HEALTHY>DEGRADED",
      "97800 SERVICE_DOWN resolved",
      "97800 DEGRADED>HEALTHY",
    ]],
    ["by hand at noon, which is not that of the next night", [12 * HOUR], [
      "10830 SERVICE_DOWN firing",
      "10830 UNKNOWN>DEGRADED",
      "12600 SERVICE_DOWN escalated",
      "12600 DEGRADED>DOWN",
      "43200 SERVICE_DOWN resolved",
      "43200 DOWN>HEALTHY",
      "97230 SERVICE_DOWN firing",
      "97230 HEALTHY>DEGRADED",
      "99000 SERVICE_DOWN escalated",
      "99000 DEGRADED>DOWN",
    ]],
  ];
  for (const [name, pings, wanted] of rows) {
    await t.step(name, () => assertEquals(story(AT_THREE, pings, 28 * HOUR), [...wanted]));
  }
});

Deno.test("step() waits for months if a job runs that seldom", () => {
  const yearly: JobSchedule = { ...AT_THREE, cron: "0 0 1 7 *" };
  const { deadline } = step(startService("checkout", [job(yearly)], 0), { kind: "deadline" }, 0);
  assertEquals(deadline, Date.UTC(1970, 6, 1) + 30 * SECOND);
});

const SCHEDULE: fc.Arbitrary<JobSchedule> = fc.oneof(
  fc.record({
    kind: fc.constant("every" as const),
    everyMs: fc.integer({ min: SECOND, max: 40 * DAY }),
    slackMs: fc.integer({ min: 1, max: 30 * SECOND }),
    graceMs: fc.integer({ min: 31 * SECOND, max: DAY }),
  }),
  fc.record({
    kind: fc.constant("cron" as const),
    cron: fc.constantFrom("0 3 * * *", "*/5 * * * *", "30 2 * * *", "0 0 31 * *"),
    timeZone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York"),
    slackMs: fc.integer({ min: 1, max: 30 * SECOND }),
    graceMs: fc.integer({ min: 31 * SECOND, max: DAY }),
  }),
);

Deno.test("step() never calls a job late before it is due, and always missing once it is", () => {
  fc.assert(fc.property(
    SCHEDULE,
    fc.integer({ min: Date.UTC(2025), max: Date.UTC(2027) }),
    (schedule, sign) => {
      const dueAt = dueAfter(schedule, sign) ?? 0;
      const [late, missing] = [dueAt + schedule.slackMs, dueAt + schedule.graceMs];
      const { event } = sampleAt(sign);
      const heard = step(startService("checkout", [job(schedule)], sign - 1), event, sign);
      assertEquals([heard.state.status, heard.deadline], ["HEALTHY", late]);
      const statusAt = (now: number) => step(heard.state, { kind: "deadline" }, now).state.status;
      assertEquals([late - 1, late, missing - 1, missing].map(statusAt), [
        ...["HEALTHY", "DEGRADED", "DEGRADED", "DOWN"],
      ]);
    },
  ));
});

Deno.test("a verdict on a job can be computed again from its rule and evidence alone (promise 2)", () => {
  fc.assert(fc.property(
    SCHEDULE,
    fc.array(fc.integer({ min: 1, max: 3 * DAY }), { maxLength: 8 }),
    (schedule, pauses) => {
      const pings = pauses.map((_, index) =>
        pauses.slice(0, index + 1).reduce((sum, each) => sum + each, 0)
      );
      const until = (pings.at(-1) ?? 0) + 3 * DAY;
      const { transitions } = run(pings.map((at) => sampleAt(at)), [job(schedule)], until);
      for (const each of transitions) {
        if (each.kind !== "alert") continue;
        const again = judge(each.rule, each.evidence, { now: each.at, seenAt: each.seenAt });
        assert(again !== undefined);
        assertEquals(again.value, each.value);
        const limit = each.severity === "critical" ? again.critical?.limit : again.limit;
        assertEquals(limit, each.limit);
        assertEquals(again.enough, each.change !== "resolved");
      }
    },
  ));
});

Deno.test("resumeService() lets the silence of a job go on", async (t) => {
  const rows: readonly [name: string, absence: readonly [number, number], wants: unknown][] = [
    ["away for seconds, long before", [4 * HOUR, 4 * HOUR + 5 * SECOND], ["HEALTHY", 97_230]],
    ["away for hours, but back before it is due", [4 * HOUR, 20 * HOUR], ["HEALTHY", 97_230]],
    ["away for seconds as it was due", [27 * HOUR - SECOND, 27 * HOUR + SECOND], [
      ...["HEALTHY", 97_230],
    ]],
    ["away for hours as it was due: nobody can say", [26 * HOUR, 28 * HOUR], ["UNKNOWN", 183_630]],
  ];
  for (const [name, [aliveAt, now], wants] of rows) {
    await t.step(name, () => {
      const { state } = run([sampleAt(3 * HOUR + 5 * SECOND)], [job(AT_THREE)], aliveAt);
      // Restored as the shell does it: begun anew at the restart.
      const after = resumeService({ ...state, startedAt: now }, { aliveAt, now });
      assertEquals([after.state.status, (after.deadline ?? 0) / SECOND], wants);
    });
  }
});

Deno.test("resumeService() calls a job missing that died, however often the monitor is restarted", () => {
  let result = step(startService("checkout", [job(EVERY_HOUR)], 0), sampleAt(SECOND).event, SECOND);
  const statuses: string[] = [];
  for (let now = 10 * MINUTE; now <= 70 * MINUTE; now += 10 * MINUTE) {
    const { deadline } = result;
    if (deadline !== null && deadline < now) result = step(result.state, { kind: "deadline" }, now);
    result = resumeService({ ...result.state, startedAt: now }, { aliveAt: now - SECOND, now });
    statuses.push(result.state.status);
  }
  assertEquals(statuses.slice(-3), ["HEALTHY", "HEALTHY", "DOWN"]);
});

Deno.test("resumeService() remembers since when a job was waited for that never came", () => {
  const known = run([], [job(EVERY_HOUR)], 10 * MINUTE).state;
  const again = resumeService({ ...known, startedAt: HOUR }, { aliveAt: 10 * MINUTE, now: HOUR });
  assertEquals([again.state.status, again.deadline], ["UNKNOWN", HOUR + 30 * SECOND]);
  const late = run([], [job(EVERY_HOUR)], HOUR + MINUTE).state;
  const back = resumeService({ ...late, startedAt: HOUR + 2 * MINUTE }, {
    aliveAt: HOUR + MINUTE,
    now: HOUR + 2 * MINUTE,
  });
  assertEquals([back.state.status, back.deadline], ["DEGRADED", HOUR + 5 * MINUTE]);
});

Deno.test("step() calls no job late that was due while the clock was put forward", async (t) => {
  const rows: readonly [name: string, schedule: JobSchedule, byMs: number, wants: unknown][] = [
    ["each night", AT_THREE, DAY + 30 * MINUTE, ["UNKNOWN", 51 * HOUR + 30 * SECOND]],
    ["each hour", EVERY_HOUR, 7 * HOUR, ["UNKNOWN", 11 * HOUR + 30 * MINUTE + 30 * SECOND]],
    ["long before it is due", AT_THREE, 4 * HOUR, ["HEALTHY", 27 * HOUR + 30 * SECOND]],
  ];
  for (const [name, schedule, byMs, wants] of rows) {
    await t.step(name, () => {
      const { state } = run([sampleAt(3 * HOUR)], [job(schedule)], 3 * HOUR + 30 * MINUTE);
      const now = 3 * HOUR + 30 * MINUTE + byMs;
      const set = step(state, { kind: "clock", byMs }, now);
      assertEquals([set.state.status, set.deadline], wants);
    });
  }
});
