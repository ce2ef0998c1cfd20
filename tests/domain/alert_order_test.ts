import { assertEquals } from "@std/assert";

import { type AlertFacts, compareAlerts } from "@/lib/domain/alert_order.ts";

const OPEN = { acknowledged: null, silencedBy: null, inhibitedBy: null };

Deno.test("compareAlerts() goes by state, severity, then time", () => {
  const alerts: AlertFacts[] = [
    { id: "pending", severity: "critical", state: "pending", since: 90, firedAt: null, ...OPEN },
    { id: "old", severity: "warning", state: "firing", since: 1, firedAt: 10, ...OPEN },
    { id: "new", severity: "warning", state: "firing", since: 2, firedAt: 20, ...OPEN },
    { id: "critical", severity: "critical", state: "firing", since: 0, firedAt: 5, ...OPEN },
    { id: "resolved", severity: "critical", state: "resolved", since: 99, firedAt: 99, ...OPEN },
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
  const one: AlertFacts = {
    id: "a",
    severity: "warning",
    state: "firing",
    since: 0,
    firedAt: 5,
    ...OPEN,
  };
  assertEquals(compareAlerts(one, { ...one, id: "b" }), -1);
  assertEquals(compareAlerts({ ...one, id: "b" }, one), 1);
  assertEquals(compareAlerts(one, one), 0);
});

Deno.test("compareAlerts() puts what is dealt with below what is open, at the same severity", () => {
  const open: AlertFacts = {
    ...{ id: "open", severity: "warning", state: "firing", since: 0, firedAt: 1 } as const,
    ...OPEN,
  };
  const alerts: AlertFacts[] = [
    { ...open, id: "acknowledged", firedAt: 40, acknowledged: {} },
    { ...open, id: "silenced", firedAt: 30, silencedBy: {} },
    { ...open, id: "inhibited", firedAt: 20, inhibitedBy: {} },
    open,
    { ...open, id: "critical", severity: "critical", silencedBy: {} },
  ];
  assertEquals(alerts.toSorted(compareAlerts).map((alert) => alert.id), [
    "critical",
    "open",
    "acknowledged",
    "silenced",
    "inhibited",
  ]);
});
