import { assert, assertEquals, assertThrows } from "@std/assert";

import { Collector } from "@/lib/collector/collector.ts";
import type { HoldReason } from "@/lib/domain/notification.ts";
import { DEFAULT_RULES, type Rule } from "@/lib/domain/rule.ts";
import { parseStoredTransition } from "@/lib/protocol/stored_alert.ts";
import { parseStoredNotification } from "@/lib/protocol/stored_notification.ts";
import { formatStoredService, parseStoredService } from "@/lib/protocol/stored_service.ts";
import { parseStoredSilence } from "@/lib/protocol/stored_silence.ts";
import type { NotificationView } from "@/lib/protocol/views.ts";

import { configOf } from "../support/config.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { KeptState } from "../support/kept_state.ts";

/** Every kind of rule and hold. */
function rules(): Rule[] {
  return DEFAULT_RULES.flatMap((rule): Rule[] => {
    if (rule.kind === "missingHeartbeat") return [{ ...rule, criticalMs: 60_000 }];
    const hold = { kind: "duration", durationMs: 2_000 } as const;
    return [rule, { ...rule, name: `${rule.name}_LONG`, hold, critical: 99 }];
  });
}

/** What a monitor writes down in which alerts fire, resolve, are acknowledged and flap. */
function written(): KeptState {
  const [clock, kept] = [new FakeClock(), new KeptState()];
  const config = configOf({
    rules: rules(),
    alerting: { flapping: { changes: 2, windowMs: 600_000 } },
  });
  const collector = new Collector({ clock, config, publish() {}, ledger: kept });
  for (const cpu of [99.5, 99.5, 99.5, 99.5, 20, 99.5, 99.5, 99.5]) {
    clock.stall(1_000);
    collector.ingest([{ service: "checkout", metrics: { cpu, errorRate: 0.1 } }]);
  }
  const [alert] = collector.alertsOf("checkout");
  assert(alert);
  collector.acknowledge(alert.id, { by: "Anna", note: "on it" });
  collector.silences.add({
    matcher: { service: "check*", rule: null, tag: "web", severity: "critical" },
    startsAt: clock.now() + 5,
    endsAt: clock.now() + 9,
    author: "Anna",
    reason: "",
  });
  return kept;
}

Deno.test("what is written of services, silences and transitions is read back the same", () => {
  const { documents, transitions } = written();
  const bodies = [...documents.values()];
  const services = bodies.filter(({ kind }) => kind === "service").map(({ body }) => body);
  for (const body of services) {
    const again = formatStoredService(parseStoredService(body));
    assertEquals(JSON.parse(again), JSON.parse(body));
  }
  const [service] = services.map(parseStoredService);
  assert(service && Object.keys(service.state.alerts).length >= 2);
  assert(Object.keys(service.state.flaps).length > 0);
  const silences = bodies.filter(({ kind }) => kind === "silence").map(({ body }) => body);
  assertEquals(silences.map(parseStoredSilence), silences.map((body) => JSON.parse(body)));
  const alerts = transitions.filter(({ kind }) => kind === "alert");
  const changes = new Set<string>();
  for (const transition of alerts) {
    const text = JSON.stringify(transition);
    const read = parseStoredTransition(text);
    assertEquals(read, JSON.parse(text));
    changes.add(read.change);
  }
  assertEquals([...changes].sort(), ["acknowledged", "firing", "pending", "resolved"]);
});

Deno.test("what is written of a notification is read back the same, whatever holds it", () => {
  const reasons: HoldReason[] = [
    { code: "gathering", until: 1 },
    { code: "told", until: null },
    { code: "inhibited", by: "db" },
    { code: "awaiting parent", by: "db", until: 1 },
    { code: "silenced", by: "Anna", until: 1 },
    { code: "maintenance", by: "weekly", until: 1 },
    { code: "acknowledged", by: "Anna" },
    { code: "refused", until: 1 },
    { code: "flapping" },
    { code: "no match" },
    { code: "never told" },
  ];
  for (const reason of reasons) {
    const view: NotificationView = {
      ...{ id: "n1", at: 1, receiver: "ops", receiverKind: "webhook", service: "checkout" },
      ...{ incident: "checkout:1", alerts: ["a"], severity: "warning", title: "t" },
      ...{ decision: { kind: "hold", reason }, state: "held", reason: null, tries: 1 },
      attempts: [{ at: 1, result: "passing", detail: "HTTP 503" }],
      nextTryAt: null,
    };
    const stored = { order: 7, view, notification: null };
    assertEquals(parseStoredNotification(JSON.stringify(stored)), stored, reason.code);
  }
});

Deno.test("what is damaged is refused", () => {
  for (const text of ["", "{", "null", "{}", '{"kind":"alert"}']) {
    for (const parse of [parseStoredService, parseStoredSilence, parseStoredTransition]) {
      assertThrows(() => parse(text));
    }
  }
});

Deno.test("what is written of a job is read back the same", () => {
  const [body = ""] = [...written().documents.values()].flatMap(({ kind, body }) =>
    kind === "service" ? [body] : []
  );
  const job = {
    runs: [{ id: "", startedAt: 5, dueAt: null }, { id: "eu-7", startedAt: 6, dueAt: 9 }],
    failure: { reason: "exit 3", detail: "exit 3: disk full", since: 4 },
  };
  const text = formatStoredService({ ...parseStoredService(body), job });
  assertEquals(parseStoredService(text).job, job);
});

Deno.test("a service that was written before there were jobs can be read", () => {
  const [body = ""] = [...written().documents.values()].flatMap(({ kind, body }) =>
    kind === "service" ? [body] : []
  );
  const { job, ...older } = JSON.parse(body);
  assertEquals([job, parseStoredService(JSON.stringify(older)).job], [null, null]);
});

Deno.test("a rule with a schedule is read back the same", () => {
  const [transition] = written().transitions.filter(({ kind }) => kind === "alert");
  const times = { slackMs: 30_000, graceMs: 300_000 };
  const schedules = [
    { kind: "every", everyMs: 3_600_000, ...times },
    { kind: "cron", cron: "0 3 * * *", timeZone: "Europe/Berlin", ...times },
  ];
  const silence = DEFAULT_RULES.find(({ kind }) => kind === "missingHeartbeat");
  for (const schedule of schedules) {
    const text = JSON.stringify({ ...transition, rule: { ...silence, schedule } });
    assertEquals(parseStoredTransition(text), JSON.parse(text));
  }
});
