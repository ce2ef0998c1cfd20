import { assertEquals } from "@std/assert";

import { announceAlerts, type AnnouncedAlert } from "@/lib/domain/announcement.ts";

const CPU: AnnouncedAlert = {
  id: "1",
  rule: "HIGH_CPU",
  service: "auth",
  severity: "warning",
  state: "firing",
};
const DOWN: AnnouncedAlert = { ...CPU, id: "2", rule: "SERVICE_DOWN", severity: "critical" };

Deno.test("announceAlerts() lets critical alerts interrupt and others wait", () => {
  assertEquals(announceAlerts(new Map(), [CPU, DOWN]), {
    urgent: "Alert: auth, SERVICE_DOWN.",
    calm: "Alert: auth, HIGH_CPU.",
  });
});

Deno.test("announceAlerts() says a firing alert once", () => {
  assertEquals(announceAlerts(new Map([["1", CPU]]), [CPU]), { urgent: "", calm: "" });
});

Deno.test("announceAlerts() says when a pending alert begins to fire", () => {
  const before = new Map([["1", { ...CPU, state: "pending" } as const]]);
  assertEquals(announceAlerts(before, [CPU]).calm, "Alert: auth, HIGH_CPU.");
});

Deno.test("announceAlerts() says nothing of pending alerts", () => {
  assertEquals(announceAlerts(new Map(), [{ ...CPU, state: "pending" }]), { urgent: "", calm: "" });
});

Deno.test("announceAlerts() says a recovery calmly, also of a critical alert", () => {
  assertEquals(announceAlerts(new Map([["2", DOWN]]), [{ ...DOWN, state: "resolved" }]), {
    urgent: "",
    calm: "Recovered: auth, SERVICE_DOWN.",
  });
});

Deno.test("announceAlerts() takes an alert that never fired for no recovery", () => {
  const before = new Map([["1", { ...CPU, state: "pending" } as const]]);
  assertEquals(announceAlerts(before, [{ ...CPU, state: "resolved" }]).calm, "");
});

Deno.test("announceAlerts() takes an alert that is merely gone for no recovery", () => {
  assertEquals(announceAlerts(new Map([["2", DOWN]]), []), { urgent: "", calm: "" });
});

Deno.test("announceAlerts() counts what is too much to hear", () => {
  const many = ["1", "2", "3", "4", "5"].map((id) => ({ ...DOWN, id, service: `s${id}` }));
  assertEquals(
    announceAlerts(new Map(), many).urgent,
    "Alert: s1, SERVICE_DOWN. Alert: s2, SERVICE_DOWN. Alert: s3, SERVICE_DOWN. And 2 more.",
  );
});
