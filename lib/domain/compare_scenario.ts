/**
 * Compares what came of a scenario with what was expected of it.
 *
 * @module
 */

import type { Expectations, ExpectedAlert, ExpectedStatus, ScenarioEvent } from "./scenario.ts";
import { formatMoment } from "./scenario.ts";
import type { Status } from "./status.ts";

/** A run as it is judged. */
export interface ScenarioRecord {
  /** What came of it, in order. Statuses at the beginning are events at or before 0. */
  readonly events: readonly ScenarioEvent[];
  /** Whether times mean something: they do not once the run was paused. */
  readonly isTimed: boolean;
  /** Whether anybody is told who would be told of everything. */
  readonly isTold: boolean;
}

/**
 * Returns where expectation and fact differ, a line each; none if all is as expected. Alerts of one rule on
 * one service are matched in their order. Of a run without times it is only asked whether there was an alert
 * of each rule and service, and whether the last of them ended.
 *
 * @example An alert that is late
 * ```ts
 * import { compareScenario } from "@/lib/domain/compare_scenario.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const subject = { service: "auth-service", rule: "HIGH_CPU" };
 * const alert = { ...subject, firesAtMs: 33_000, resolvesAtMs: null, toleranceMs: 3_000 };
 * const expects = { alerts: [alert], statuses: [], notifications: { total: null, byReason: {} } };
 * const fired = { kind: "alert", atMs: 41_000, ...subject, change: "firing" } as const;
 * assertEquals(compareScenario(expects, { events: [fired], isTimed: true, isTold: true }), [
 *   "expected HIGH_CPU on auth-service to fire at 33 s ± 3 s, it fired at 41 s",
 * ]);
 * ```
 */
export function compareScenario(
  expects: Expectations,
  { events, isTimed, isTold }: ScenarioRecord,
): readonly string[] {
  const alerts = compareAlerts(expects.alerts, events, isTimed);
  if (!isTimed) return alerts;
  return [
    ...alerts,
    ...expects.statuses.flatMap((expected) => compareStatusAt(expected, events)),
    ...(isTold ? compareNotifications(expects.notifications, events) : []),
  ];
}

/** From firing to resolved. */
interface Firing {
  readonly name: string;
  readonly firedAtMs: number;
  readonly resolvedAtMs: number | null;
}

function compareAlerts(
  expected: readonly ExpectedAlert[],
  events: readonly ScenarioEvent[],
  isTimed: boolean,
): string[] {
  const firings = Map.groupBy(findFirings(events), ({ name }) => name);
  if (!isTimed) {
    // A pause may have made two alerts into one, or one into two: only the last end means something.
    const last = new Map(expected.map((alert) => [nameOf(alert), alert]));
    return [...last].flatMap(([name, alert]) => {
      const firing = firings.get(name)?.at(-1);
      return firing === undefined ? [neverFired(alert)] : compareEnd(alert, firing);
    });
  }
  const lines = expected.flatMap((alert) => {
    const firing = firings.get(nameOf(alert))?.shift();
    return firing === undefined ? [neverFired(alert)] : compareTimes(alert, firing);
  });
  const unexpected = [...firings.values()].flat().map(({ name, firedAtMs }) =>
    `expected no further ${name}, it fired at ${formatMoment(firedAtMs)}`
  );
  return [...lines, ...unexpected];
}

function findFirings(events: readonly ScenarioEvent[]): Firing[] {
  const firings: Firing[] = [];
  for (const event of events) {
    if (event.kind !== "alert") continue;
    const name = nameOf(event);
    if (event.change === "firing") {
      firings.push({ name, firedAtMs: event.atMs, resolvedAtMs: null });
    }
    if (event.change === "resolved") {
      const open = firings.findIndex((each) => each.name === name && each.resolvedAtMs === null);
      const firing = firings[open];
      if (firing !== undefined) firings[open] = { ...firing, resolvedAtMs: event.atMs };
    }
  }
  return firings;
}

function nameOf({ rule, service }: { readonly rule: string; readonly service: string }): string {
  return `${rule} on ${service}`;
}

function neverFired(alert: ExpectedAlert): string {
  return `expected ${nameOf(alert)} to fire at ${span(alert.firesAtMs, alert)}, it did not`;
}

function compareTimes(alert: ExpectedAlert, { firedAtMs, resolvedAtMs }: Firing): string[] {
  const { firesAtMs, resolvesAtMs, toleranceMs } = alert;
  if (Math.abs(firedAtMs - firesAtMs) > toleranceMs) {
    const when = formatMoment(firedAtMs);
    return [`expected ${nameOf(alert)} to fire at ${span(firesAtMs, alert)}, it fired at ${when}`];
  }
  if (resolvesAtMs === null || resolvedAtMs === null) {
    return compareEnd(alert, { resolvedAtMs });
  }
  if (Math.abs(resolvedAtMs - resolvesAtMs) <= toleranceMs) return [];
  const when = formatMoment(resolvedAtMs);
  return [
    `expected ${nameOf(alert)} to resolve at ${span(resolvesAtMs, alert)}, it resolved at ${when}`,
  ];
}

function compareEnd(
  alert: ExpectedAlert,
  { resolvedAtMs }: Pick<Firing, "resolvedAtMs">,
): string[] {
  if ((alert.resolvesAtMs === null) === (resolvedAtMs === null)) return [];
  if (alert.resolvesAtMs !== null) {
    const when = span(alert.resolvesAtMs, alert);
    return [`expected ${nameOf(alert)} to resolve at ${when}, it still fired at the end`];
  }
  const when = formatMoment(resolvedAtMs ?? 0);
  return [`expected ${nameOf(alert)} to fire until the end, it resolved at ${when}`];
}

function span(atMs: number, { toleranceMs }: { readonly toleranceMs: number }): string {
  return `${formatMoment(atMs)} ± ${formatMoment(toleranceMs)}`;
}

/** It will do if the service had that status at any time within the tolerance. */
function compareStatusAt(expected: ExpectedStatus, events: readonly ScenarioEvent[]): string[] {
  const { service, status, atMs, toleranceMs } = expected;
  const had: Status[] = [];
  for (const event of events) {
    if (event.kind !== "status" || event.service !== service) continue;
    if (event.atMs > atMs + toleranceMs) break;
    // What it was before the span began counts until the next change.
    if (event.atMs <= atMs - toleranceMs) had.length = 0;
    had.push(event.status);
  }
  if (had.includes(status)) return [];
  const found = had.join(", then ") || "unknown to Vitals";
  return [`expected ${service} to be ${status} at ${span(atMs, expected)}, it was ${found}`];
}

function compareNotifications(
  { total, byReason }: Expectations["notifications"],
  events: readonly ScenarioEvent[],
): string[] {
  const reasons = events.flatMap((event) => event.kind === "notification" ? [event.reason] : []);
  const counts = Object.entries(byReason).map(([reason, count]) => ({
    what: `"${reason}"`,
    count,
    found: reasons.filter((each) => each === reason).length,
  }));
  const all = total === null ? [] : [{ what: "in all", count: total, found: reasons.length }];
  return [...all, ...counts].flatMap(({ what, count, found }) =>
    count === found ? [] : [`expected notifications ${what}: ${count}, there were ${found}`]
  );
}
