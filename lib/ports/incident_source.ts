/**
 * What the notifier needs to know of services and their alerts.
 *
 * @module
 */

import type { Severity } from "@/lib/domain/rule.ts";
import type { AlertView } from "@/lib/protocol/views.ts";

/** A rule whose alert of some service flaps, whether it fires at the moment or not. */
export interface FlappingFacts extends Pick<AlertView, "silencedBy" | "inhibitedBy"> {
  /** Name of the rule. */
  readonly rule: string;
  /** How bad the alert is, or was last. */
  readonly severity: Severity;
}

/** Answers for the present state. */
export interface IncidentSource {
  /** Pending and firing alerts of a service. */
  alertsOf(service: string): readonly AlertView[];
  /** Rules whose alerts of a service flap. */
  flappingOf(service: string): readonly FlappingFacts[];
  /** One alert, also for a while after its end. */
  alert(id: string): AlertView | undefined;
  /** Tags of a service; none if it is unknown. */
  tagsOf(service: string): readonly string[];
  /** Names of services that depend on one and have firing alerts. */
  affectedBy(service: string): readonly string[];
}
