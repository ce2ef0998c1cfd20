/**
 * All operations of the API. A route is described by an entry of the list of its group.
 *
 * @module
 */

import type { Operation } from "./operation.ts";
import { ALERT_OPERATIONS } from "./operations/alert_operations.ts";
import { ALERTMANAGER_OPERATIONS } from "./operations/alertmanager_operations.ts";
import { HEARTBEAT_OPERATIONS } from "./operations/heartbeat_operations.ts";
import { MONITOR_OPERATIONS } from "./operations/monitor_operations.ts";
import { NOTIFICATION_OPERATIONS } from "./operations/notification_operations.ts";
import { OTLP_OPERATIONS } from "./operations/otlp_operations.ts";
import { SAMPLE_OPERATIONS } from "./operations/sample_operations.ts";
import { SERVICE_OPERATIONS } from "./operations/service_operations.ts";
import { SILENCE_OPERATIONS } from "./operations/silence_operations.ts";
import { SIMULATION_OPERATIONS } from "./operations/simulation_operations.ts";
import { STATUS_OPERATIONS } from "./operations/status_operations.ts";

/** Everything that is described, in the order of the description. */
export const OPERATIONS: readonly Operation[] = [
  ...SAMPLE_OPERATIONS,
  ...HEARTBEAT_OPERATIONS,
  ...OTLP_OPERATIONS,
  ...SERVICE_OPERATIONS,
  ...ALERT_OPERATIONS,
  ...SILENCE_OPERATIONS,
  ...NOTIFICATION_OPERATIONS,
  ...SIMULATION_OPERATIONS,
  ...STATUS_OPERATIONS,
  ...ALERTMANAGER_OPERATIONS,
  ...MONITOR_OPERATIONS,
];
