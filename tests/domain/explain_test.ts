import { assert, assertEquals } from "@std/assert";

import { type AlertChange, explainAlert, explainChange } from "@/lib/domain/explain.ts";
import { judge } from "@/lib/domain/judgement.ts";
import type { Rule } from "@/lib/domain/rule.ts";

import { metric, silence, threshold } from "./rules.ts";

interface Row {
  readonly rule: Rule;
  readonly change: AlertChange;
  readonly values: readonly number[];
  readonly wants: string;
}

const LATENCY = threshold({
  name: "HIGH_LATENCY",
  metric: metric("latency"),
  limit: 500,
  clear: 400,
  mean: 2,
});

const ROWS: readonly Row[] = [
  { rule: threshold(), change: "pending", values: [93.14], wants: "CPU 93.1 % above 85 %" },
  {
    rule: threshold(),
    change: "firing",
    values: [90, 91, 93.14],
    wants: "CPU 93.1 % above 85 % for 3 samples",
  },
  {
    rule: threshold({ hold: { kind: "samples", breaches: 3, of: 5 } }),
    change: "firing",
    values: [90, 91, 93],
    wants: "CPU 93.0 % above 85 % for 3 of 5 samples",
  },
  {
    rule: threshold({ hold: { kind: "samples", breaches: 1, of: 1 }, limit: 85.5 }),
    change: "firing",
    values: [93],
    wants: "CPU 93.0 % above 85.5 %",
  },
  {
    rule: LATENCY,
    change: "firing",
    values: [600, 624],
    wants: "latency 612 ms (mean of 2) above 500 ms for 3 samples",
  },
  {
    rule: LATENCY,
    change: "resolved",
    values: [300, 310],
    wants: "latency 305 ms (mean of 2), not above 400 ms",
  },
  {
    rule: threshold({ direction: "below", limit: 10, clear: 20 }),
    change: "pending",
    values: [4],
    wants: "CPU 4.0 % below 10 %",
  },
  {
    rule: threshold({ clear: 80 }),
    change: "cancelled",
    values: [83],
    wants: "CPU 83.0 %, not above 85 %",
  },
];

Deno.test("explainChange() says what was found and which limit it met", async (t) => {
  for (const { rule, change, values, wants } of ROWS) {
    await t.step(wants, () => {
      const moment = { now: values.length, seenAt: values.length };
      const found = judge(rule, values.map((value, at) => ({ at, value })), moment);
      assertEquals(found && explainChange(rule, change, { found, severity: "warning" }), wants);
    });
  }
});

Deno.test("explainChange() tells the silence and its limit", () => {
  const found = judge(silence(), [{ at: 1_000, value: 0 }], { now: 6_000, seenAt: 1_000 });
  assertEquals(
    found && explainChange(silence(), "firing", { found, severity: "critical" }),
    "no heartbeat for 5.0 s, limit 5 s",
  );
});

Deno.test("explainAlert() lets the silence go on", () => {
  const alert = {
    state: "firing",
    severity: "critical",
    seenAt: 1_000,
    calmSince: null,
    message: "no heartbeat for 5.0 s, limit 5 s",
    value: 5,
    evidence: [{ at: 1_000, value: 5 }],
    definition: silence(),
  } as const;
  assertEquals(explainAlert(alert, 13_000), "no heartbeat for 12 s, limit 5 s");
});

Deno.test("explainAlert() does not claim a breach for a value between clear and limit", () => {
  const alert = {
    state: "firing",
    severity: "warning",
    seenAt: 0,
    calmSince: null,
    message: "",
    value: 82,
    evidence: [],
    definition: threshold({ clear: 80 }),
  } as const;
  assertEquals(explainAlert(alert, 0), "CPU 82.0 %, resolves at 80 % or less");
});

Deno.test("explainAlert() says that a good value is not enough while N of M still holds", () => {
  const alert = {
    state: "firing",
    severity: "warning",
    seenAt: 0,
    calmSince: null,
    message: "",
    value: 20,
    evidence: [],
    definition: threshold({ hold: { kind: "samples", breaches: 3, of: 5 } }),
  } as const;
  assertEquals(
    explainAlert(alert, 0),
    "CPU 20.0 %, but above 85 % in 3 or more of the last 5 samples",
  );
});

Deno.test("explainChange() and explainAlert() say since when a job is due", () => {
  const schedule = {
    kind: "every",
    everyMs: 3_600_000,
    slackMs: 30_000,
    graceMs: 300_000,
  } as const;
  const rule = silence({
    ...{ severity: "warning", limitMs: 3_630_000, criticalMs: 3_900_000, schedule },
  });
  const at = (now: number) => judge(rule, [{ at: 0, value: 0 }], { now, seenAt: 0 });
  const [late, missing] = [at(3_630_000), at(3_900_000)];
  assert(late !== undefined && missing !== undefined);
  assertEquals(
    explainChange(rule, "firing", { found: late, severity: "warning" }),
    "no heartbeat for 1 h, due 30 s ago",
  );
  assertEquals(
    explainChange(rule, "escalated", { found: missing, severity: "critical" }),
    "no heartbeat for 1 h 5 min, due 5 min ago",
  );
  const alert = {
    ...{ state: "firing", severity: "warning", message: "", value: 3_630, seenAt: 0 } as const,
    ...{ evidence: late.evidence, definition: rule, calmSince: null },
  };
  assertEquals(explainAlert(alert, 3_720_000), "no heartbeat for 1 h 2 min, due 2 min ago");
});

Deno.test("explainAlert() says what a rule has to say, however long ago its sample is", () => {
  const rule = threshold({ limit: 0, clear: 0, says: "the last run failed" });
  const found = judge(rule, [{ at: 0, value: 100 }], { now: 0, seenAt: 0 });
  assert(found !== undefined);
  assertEquals(
    explainChange(rule, "pending", { found, severity: "warning" }),
    "the last run failed",
  );
  const alert = {
    ...{ state: "firing", severity: "warning", message: "", value: 100, seenAt: 0 } as const,
    ...{ evidence: found.evidence, definition: rule, calmSince: null },
  };
  assertEquals(explainAlert({ ...alert, state: "pending" }, 3_600_000), "the last run failed");
});
