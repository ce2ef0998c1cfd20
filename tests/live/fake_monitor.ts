/**
 * A monitor in miniature: it keeps services, windows and alerts, and describes each act as a change.
 *
 * @module
 */

import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
import { BUILT_IN_METRICS } from "@/lib/domain/metric.ts";
import type { SeriesSample } from "@/lib/domain/sample.ts";
import { startStrip } from "@/lib/domain/status_strip.ts";
import type { HubSource } from "@/lib/live/hub_source.ts";
import type { Change } from "@/lib/ports/change.ts";
import { encodeTimes } from "@/lib/protocol/times.ts";
import type { AlertView, DashboardView, MetricView, ServiceView } from "@/lib/protocol/views.ts";
import type { FakeClock } from "@/tests/support/fake_clock.ts";

const WINDOW = 60;

/** Implements {@linkcode HubSource}. Every act returns the change to publish. */
export class FakeMonitor implements HubSource {
  /** What {@linkcode FakeMonitor.samplesPerSecond} answers. */
  rate = 12.5;
  readonly #clock: FakeClock;
  readonly #series = new Map<string, Map<string, SeriesSample[]>>();
  readonly #tags = new Map<string, string>();
  /** Names of services that are simulated. */
  readonly simulated = new Set<string>();
  readonly #heartbeats = new Map<string, number>();
  readonly #alerts = new Map<string, AlertView>();

  /** Starts with nothing to watch. */
  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  /** Takes values of one series, dated now. */
  sample(service: string, metric: string, ...values: number[]): Change {
    const added = values.map((value) => ({ at: this.#clock.now(), value }));
    this.#heartbeats.set(service, this.#clock.now());
    const metrics = this.#series.get(service) ?? new Map<string, SeriesSample[]>();
    this.#series.set(service, metrics);
    metrics.set(metric, [...(metrics.get(metric) ?? []), ...added].slice(-WINDOW));
    return this.#change({ services: new Map([[service, new Map([[metric, added]])]]) });
  }

  /** Changes something of a service that is no sample. */
  tag(service: string, tag: string): Change {
    this.#series.set(service, this.#series.get(service) ?? new Map());
    this.#tags.set(service, tag);
    return this.#change({ services: new Map([[service, new Map()]]) });
  }

  /** Removes a service and its alerts. */
  remove(service: string): Change {
    this.#series.delete(service);
    this.#tags.delete(service);
    this.#heartbeats.delete(service);
    for (const [id, alert] of this.#alerts) {
      if (alert.service === service) this.#alerts.delete(id);
    }
    return this.#change({ removed: [service] });
  }

  /** Puts the alert of a service, whose id is `alert-<service>`, into a state. */
  alertTo(service: string, state: AlertView["state"]): Change {
    const alert = alertView(service, state, this.#clock.now());
    this.#alerts.set(alert.id, alert);
    const services = new Map(this.#series.has(service) ? [[service, new Map()]] : []);
    return this.#change({ services, alerts: [alert.id] });
  }

  dashboard(): Omit<DashboardView, "stats"> {
    const services = [...this.#series.keys()].flatMap((name) => this.service(name) ?? []);
    const alerts = [...this.#alerts.values()].filter((alert) => alert.state !== "resolved");
    return { at: this.#clock.now(), metrics: BUILT_IN_METRICS, services, alerts };
  }

  service(name: string): ServiceView | undefined {
    const series = this.#series.get(name);
    if (series === undefined) return undefined;
    const tag = this.#tags.get(name);
    const alert = this.#alerts.get(`alert-${name}`);
    return {
      name,
      tags: tag === undefined ? [] : [tag],
      dependsOn: [],
      source: this.simulated.has(name)
        ? { kind: "simulated", worker: { state: "running", restarts: 0, reason: null } }
        : { kind: "push" },
      status: "HEALTHY",
      since: 0,
      lastHeartbeat: this.#heartbeats.get(name) ?? null,
      metrics: Object.fromEntries([...series].map(([id, points]) => [id, metricView(points)])),
      alerts: alert === undefined || alert.state === "resolved" ? [] : [alert.id],
      flapping: [],
      failure: null,
      faults: [],
      strip: startStrip("HEALTHY", 0),
    };
  }

  alert(id: string): AlertView | undefined {
    return this.#alerts.get(id);
  }

  endedAlert(id: string): AlertView | undefined {
    const alert = this.#alerts.get(id);
    return alert?.state === "resolved" ? alert : undefined;
  }

  /** Forgets an alert that has ended. */
  forget(id: string): void {
    this.#alerts.delete(id);
  }

  samplesPerSecond(): number {
    return this.rate;
  }

  #change(part: Partial<Change>): Change {
    const acceptedAtMs = this.#clock.monotonicMs();
    return { services: new Map(), removed: [], alerts: [], incidents: [], acceptedAtMs, ...part };
  }
}

function metricView(points: readonly SeriesSample[]): MetricView {
  const recent = points.map((point) => point.value);
  return {
    value: recent.at(-1) ?? 0,
    avg: recent.reduce((sum, value) => sum + value, 0) / recent.length,
    min: Math.min(...recent),
    max: Math.max(...recent),
    limit: null,
    breach: false,
    recent,
    times: encodeTimes(points.map((point) => point.at)),
  };
}

function alertView(service: string, state: AlertView["state"], at: number): AlertView {
  const [rule] = DEFAULT_RULES;
  if (rule === undefined) throw new Error("Cannot make an alert: there is no default rule");
  return {
    id: `alert-${service}`,
    rule: rule.name,
    service,
    severity: rule.severity,
    state,
    since: at,
    firedAt: state === "pending" ? null : at,
    resolvedAt: state === "resolved" ? at : null,
    value: 93,
    peak: 95,
    limit: 85,
    unit: "%",
    message: `${service} is ${state}`,
    evidence: [],
    progress: { kind: "samples", breaches: 3, needed: 3 },
    definition: rule,
    seenAt: 0,
    calmSince: null,
    acknowledged: null,
    flapping: null,
    silencedBy: null,
    inhibitedBy: null,
  };
}
