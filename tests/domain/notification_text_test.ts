import { assertEquals } from "@std/assert";

import type { NotifiedAlert, SendReason } from "@/lib/domain/notification.ts";
import { composeTitle } from "@/lib/domain/notification_text.ts";

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
    ["resolved", [CPU], "checkout has recovered after 4 min"],
    ["test", [], "Test from Vitals: receiver checkout works"],
  ];
  for (const [reason, alerts, title] of rows) {
    await t.step(title, () => {
      const facts = { service: "checkout", alerts, reason, since: 0, at: 240_000 };
      assertEquals(composeTitle(facts), title);
    });
  }
});
