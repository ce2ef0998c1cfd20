/**
 * Alerts as they are shown.
 *
 * @module
 */

import { type Alert, type AlertTransition, limitAt } from "@/lib/domain/alert.ts";
import { lastsAt } from "@/lib/domain/judgement.ts";
import type {
  AlertProgress,
  AlertView,
  FlappingView,
  InhibitionView,
  MuteView,
  TransitionView,
} from "@/lib/protocol/views.ts";

/** What is around an alert: none of it moves the alert, all of it decides over telling. */
export interface AlertSurroundings {
  /** What mutes it. */
  readonly silencedBy: MuteView | null;
  /** The service that inhibits it. */
  readonly inhibitedBy: InhibitionView | null;
  /** Whether it keeps changing its state. */
  readonly flapping: FlappingView | null;
  /** Why its service could not be observed the last time. @default {nothing is known} */
  readonly failure?: string;
}

/** Nothing is around it. */
export const ALONE: AlertSurroundings = { silencedBy: null, inhibitedBy: null, flapping: null };

/** Returns a pending or firing alert as it is shown. */
export function viewAlert(alert: Alert, surroundings: AlertSurroundings = ALONE): AlertView {
  const { latest, cause, rule, severity } = alert;
  return {
    id: alert.id,
    rule: rule.name,
    service: alert.service,
    severity,
    state: alert.kind,
    since: alert.since,
    firedAt: alert.firedAt,
    resolvedAt: null,
    value: latest.value,
    peak: alert.peak,
    limit: limitAt(latest, severity),
    unit: latest.unit,
    message: alert.message,
    evidence: cause.evidence,
    progress: viewProgress(alert),
    definition: rule,
    seenAt: alert.seenAt,
    calmSince: alert.calmSince,
    acknowledged: alert.acknowledgement,
    ...surroundings,
  };
}

/** Returns an alert that ended as it is shown. One that never fired has no `firedAt`. */
export function viewEndedAlert(transition: AlertTransition): AlertView {
  const { rule } = transition;
  return {
    id: transition.id,
    rule: rule.name,
    service: transition.service,
    severity: transition.severity,
    state: "resolved",
    since: transition.since,
    firedAt: transition.firedAt,
    resolvedAt: transition.at,
    value: transition.value,
    peak: transition.peak,
    limit: transition.limit,
    unit: transition.unit,
    message: transition.message,
    evidence: transition.evidence,
    progress: { kind: "samples", breaches: 0, needed: 1 },
    definition: rule,
    seenAt: transition.seenAt,
    calmSince: transition.calmSince,
    acknowledged: transition.acknowledgement,
    ...ALONE,
  };
}

/** Returns a step in the life of an alert as it is shown. */
export function viewTransition(transition: AlertTransition): TransitionView {
  const { change, at, severity, value, limit, unit, message } = transition;
  const { evidence, rule, seenAt, acknowledgement } = transition;
  return {
    ...{ change, at, severity, value, limit, unit, message, evidence, rule, seenAt },
    acknowledged: change === "acknowledged" ? acknowledgement : null,
  };
}

function viewProgress({ rule, latest, seenAt, kind }: Alert): AlertProgress {
  const { held, needed } = latest;
  if (rule.kind === "threshold" && rule.hold.kind === "duration") {
    const firesAt = lastsAt(rule.hold.durationMs, latest.evidence, seenAt);
    return { kind: "duration", neededMs: needed, firesAt: kind === "firing" ? null : firesAt };
  }
  return { kind: "samples", breaches: Math.min(held, needed), needed };
}
