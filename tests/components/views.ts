/**
 * Services, alerts and messages for the tests of the screen: one healthy service, and what differs.
 *
 * @module
 */

import { BUILT_IN_METRICS } from "@/lib/domain/metric.ts";
import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
import type { DeltaMessage, SnapshotMessage } from "@/lib/protocol/live_message.ts";
import type {
  AlertView,
  LiveStats,
  MetricView,
  NotificationView,
  ServiceView,
} from "@/lib/protocol/views.ts";

/** When the tests play: the start of the fake clock. */
export const NOW = 1_700_000_000_000;

const STATS: LiveStats = {
  ...{ samplesPerSecond: 4, peers: 1, latencyMs: { p50: 0.31, p99: 2.14 } },
  scenario: null,
};

/** Returns a pushed service that is healthy and was heard of half a second ago. */
export function service(name: string, changes: Partial<ServiceView> = {}): ServiceView {
  return {
    name,
    tags: ["identity"],
    dependsOn: [],
    source: { kind: "push" },
    status: "HEALTHY",
    since: NOW - 60_000,
    lastHeartbeat: NOW - 500,
    metrics: { cpu: metric() },
    alerts: [],
    flapping: [],
    failure: null,
    faults: [],
    strip: { from: NOW - NOW % 5_000, stepMs: 5_000, slots: "H" },
    ...changes,
  };
}

/** Returns a series of two samples, one and half a second old. */
export function metric(changes: Partial<MetricView> = {}): MetricView {
  return {
    value: 41.72,
    avg: 40,
    min: 38.25,
    max: 43,
    limit: 85,
    breach: false,
    recent: [41, 41.72],
    times: [NOW - 1_500, 1_000],
    ...changes,
  };
}

/** Returns a firing alert of a default rule. */
export function alert(rule: string, name: string, changes: Partial<AlertView> = {}): AlertView {
  const definition = DEFAULT_RULES.find((known) => known.name === rule);
  if (definition === undefined) {
    throw new RangeError(`Cannot find rule "${rule}": it is no default`);
  }
  return {
    id: `${name}/${rule}`,
    rule,
    service: name,
    severity: definition.severity,
    state: "firing",
    since: NOW - 45_000,
    firedAt: NOW - 41_000,
    resolvedAt: null,
    value: 93.1,
    peak: 95,
    limit: 85,
    unit: "%",
    message: "CPU 93.1 % above 85 % for 3 samples",
    evidence: [],
    progress: { kind: "samples", breaches: 3, needed: 3 },
    definition,
    seenAt: NOW,
    calmSince: null,
    acknowledged: null,
    silencedBy: null,
    inhibitedBy: null,
    flapping: null,
    ...changes,
  };
}

/** Returns a snapshot of these services and alerts, number 1. */
export function snapshot(
  services: readonly ServiceView[],
  changes: Partial<SnapshotMessage> = {},
): SnapshotMessage {
  return {
    type: "snapshot",
    seq: 1,
    at: NOW,
    metrics: BUILT_IN_METRICS,
    services,
    alerts: [],
    stats: STATS,
    ...changes,
  };
}

/** Returns a delta in which nothing changed but what is named. */
export function delta(seq: number, changes: Partial<DeltaMessage> = {}): DeltaMessage {
  return {
    type: "delta",
    seq,
    at: NOW,
    services: [],
    removed: [],
    alerts: [],
    stats: STATS,
    ...changes,
  };
}

/** Returns a first message about an alert, delivered to a webhook. */
export function notification(changes: Partial<NotificationView> = {}): NotificationView {
  return {
    ...{ id: "n1", at: NOW - 40_000, receiver: "ops", receiverKind: "webhook", service: "auth" },
    ...{ incident: "i1", alerts: ["auth/HIGH_CPU"], severity: "warning" },
    decision: { kind: "send", reason: "first" },
    title: "auth: CPU 93.1 % above 85 % for 3 samples",
    state: "delivered",
    reason: null,
    attempts: [{ at: NOW - 40_000, result: "delivered", detail: "HTTP 204" }],
    tries: 1,
    nextTryAt: null,
    ...changes,
  };
}
