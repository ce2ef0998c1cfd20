/**
 * What the examples of the description show: one service, one alert, and what belongs to them. They are of the
 * types of answers, so they cannot tell of what is not there.
 *
 * @module
 */

import type { AuditEntry } from "@/lib/ports/audit.ts";
import type { FaultView } from "@/lib/ports/fault_desk.ts";
import type { ScenarioRunView } from "@/lib/ports/scenario_desk.ts";
import type { EventView, HistoryView, TimelineView } from "@/lib/protocol/history_views.ts";
import type { ExplainedAlert, ExplainedDetail } from "@/lib/protocol/schemas/alert_schema.ts";
import type { ExplainedNotification } from "@/lib/protocol/schemas/notification_schema.ts";
import type { StatusJson } from "@/lib/protocol/status_json.ts";
import type {
  AlertView,
  MaintenanceView,
  ReceiverView,
  ServiceView,
  SilenceView,
} from "@/lib/protocol/views.ts";

const AT = 1_700_000_000_000;

/** The id of the alert. */
export const ALERT_ID = "HIGH_CPU:checkout:loyw3v28";

/** A service. */
export const A_SERVICE: ServiceView = {
  name: "checkout",
  tags: ["shop"],
  dependsOn: ["payments-db"],
  source: { kind: "push" },
  failure: null,
  status: "DEGRADED",
  since: AT + 2_000,
  lastHeartbeat: AT + 2_000,
  metrics: {
    cpu: {
      ...{ value: 97, avg: 96, min: 95, max: 97, limit: 85, breach: true },
      recent: [95, 96, 97],
      times: [AT, 1_000, 1_000],
    },
  },
  alerts: [ALERT_ID],
  flapping: [],
  faults: [],
  strip: { from: AT, stepMs: 5_000, slots: "D" },
};

/** An alert as acts show it. */
export const AN_ALERT: AlertView = {
  id: ALERT_ID,
  rule: "HIGH_CPU",
  service: "checkout",
  severity: "warning",
  state: "firing",
  since: AT,
  firedAt: AT + 2_000,
  resolvedAt: null,
  value: 97,
  peak: 97,
  limit: 85,
  unit: "%",
  message: "CPU 97.0 % above 85 % for 3 samples",
  evidence: [{ at: AT, value: 95 }, { at: AT + 1_000, value: 96 }, { at: AT + 2_000, value: 97 }],
  progress: { kind: "samples", breaches: 3, needed: 3 },
  definition: {
    kind: "threshold",
    name: "HIGH_CPU",
    severity: "warning",
    metric: { id: "cpu", label: "CPU", name: "CPU", unit: "%", min: 0, max: 100, decimals: 1 },
    direction: "above",
    limit: 85,
    clear: 85,
    mean: 1,
    critical: null,
    hold: { kind: "samples", breaches: 3, of: 3 },
    keepFiringForMs: 0,
    services: ["*"],
  },
  seenAt: AT + 2_000,
  calmSince: null,
  acknowledged: { by: "Anna", at: AT + 5_000, note: "on it", severity: "warning" },
  silencedBy: null,
  inhibitedBy: null,
  flapping: null,
};

/** The alert as it is read. */
export const A_READ_ALERT: ExplainedAlert = {
  ...AN_ALERT,
  explanation: "no data for 4.2 s; last CPU 97.0 %",
};

/** An entry of the notification log. */
export const A_NOTIFICATION: ExplainedNotification = {
  id: "nloyw3v28x1",
  at: AT + 4_000,
  receiver: "log",
  receiverKind: "log",
  service: "checkout",
  incident: "checkout:loyw3v28",
  alerts: [ALERT_ID],
  severity: "warning",
  decision: { kind: "send", reason: "first" },
  title: "checkout: HIGH_CPU, CPU 97.0 % above 85 % for 3 samples",
  state: "delivered",
  reason: null,
  attempts: [{ at: AT + 4_000, result: "delivered", detail: "written to the log" }],
  tries: 1,
  nextTryAt: null,
  explanation: "first",
};

/** The alert with its life. */
export const AN_ALERT_LIFE: ExplainedDetail = {
  alert: A_READ_ALERT,
  transitions: [{
    change: "firing",
    at: AT + 2_000,
    severity: "warning",
    value: 97,
    limit: 85,
    unit: "%",
    message: AN_ALERT.message,
    evidence: AN_ALERT.evidence,
    rule: AN_ALERT.definition,
    seenAt: AT + 2_000,
    acknowledged: null,
  }],
  notifications: [A_NOTIFICATION],
};

