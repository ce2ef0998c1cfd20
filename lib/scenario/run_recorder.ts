/**
 * Writes down what comes of a scenario: changes of its services and their alerts, and what is told of them. What
 * was there before it began is no part of it.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { ScenarioEvent, ScenarioFault } from "@/lib/domain/scenario.ts";
import type { Status } from "@/lib/domain/status.ts";
import type { Change } from "@/lib/ports/change.ts";
import type { AlertView, NotificationView, ServiceView } from "@/lib/protocol/views.ts";

/** The state that a scenario is watched in. */
export interface ScenarioSource {
  /** One service; `undefined` if there is none of that name. */
  service(name: string): ServiceView | undefined;
  /** One alert, also one that has just ended. */
  alert(id: string): AlertView | undefined;
  /** What was decided to tell the receiver that counts, newest first; nothing if there is no such receiver. */
  notifications(): readonly NotificationView[];
}

/** Where a run stands at a time of the clock. */
export type ToElapsed = (at: Instant) => number;

/** Keeps the transcript of one run. */
export class RunRecorder {
  readonly #source: ScenarioSource;
  readonly #services: ReadonlySet<string>;
  readonly #statuses = new Map<string, Status>();
  /** How far each alert is; those from before the beginning are `"old"`. */
  readonly #alerts = new Map<string, AlertView["state"] | "old">();
  readonly #oldIncidents: ReadonlySet<string>;
  readonly #notified = new Set<string>();
  readonly #events: ScenarioEvent[] = [];

  /** Begins with how services are now, at 0. */
  constructor(source: ScenarioSource, services: readonly string[]) {
    this.#source = source;
    this.#services = new Set(services);
    for (const name of services) {
      for (const id of source.service(name)?.alerts ?? []) this.#alerts.set(id, "old");
      this.#noteStatus(name, 0);
    }
    const told = source.notifications();
    this.#oldIncidents = new Set(told.map(({ incident }) => incident));
    for (const { id } of told) this.#notified.add(id);
  }

  /** What was written down so far, by time. */
  get events(): readonly ScenarioEvent[] {
    return this.#events.toSorted((one, other) => one.atMs - other.atMs);
  }

  /** Notes that a fault begins. */
  noteFault({ service, kind }: ScenarioFault, atMs: number): void {
    this.#events.push({ kind: "fault", atMs, service, fault: kind });
  }

  /** Notes what a change has changed. */
  noteChange({ services, alerts }: Change, atMs: number): void {
    for (const id of alerts) this.#noteAlert(id, atMs);
    for (const name of services.keys()) {
      if (this.#services.has(name)) this.#noteStatus(name, atMs);
    }
  }

  /** Notes what was told since the last call. */
  noteNotifications(toElapsed: ToElapsed): void {
    for (
      const { id, at, service, incident, decision } of this.#source.notifications().toReversed()
    ) {
      if (this.#notified.has(id) || decision.kind !== "send") continue;
      this.#notified.add(id);
      if (!this.#services.has(service) || this.#oldIncidents.has(incident)) continue;
      const { reason } = decision;
      this.#events.push({ kind: "notification", atMs: toElapsed(at), service, reason });
    }
  }

  #noteAlert(id: string, atMs: number): void {
    const alert = this.#source.alert(id);
    const before = this.#alerts.get(id);
    if (alert === undefined || before === "old" || before === alert.state) return;
    if (!this.#services.has(alert.service)) return;
    this.#alerts.set(id, alert.state);
    const { service, rule, state } = alert;
    const change = state === "resolved" && alert.firedAt === null ? "cancelled" : state;
    this.#events.push({ kind: "alert", atMs, service, rule, change });
  }

  #noteStatus(service: string, atMs: number): void {
    const status = this.#source.service(service)?.status;
    if (status === undefined || status === this.#statuses.get(service)) return;
    this.#statuses.set(service, status);
    this.#events.push({ kind: "status", atMs, service, status });
  }
}
