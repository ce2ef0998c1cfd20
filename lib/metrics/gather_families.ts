/**
 * All that `/metrics` tells, as families. The page `docs/metrics.md` lists them.
 *
 * @module
 */

import type { MetricFamily } from "@/lib/domain/exposition.ts";

import { gatherAlerts } from "./alert_families.ts";
import type { Measurements } from "./measurements.ts";
import { gatherParts, gatherProcess } from "./own_families.ts";
import { gatherServices } from "./service_families.ts";
import { gatherFaults, gatherReceivers } from "./telling_families.ts";

/**
 * Returns the families, no two with the same name. Names and labels stay the same from one time to the next;
 * the only label values without a bound in the configuration are names of services, which `limits.services`
 * bounds.
 */
export function gatherFamilies(measured: Measurements): MetricFamily[] {
  const { services, metrics, receivers, notifications, faults, scenario } = measured;
  return [
    ...gatherServices(services, metrics),
    ...gatherAlerts(measured),
    ...gatherReceivers(receivers, notifications),
    ...gatherFaults(faults, scenario),
    ...gatherParts(measured.counts),
    ...gatherProcess(measured.process, measured.health),
  ];
}
