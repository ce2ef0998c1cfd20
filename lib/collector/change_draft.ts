/**
 * Gathers the effects of one act into one change.
 *
 * @module
 */

import type { SeriesSample } from "@/lib/domain/sample.ts";
import type { Change } from "@/lib/ports/change.ts";

/** What is gathered of one service. */
export interface ServiceNews {
  /** New samples by metric id. */
  readonly points: ReadonlyMap<string, readonly SeriesSample[]>;
  /** Ids of changed alerts. */
  readonly alerts: readonly string[];
}

/** A change that is being made. Use it for one act, then `finish` it. */
export class ChangeDraft {
  readonly #acceptedAtMs: number;
  readonly #services = new Map<string, Map<string, SeriesSample[]>>();
  readonly #removed: string[] = [];
  readonly #alerts = new Set<string>();
  readonly #incidents = new Set<string>();

  /** `acceptedAtMs` is the monotonic instant at which the act began. */
  constructor(acceptedAtMs: number) {
    this.#acceptedAtMs = acceptedAtMs;
  }

  /** Whether nothing was gathered. */
  get isEmpty(): boolean {
    return this.#services.size + this.#removed.length + this.#incidents.size === 0;
  }

  /** Takes what happened to a service. */
  add(service: string, news: ServiceNews): void {
    const points = this.#pointsOf(service);
    for (const [metric, added] of news.points) {
      points.set(metric, [...(points.get(metric) ?? []), ...added]);
    }
    for (const id of news.alerts) this.#alerts.add(id);
  }

  /** Takes alerts of a service around which something changed. */
  addAlerts(service: string, alerts: readonly string[]): void {
    for (const id of alerts) this.#alerts.add(id);
    this.#incidents.add(service);
  }

  /** Notes that something decides anew over what is told of a service. */
  addIncident(service: string): void {
    this.#incidents.add(service);
  }

  /** Notes that something of a service changed that is neither sample nor alert. */
  touch(service: string): void {
    this.#pointsOf(service);
  }

  /** Notes that a service is gone. */
  remove(service: string): void {
    this.#services.delete(service);
    this.#removed.push(service);
    this.#incidents.add(service);
  }

  /** Returns the change. */
  finish(): Change {
    return {
      services: this.#services,
      removed: this.#removed,
      alerts: [...this.#alerts],
      incidents: [...this.#incidents],
      acceptedAtMs: this.#acceptedAtMs,
    };
  }

  #pointsOf(service: string): Map<string, SeriesSample[]> {
    const known = this.#services.get(service);
    if (known !== undefined) return known;
    const points = new Map<string, SeriesSample[]>();
    this.#services.set(service, points);
    return points;
  }
}
