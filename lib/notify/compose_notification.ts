/**
 * Writes the notification that was decided on.
 *
 * @module
 */

import { explainAlert } from "@/lib/domain/explain.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import type { Notification, NotifiedAlert, SendReason } from "@/lib/domain/notification.ts";
import { composeTitle } from "@/lib/domain/notification_text.ts";
import type { AlertView } from "@/lib/protocol/views.ts";

import { type Incident, worstFirst, worstSeverity } from "./incident.ts";

/** What a notification is made of. */
export interface Composition {
  /** Its id. */
  readonly id: string;
  /** When it was decided. */
  readonly at: Instant;
  /** The same instant, by a clock that nobody sets. */
  readonly steadyNow: Instant;
  /** Why it is sent. */
  readonly reason: SendReason;
  /** The incident. */
  readonly incident: Incident;
  /** What it is about. */
  readonly alerts: readonly AlertView[];
  /** Names of services that suffer too and are not told of. */
  readonly affected: readonly string[];
  /** Where to read more. */
  readonly url: string | null;
}

/** Returns the notification. */
export function composeNotification(composition: Composition): Notification {
  const { id, at, reason, incident, affected, url } = composition;
  const { service, since } = incident;
  const lastedMs = composition.steadyNow - incident.steadySince;
  const stillFiring = [...incident.alerts.values()]
    .filter(({ resolvedAt }) => resolvedAt === null).map(({ rule }) => rule);
  const alerts = worstFirst(composition.alerts).map((alert) => notifiedAlert(alert, at));
  return {
    ...{ id, at, reason, incident: incident.id, service, since, lastedMs, alerts, affected, url },
    state: reason === "resolved" ? "resolved" : "firing",
    severity: worstSeverity(alerts),
    title: composeTitle({ service, alerts, reason, lastedMs, stillFiring }),
  };
}

/** Returns the notification by which somebody tries a receiver out. */
export function composeTest(
  receiver: string,
  { id, at, url }: Pick<Composition, "id" | "at" | "url">,
): Notification {
  return {
    ...{ id, at, url, incident: "", service: "", since: at, lastedMs: 0, alerts: [], affected: [] },
    reason: "test",
    state: "test",
    severity: "warning",
    title: composeTitle({ service: receiver, alerts: [], reason: "test", lastedMs: 0 }),
  };
}

function notifiedAlert(alert: AlertView, now: Instant): NotifiedAlert {
  const { id, rule, severity, resolvedAt, value, peak, limit, unit } = alert;
  return {
    ...{ id, rule, severity, resolvedAt, value, peak, limit, unit },
    kind: alert.definition.kind,
    state: resolvedAt === null ? "firing" : "resolved",
    firedAt: alert.firedAt ?? alert.since,
    message: resolvedAt === null ? explainAlert(alert, now) : alert.message,
  };
}
