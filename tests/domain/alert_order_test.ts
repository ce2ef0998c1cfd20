import { assertEquals } from "@std/assert";

import { type AlertFacts, compareAlerts } from "@/lib/domain/alert_order.ts";

Deno.test("compareAlerts() goes by state, severity, then time", () => {
  const alerts: AlertFacts[] = [
    { id: "pending", severity: "critical", state: "pending", since: 90, firedAt: null },
    { id: "old", severity: "warning", state: "firing", since: 1, firedAt: 10 },
    { id: "new", severity: "warning", state: "firing", since: 2, firedAt: 20 },
    { id: "critical", severity: "critical", state: "firing", since: 0, firedAt: 5 },
    { id: "resolved", severity: "critical", state: "resolved", since: 99, firedAt: 99 },
  ];
  assertEquals(alerts.toSorted(compareAlerts).map((alert) => alert.id), [
    "critical",
    "new",
    "old",
    "pending",
    "resolved",
  ]);
});

Deno.test("compareAlerts() keeps alerts of one instant in the order of their ids", () => {
  const one: AlertFacts = { id: "a", severity: "warning", state: "firing", since: 0, firedAt: 5 };
  assertEquals(compareAlerts(one, { ...one, id: "b" }), -1);
  assertEquals(compareAlerts({ ...one, id: "b" }, one), 1);
  assertEquals(compareAlerts(one, one), 0);
});
