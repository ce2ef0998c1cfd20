import { assertEquals } from "@std/assert";

import { groupAlerts } from "@/lib/alertmanager/alert_group.ts";
import { type AlertSurroundings, receiverNames, showAlert } from "@/lib/alertmanager/alert_view.ts";
import { fingerprintOf } from "@/lib/alertmanager/fingerprint.ts";
import { MATCH_ALL } from "@/lib/domain/matcher.ts";
import type { AlertView } from "@/lib/protocol/views.ts";
import { FakeMonitor } from "@/tests/live/fake_monitor.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

const AROUND: AlertSurroundings = {
  now: 1_700_000_060_000,
  origin: "https://vitals.example.com",
  routes: [],
  tagsOf: () => [],
  alert: () => undefined,
};

function firing(change: Partial<AlertView> = {}, service = "checkout"): AlertView {
  const monitor = new FakeMonitor(new FakeClock());
  monitor.alertTo(service, "firing");
  const [alert] = monitor.dashboard().alerts;
  if (alert === undefined) throw new Error("There is no alert");
  return { ...alert, ...change };
}

// Alertmanager 0.25.0 of Debian gave this fingerprint to an alert with the same labels.
Deno.test("fingerprintOf() is that of Alertmanager", () => {
  const labels = { alertname: "HIGH_CPU", service: "checkout", severity: "warning" };
  assertEquals(fingerprintOf(labels), "9d8f201552d076e1");
});

Deno.test("showAlert() tells all that Alertmanager tells", () => {
  const { annotations, ...shown } = showAlert(firing(), AROUND);
  assertEquals(shown, {
    labels: { alertname: "HIGH_CPU", service: "checkout", severity: "warning" },
    startsAt: "2023-11-14T22:13:20.000Z",
    endsAt: "2023-11-14T22:19:20.000Z",
    updatedAt: "2023-11-14T22:13:20.000Z",
    fingerprint: "9d8f201552d076e1",
    receivers: [{ name: "none" }],
    generatorURL: "https://vitals.example.com/alerts/alert-checkout",
    status: { state: "active", silencedBy: [], inhibitedBy: [], mutedBy: [] },
  });
  assertEquals(annotations.summary, "checkout: checkout is firing");
});

Deno.test("showAlert() tells what mutes an alert", () => {
  const mute = { until: 0, author: "", reason: "" };
  const silence = firing({ silencedBy: { ...mute, kind: "silence", id: "s1" } });
  const window = firing({ silencedBy: { ...mute, kind: "maintenance", id: "nightly" } });
  const parent = firing({ rule: "SERVICE_DOWN", severity: "critical" }, "db");
  const inhibition = { kind: "down", service: "db", alert: parent.id, until: null } as const;
  const child = firing({ inhibitedBy: inhibition });
  const none = { silencedBy: [], inhibitedBy: [], mutedBy: [] };
  const state = "suppressed";
  assertEquals(showAlert(silence, AROUND).status, { state, ...none, silencedBy: ["s1"] });
  assertEquals(showAlert(window, AROUND).status, { state, ...none, mutedBy: ["nightly"] });
  assertEquals(showAlert(child, AROUND).status, { state, ...none, inhibitedBy: ["db"] });
  const known = showAlert(child, { ...AROUND, alert: () => parent });
  const labels = { alertname: "SERVICE_DOWN", service: "db", severity: "critical" };
  assertEquals(known.status.inhibitedBy, [fingerprintOf(labels)]);
});

Deno.test("showAlert() names the receivers that are told", () => {
  const route = { matcher: MATCH_ALL, minSeverity: "warning" } as const;
  const routes = [
    { ...route, name: "ops" },
    { ...route, name: "pager", minSeverity: "critical" as const },
    { ...route, name: "shop", matcher: { ...MATCH_ALL, tag: "shop" } },
  ];
  const around = { ...AROUND, routes, tagsOf: () => ["shop"] };
  assertEquals(showAlert(firing(), around).receivers, [{ name: "ops" }, { name: "shop" }]);
  assertEquals(receiverNames(routes).map(({ name }) => name), ["ops", "pager", "shop", "none"]);
});

Deno.test("groupAlerts() puts those of a service together, for each receiver", () => {
  const names = ["ops", "shop"];
  const routes = names.map((name) => ({
    name,
    matcher: MATCH_ALL,
    minSeverity: "warning" as const,
  }));
  const alerts = [firing(), firing({ rule: "HIGH_MEMORY" }), firing({}, "cart")]
    .map((alert) => showAlert(alert, { ...AROUND, routes }));
  assertEquals(
    groupAlerts(alerts).map(({ labels, receiver, alerts }) => [
      ...[labels.service, receiver.name, alerts.length],
    ]),
    [["cart", "ops", 1], ["cart", "shop", 1], ["checkout", "ops", 2], ["checkout", "shop", 2]],
  );
});
