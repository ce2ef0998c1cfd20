/**
 * All operations of the API. A route is described by an entry of the list of its group.
 *
 * @module
 */

import type { Operation, Scope } from "./operation.ts";
import { ALERT_OPERATIONS } from "./operations/alert_operations.ts";
import { MONITOR_OPERATIONS } from "./operations/monitor_operations.ts";
import { NOTIFICATION_OPERATIONS } from "./operations/notification_operations.ts";
import { SAMPLE_OPERATIONS } from "./operations/sample_operations.ts";
import { SERVICE_OPERATIONS } from "./operations/service_operations.ts";
import { SILENCE_OPERATIONS } from "./operations/silence_operations.ts";
import { SIMULATION_OPERATIONS } from "./operations/simulation_operations.ts";

/** Everything that is described, in the order of the description. */
export const OPERATIONS: readonly Operation[] = [
  ...SAMPLE_OPERATIONS,
  ...SERVICE_OPERATIONS,
  ...ALERT_OPERATIONS,
  ...SILENCE_OPERATIONS,
  ...NOTIFICATION_OPERATIONS,
  ...SIMULATION_OPERATIONS,
  ...MONITOR_OPERATIONS,
];

/** Scopes by method and route. */
const SCOPES: ReadonlyMap<string, Scope> = new Map(
  OPERATIONS.map(({ method, path, scope }) => [`${method} ${path}`, scope]),
);

/**
 * Returns what a client must be allowed to for a request; `null` if the route is not described.
 *
 * @param method As it came; HEAD is as GET.
 * @param route The route as the router names it: `/api/services/:name`.
 *
 * @example
 * ```ts
 * import { scopeOf } from "@/lib/protocol/openapi/operations.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(scopeOf("DELETE", "/api/silences/:id"), "operate");
 * assertEquals(scopeOf("HEAD", "/api/silences/:id"), "read");
 * assertEquals(scopeOf("GET", "/api/none"), null);
 * ```
 */
export function scopeOf(method: string, route: string): Scope | null {
  const path = route.replace(/:(\w+)/g, "{$1}");
  const asked = method === "HEAD" ? "get" : method.toLowerCase();
  return SCOPES.get(`${asked} ${path}`) ?? null;
}