/** A silence. */
export const A_SILENCE: SilenceView = {
  id: "sloyw3v281",
  matcher: { service: "checkout", rule: null, tag: null, severity: null },
  startsAt: AT,
  endsAt: AT + 7_200_000,
  createdAt: AT,
  author: "Anna",
  reason: "deploy",
  state: "active",
  mutes: 1,
};

/** A maintenance window. */
export const A_WINDOW: MaintenanceView = {
  name: "nightly-backup",
  matcher: { service: null, rule: null, tag: "database", severity: null },
  reason: "",
  active: false,
  span: { startsAt: AT, endsAt: AT + 7_200_000 },
};

/** A receiver. */
export const A_RECEIVER: ReceiverView = {
  name: "log",
  kind: "log",
  state: "ok",
  queued: 0,
  failure: null,
  deliveredAt: AT + 2_000,
};

/** A fault. */
export const A_FAULT: FaultView = {
  id: "loyw3v28-1",
  service: "auth-service",
  kind: "cpu-spike",
  intensity: 0.8,
  startedAt: AT,
  durationMs: 30_000,
};

/** A scenario that is played. */
export const A_RUN: ScenarioRunView = {
  name: "cpu-spike",
  summary: "A burst of work takes the CPU of one service; its neighbours notice nothing.",
  durationMs: 90_000,
  state: "running",
  elapsedMs: 0,
  at: AT,
  next: { atMs: 20_000, what: "CPU spike on auth-service" },
  differences: [],
};

/** Samples over time. */
export const A_HISTORY: HistoryView = {
  from: AT - 21_600_000,
  to: AT,
  stepMs: 120_000,
  metrics: {
    cpu: {
      t: [AT - 240_000, AT - 120_000],
      min: [38.1, 39],
      max: [44.6, 51.3],
      avg: [41.2, 42.75],
      count: [120, 118],
    },
  },
  gaps: [{ from: AT - 10_000_000, to: AT - 9_940_000 }],
};

/** Things that happened. */
export const SOME_EVENTS: readonly EventView[] = [
  { kind: "status", id: "3", at: AT + 2_000, from: "HEALTHY", to: "DEGRADED" },
  { kind: "gap", id: "2", at: AT - 10_000_000, to: AT - 9_940_000 },
];

/** Statuses over time. */
export const A_TIMELINE: TimelineView = {
  from: AT - 86_400_000,
  to: AT,
  spans: [{ from: AT - 86_400_000, to: AT, status: "HEALTHY" }],
  alerts: [{
    id: ALERT_ID,
    rule: "HIGH_CPU",
    metric: "cpu",
    severity: "warning",
    firedAt: AT - 50_000,
    resolvedAt: null,
    message: AN_ALERT.message,
  }],
  uptime: [{ spanMs: 86_400_000, ratio: 0.9991, knownMs: 86_340_000 }],
};

/** The status page. */
export const A_STATUS_PAGE: StatusJson = {
  at: AT + 5_000,
  title: "Service status",
  description: "",
  status: "degraded",
  headline: "Checkout has problems",
  groups: [{
    name: null,
    services: [{
      service: "checkout",
      name: "Checkout",
      status: "degraded",
      since: AT + 2_000,
      uptime: 0.999132,
      days: { from: 1_699_833_600_000, status: ["up", "degraded"], uptime: [1, 0.998264] },
    }],
  }],
  incidents: [{
    id: "urn:uuid:8a4bd8a0-6e6e-5f0c-9a61-0f6a3f3c9c11",
    service: "checkout",
    name: "Checkout",
    trouble: "degraded",
    from: AT + 2_000,
    to: null,
    changedAt: AT + 2_000,
    words: "has problems",
    outcome: "It is not over.",
  }],
  maintenance: [{
    title: "Backup of the night",
    services: [],
    isActive: false,
    startsAt: AT + 7_200_000,
    endsAt: AT + 14_400_000,
  }],
  leftOut: 0,
  hasPast: true,
};

/** An entry of the audit log. */
export const AN_AUDIT_ENTRY: AuditEntry = {
  id: 12,
  at: AT + 5_000,
  kind: "act",
  who: "anna",
  address: "192.0.2.7",
  what: "POST /api/alerts/:id/ack",
  subject: ALERT_ID,
  status: 200,
};
