/**
 * What tests write into a history.
 *
 * @module
 */

import type { AlertTransition } from "@/lib/domain/alert.ts";
import type { AlertChange } from "@/lib/domain/explain.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import { DEFAULT_RULES, type Rule } from "@/lib/domain/rule.ts";
import type { Sample } from "@/lib/domain/sample.ts";
import type { StatusTransition } from "@/lib/domain/service.ts";
import type { Status } from "@/lib/domain/status.ts";
import type { History, HistoryBatch } from "@/lib/ports/history.ts";
import type { SeriesColumns } from "@/lib/protocol/history_views.ts";

/** When tests begin: 2023-11-14T22:13:20.330Z, the beginning of nothing. */
export const START: Instant = 1_700_000_000_330;

/** A batch without anything. */
export const NOTHING: Omit<HistoryBatch, "at"> = { samples: [], transitions: [], documents: [] };

/** Appends what is named; all else is nothing. */
export function append(history: History, batch: Partial<HistoryBatch>): Promise<void> {
  return history.append({ at: START, ...NOTHING, ...batch });
}

/** Lets a history do all that is due at an instant. */
export async function maintainAll(history: History, now: Instant): Promise<void> {
  let steps = 0;
  while (await history.maintain(now)) {
    if (++steps > 100_000) {
      throw new Error("Cannot put the history in order: there is no end to it");
    }
  }
}

/** Returns samples of a service, one a second. */
export function perSecond(
  service: string,
  from: Instant,
  count: number,
  metrics: (second: number) => Sample["metrics"],
): Sample[] {
  return Array.from(
    { length: count },
    (_, second) => ({ service, at: from + 1_000 * second, metrics: metrics(second) }),
  );
}

/** Returns raw samples as the port does. */
export function columnsOf(samples: readonly (readonly [Instant, number])[]): SeriesColumns {
  const values = samples.map(([, value]) => value);
  return {
    t: samples.map(([at]) => at),
    ...{ min: values, max: values, avg: values, count: values.map(() => 1) },
  };
}

/** Returns a change of status. */
export function statusChange(service: string, at: Instant, to: Status): StatusTransition {
  return { kind: "status", service, from: "UNKNOWN", to, at };
}

/** Returns a step in the life of an alert of the service `checkout`. */
export function alertStep(
  id: string,
  change: AlertChange,
  at: Instant,
  firedAt: Instant | null = null,
): AlertTransition {
  return {
    ...{ kind: "alert", change, id, service: "checkout", rule: HIGH_CPU, severity: "warning" },
    ...{ at, since: at, firedAt, value: 90, peak: 95, limit: 85, unit: "%" },
    ...{ evidence: [{ at, value: 90 }], message: "CPU 90 % above 85 %", seenAt: at },
    ...{ calmSince: null, acknowledgement: null },
  };
}

const HIGH_CPU = ruleNamed("HIGH_CPU");

function ruleNamed(name: string): Rule {
  const rule = DEFAULT_RULES.find((each) => each.name === name);
  if (rule === undefined) throw new RangeError(`Cannot find rule "${name}": it is no default rule`);
  return rule;
}
