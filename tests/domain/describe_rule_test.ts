import { assertEquals } from "@std/assert";

import { compareWithLimit, describeRule, formatSilenceLimit } from "@/lib/domain/describe_rule.ts";
import type { JobSchedule, Rule } from "@/lib/domain/rule.ts";

import { metric, silence, threshold } from "./rules.ts";

const TIMES = { slackMs: 30_000, graceMs: 300_000 };
const HOURLY: JobSchedule = { kind: "every", everyMs: 3_600_000, ...TIMES };
const NIGHTLY: JobSchedule = {
  ...{ kind: "cron", cron: "0 3 * * *", timeZone: "Europe/Berlin", ...TIMES },
};

Deno.test("describeRule() names every part of a rule", async (t) => {
  const once = { kind: "samples", breaches: 1, of: 1 } as const;
  const rows: readonly (readonly [words: string, rule: Rule])[] = [
    [
      "CPU above 85 % for 3 samples; critical above 95 %; resolves at 80 % or less, after 30 s",
      threshold({ critical: 95, clear: 80, keepFiringForMs: 30_000 }),
    ],
    ["CPU above 85 %; resolves at 85 % or less", threshold({ hold: once })],
    [
      "CPU above 85 % for 3 of 5 samples; resolves at 85 % or less",
      threshold({ hold: { kind: "samples", breaches: 3, of: 5 } }),
    ],
    [
      "CPU above 85 % for 1 min 30 s; resolves at 85 % or less",
      threshold({ hold: { kind: "duration", durationMs: 90_000 } }),
    ],
    [
      "Latency (mean of 5 samples) above 0.5 ms; resolves at 0.25 ms or less",
      threshold({ metric: metric("latency"), mean: 5, limit: 0.5, clear: 0.25, hold: once }),
    ],
    [
      "Memory below 10 %; critical below 5 %; resolves at 20 % or more",
      threshold({
        ...{ metric: metric("memory"), direction: "below", limit: 10, clear: 20, critical: 5 },
        hold: once,
      }),
    ],
    ["No heartbeat for 5 s; resolves with the next heartbeat", silence()],
    [
      "No heartbeat for 0.5 s; critical after 1 h; resolves once heartbeats have come again for 2 min",
      silence({ limitMs: 500, criticalMs: 3_600_000, keepFiringForMs: 120_000 }),
    ],
    [
      "Due every 1 h: late after 30 s, missing after 5 min; resolves with the next heartbeat",
      silence({ severity: "warning", criticalMs: 1, schedule: HOURLY }),
    ],
    [
      "Due 0 3 * * * Europe/Berlin: missing after 5 min; resolves with the next heartbeat",
      silence({ schedule: NIGHTLY }),
    ],
    [
      "Due every 1 h: late after 30 s; resolves with the next heartbeat",
      silence({ severity: "warning", schedule: HOURLY }),
    ],
  ];
  for (const [words, rule] of rows) {
    await t.step(words, () => assertEquals(describeRule(rule), words));
  }
});

Deno.test("compareWithLimit() says how far a number is on which side", async (t) => {
  const below = threshold({ direction: "below", limit: 10 });
  const latency = threshold({ metric: metric("latency"), mean: 5 });
  const rows: readonly (readonly [words: string, rule: Rule, value: number, limit: number])[] = [
    [
      "CPU was 93.1 %: 8.1 percentage points above the limit of 85 %.",
      ...[threshold(), 93.1, 85] as const,
    ],
    [
      "CPU was 80.0 %: 5.0 percentage points below the limit of 85 %, which is good.",
      ...[threshold(), 80, 85] as const,
    ],
    [
      "CPU was 85.0 %: exactly the limit of 85 %, which is still good.",
      ...[threshold(), 85, 85] as const,
    ],
    ["CPU was 8.0 %: 2.0 percentage points below the limit of 10 %.", ...[below, 8, 10] as const],
    [
      "The mean of the last 5 latency samples was 612 ms: 112 ms above the limit of 500 ms.",
      ...[latency, 612, 500] as const,
    ],
    ["12.0 s without a heartbeat: the limit is 5 s.", ...[silence(), 12, 5] as const],
    ["0.0 s without a heartbeat: within the limit of 5 s.", ...[silence(), 0, 5] as const],
  ];
  for (const [words, rule, value, limit] of rows) {
    await t.step(words, () => assertEquals(compareWithLimit(rule, { value, limit }), words));
  }
});

Deno.test("compareWithLimit() says of a job how long before it was due", () => {
  const limits = { limitMs: 3_630_000, criticalMs: 3_900_000 };
  const rule = silence({ severity: "warning", ...limits, schedule: HOURLY });
  const words = (value: number, limit: number) => compareWithLimit(rule, { value, limit });
  assertEquals(words(3_630, 3_630), "1 h without a heartbeat: it was due 30 s before.");
  assertEquals(words(3_960, 3_900), "1 h 6 min without a heartbeat: it was due 6 min before.");
  assertEquals(words(0, 3_630), "0.0 s without a heartbeat: it is not late.");
});

Deno.test("formatSilenceLimit() has no odd milliseconds of a calendar", () => {
  assertEquals(formatSilenceLimit({}, 90_000), "1 min 30 s");
  assertEquals(formatSilenceLimit({ schedule: NIGHTLY }, 86_399_123), "23 h 59 min");
});
