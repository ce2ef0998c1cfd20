/**
 * Finds the service that an address names.
 *
 * @module
 */

import { quote } from "@/lib/domain/quote.ts";
import type { MonitorState } from "@/lib/ports/monitor.ts";

import { ProblemError } from "./problem.ts";
import type { ServiceView } from "./views.ts";

/**
 * Returns a service.
 *
 * @throws {ProblemError} 404 if there is none of that name.
 */
export function findService(
  monitor: Pick<MonitorState, "service">,
  name: string | undefined,
): ServiceView {
  const service = monitor.service(name ?? "");
  if (service !== undefined) return service;
  throw new ProblemError(404, `There is no service ${quote(name ?? "")}`);
}
