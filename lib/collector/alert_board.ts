/**
 * The alerts as they are read: each with what is around it, active ones from the services and ended ones
 * from the records.
 *
 * @module
 */

import type { Alert } from "@/lib/domain/alert.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import type { Matcher } from "@/lib/domain/matcher.ts";
import { matchesAlert } from "@/lib/domain/matcher.ts";
import type { Severity } from "@/lib/domain/rule.ts";
import type { FlappingFacts } from "@/lib/ports/incident_source.ts";
import type { AlertQuery } from "@/lib/ports/monitor.ts";
import { type AlertSurroundings, viewAlert } from "@/lib/protocol/alert_view.ts";
import type { AlertView } from "@/lib/protocol/views.ts";

import type { AlertRecords } from "./alert_records.ts";
import type { Dependents } from "./dependents.ts";
import type { Mutes } from "./mutes.ts";
import type { WatchedService } from "./watched_service.ts";

/** What an {@linkcode AlertBoard} reads. */
export interface AlertBoardOptions {
  /** The services by name. */
  readonly services: ReadonlyMap<string, WatchedService>;
  /** What mutes alerts. */
  readonly mutes: Mutes;
  /** What inhibits alerts. */
  readonly dependents: Dependents;
  /** The alerts that ended. */
  readonly records: AlertRecords;
}

/** The part of an alert that decides over what is around it. */
interface Placed {
  readonly rule: string;
  readonly severity: Severity;
  readonly begunAt: Instant;
}

/** Reads alerts; it changes nothing. */
export class AlertBoard {
  readonly #options: AlertBoardOptions;

  /** Reads what it is given, as it is at each call. */
  constructor(options: AlertBoardOptions) {
    this.#options = options;
  }

  /** Returns an alert that is active or was kept after its end. */
  find(id: string, now: Instant): AlertView | undefined {
    const { services, records } = this.#options;
    const watched = services.get(serviceOf(id));
    const alert = Object.values(watched?.state.alerts ?? {}).find((each) => each.id === id);
    if (watched === undefined || alert === undefined) return records.find(id);
    return this.#view(watched, alert, now);
  }

  /** Returns the pending and firing alerts of a service. */
  activeOf(service: string, now: Instant): AlertView[] {
    const watched = this.#options.services.get(service);
    return watched === undefined ? [] : this.#activeOf(watched, now);
  }

  /** Returns all pending and firing alerts. */
  active(now: Instant): AlertView[] {
    return [...this.#options.services.values()]
      .flatMap((watched) => this.#activeOf(watched, now));
  }

  /** Returns the alerts that a query asks for. */
  list({ state, service, severity, after, limit }: AlertQuery, now: Instant): AlertView[] {
    const active = state === "resolved" ? [] : this.active(now);
    const resolved = state === "active" ? [] : this.#options.records.resolved();
    const found = [...active, ...resolved]
      .filter((alert) => service === null || alert.service === service)
      .filter((alert) => severity === null || alert.severity === severity)
      .sort(compareNewest);
    if (after === null) return found.slice(0, limit);
    const last = this.find(after, now);
    if (last === undefined) return [];
    return found.filter((alert) => compareNewest(last, alert) < 0).slice(0, limit);
  }

  /** Returns the rules whose alerts of a service flap. */
  flapping(service: string, now: Instant): FlappingFacts[] {
    const watched = this.#options.services.get(service);
    if (watched === undefined) return [];
    const { flaps, alerts, rules } = watched.state;
    return Object.entries(flaps).flatMap(([rule, { since, changes }]) => {
      if (since === null) return [];
      const severity = alerts[rule]?.severity ??
        rules.find(({ name }) => name === rule)?.severity ?? "warning";
      const begunAt = alerts[rule]?.begunAt ?? changes.at(-1) ?? since;
      return [{ rule, severity, ...this.#around(watched, { rule, severity, begunAt }, now) }];
    });
  }

  /** Returns the ids of active alerts that meet any of the conditions, by service. */
  matching(matchers: readonly Matcher[]): Map<string, string[]> {
    const found = new Map<string, string[]>();
    if (matchers.length === 0) return found;
    for (const [name, { tags, state }] of this.#options.services) {
      const ids = Object.values(state.alerts)
        .filter((alert) => {
          const facts = { ...toPlaced(alert), service: name, tags };
          return matchers.some((matcher) => matchesAlert(matcher, facts));
        })
        .map(({ id }) => id);
      if (ids.length > 0 || hasFlaps(state.flaps)) found.set(name, ids);
    }
    return found;
  }

  #activeOf(watched: WatchedService, now: Instant): AlertView[] {
    return Object.values(watched.state.alerts)
      .map((alert) => this.#view(watched, alert, now));
  }

  /** Why nothing is heard is context of silence alone: no verdict depends on it. */
  #view(watched: WatchedService, alert: Alert, now: Instant): AlertView {
    const around = this.#around(watched, toPlaced(alert), now);
    const { failure } = watched;
    const isSilent = alert.rule.kind === "missingHeartbeat" && alert.calmSince === null;
    if (failure === null || !isSilent) return viewAlert(alert, around);
    return viewAlert(alert, { ...around, failure: `${failure.reason}: ${failure.detail}` });
  }

  #around(watched: WatchedService, alert: Placed, now: Instant): AlertSurroundings {
    const { mutes, dependents } = this.#options;
    const { service, flaps, flapPolicy } = watched.state;
    const flap = flaps[alert.rule];
    return {
      silencedBy: mutes.muteOf({ ...alert, service, tags: watched.tags }, now),
      inhibitedBy: dependents.inhibitionOf(service, alert.begunAt, now),
      flapping: flap === undefined || flap.since === null ? null : {
        since: flap.since,
        changes: flap.changes.length,
        windowMs: flapPolicy.windowMs,
      },
    };
  }
}

/** Returns the name of the service in the id of an alert: it stands between the first two colons. */
export function serviceOf(id: string): string {
  return id.split(":")[1] ?? "";
}

function toPlaced(
  { rule, severity, begunAt }: {
    readonly rule: { readonly name: string };
    readonly severity: Severity;
    readonly begunAt: Instant;
  },
): Placed {
  return { rule: rule.name, severity, begunAt };
}

function hasFlaps(flaps: Readonly<Record<string, { readonly since: Instant | null }>>): boolean {
  return Object.values(flaps).some(({ since }) => since !== null);
}

function compareNewest(
  a: Pick<AlertView, "since" | "id">,
  b: Pick<AlertView, "since" | "id">,
): number {
  return b.since - a.since || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
