import { assertEquals } from "@std/assert";

import type { NotifiedAlert, SendReason } from "@/lib/domain/notification.ts";
import { composeLines, composeTitle } from "@/lib/domain/notification_text.ts";

const CPU: NotifiedAlert = {
  ...{ id: "1", rule: "HIGH_CPU", kind: "threshold", severity: "warning", state: "firing" },
  ...{ firedAt: 0, resolvedAt: null, value: 93.1, peak: 95, limit: 85, unit: "%" },
  message: "CPU 93.1 % above 85 %",
};
const MEMORY: NotifiedAlert = { ...CPU, rule: "HIGH_MEMORY" };
const DOWN: NotifiedAlert = {
  ...{ ...CPU, rule: "SERVICE_DOWN", kind: "missingHeartbeat", severity: "critical" },
  message: "no heartbeat for 5.0 s, limit 5 s",
};

Deno.test("composeTitle() says it all in one line", async (t) => {
  const rows: readonly [SendReason, readonly NotifiedAlert[], string][] = [
    ["first", [CPU], "checkout: HIGH_CPU, CPU 93.1 % above 85 %"],
    ["first", [CPU, MEMORY], "checkout: 2 alerts, HIGH_CPU and HIGH_MEMORY"],
    ["escalated", [DOWN, CPU], "checkout is DOWN: no heartbeat for 5.0 s, limit 5 s"],
    [
      "more",
      [{ ...DOWN, severity: "warning" }],
      "checkout: SERVICE_DOWN, no heartbeat for 5.0 s, limit 5 s",
    ],
    ["repeat", [CPU], "Still: checkout: HIGH_CPU, CPU 93.1 % above 85 %"],
    ["flapping", [CPU], "checkout: HIGH_CPU keeps changing between firing and resolved"],
    [
      "flapping",
      [CPU, MEMORY],
      "checkout: HIGH_CPU and HIGH_MEMORY keep changing between firing and resolved",
    ],
    [
      "first",
      Array.from({ length: 12 }, (_, index) => ({ ...CPU, rule: `R${index}` })),
      "checkout: 12 alerts, R0, R1, R2, R3, R4, R5, R6, R7, R8, R9 and 2 more",
    ],
    ["resolved", [CPU], "checkout has recovered after 4 min"],
    ["test", [], "Test from Vitals: receiver checkout works"],
  ];
  for (const [reason, alerts, title] of rows) {
    await t.step(title, () => {
      const facts = { service: "checkout", alerts, reason, lastedMs: 240_000 };
      assertEquals(composeTitle(facts), title);
    });
  }
});

Deno.test("composeLines() tells the time that has passed, however the clock was set meanwhile", () => {
  const lines = composeLines({
    ...{ id: "n", at: 86_400_000, reason: "resolved", state: "resolved", severity: "warning" },
    ...{ incident: "i", service: "checkout", since: 0, lastedMs: 12_000, url: null },
    ...{ title: "t", alerts: [], affected: [] },
  });
  assertEquals(lines, ["began 1970-01-01T00:00:00Z, 12 s ago"]);
});

Deno.test("composeLines() names ten alerts and ten services, and counts the others", () => {
  const alerts = Array.from({ length: 13 }, (_, index) => ({ ...CPU, rule: `R${index}` }));
  const affected = Array.from({ length: 12 }, (_, index) => `s${index}`);
  const lines = composeLines({
    ...{ id: "n", at: 240_000, reason: "first", state: "firing", severity: "warning", title: "t" },
    ...{ incident: "i", service: "checkout", since: 0, url: null, alerts, affected, lastedMs: 9 },
  });
  assertEquals(lines.length, 13);
  assertEquals(lines[9], "R9 (warning): CPU 93.1 % above 85 %");
  assertEquals(lines[10], "and 3 more alerts");
  assertEquals(lines[12], "affected: s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, 2 more");
});
