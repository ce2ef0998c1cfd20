/**
 * Alerts as they are shown.
 *
 * @module
 */

import type { Alert, AlertTransition } from "@/lib/domain/alert.ts";
import type { AlertView } from "@/lib/protocol/views.ts";

/** Returns a pending or firing alert as it is shown. */
export function viewAlert(alert: Alert): AlertView {
  const { latest, cause, rule } = alert;
  return {
    id: alert.id,
    rule: rule.name,
    service: alert.service,
    severity: rule.severity,
    state: alert.kind,
    since: alert.since,
    firedAt: alert.firedAt,
    resolvedAt: null,
    value: latest.value,
    peak: alert.peak,
    limit: latest.limit,
    unit: latest.unit,
    message: alert.message,
    evidence: cause.evidence,
    progress: { breaches: Math.min(latest.breaches, latest.needed), needed: latest.needed },
    definition: rule,
    ...UNTOUCHED,
  };
}

/** Returns an alert that ended as it is shown. One that never fired has no `firedAt`. */
export function viewEndedAlert(transition: AlertTransition): AlertView {
  const { rule } = transition;
  return {
    id: transition.id,
    rule: rule.name,
    service: transition.service,
    severity: rule.severity,
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
    progress: { breaches: 0, needed: rule.kind === "threshold" ? rule.hold.breaches : 1 },
    definition: rule,
    ...UNTOUCHED,
  };
}

/** No one can act on alerts yet, so nothing has been acknowledged, silenced or inhibited. */
const UNTOUCHED = { acknowledged: false, silencedBy: null, inhibitedBy: null } as const;
