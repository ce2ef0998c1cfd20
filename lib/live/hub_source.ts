/**
 * The port to the state that the live hub shows.
 *
 * @module
 */

import type { AlertView, DashboardView, ServiceView } from "@/lib/protocol/views.ts";

/**
 * Answers for the present state, to which every published change already belongs. What it returns is not
 * altered afterwards.
 */
export interface HubSource {
  /** Everything but the statistics, which the hub completes. */
  dashboard(): Omit<DashboardView, "stats">;
  /** One service with its whole window; `undefined` if there is none of that name. */
  service(name: string): ServiceView | undefined;
  /** One alert, also if it is resolved; `undefined` if there is none with that id. */
  alert(id: string): AlertView | undefined;
  /** One alert that has ended. While its end is published it is known for sure, later no more. Cheap. */
  endedAlert(id: string): AlertView | undefined;
  /** Samples accepted per second, over the last ten seconds. Cheap: asked for with each frame. */
  samplesPerSecond(): number;
}
