/**
 * Observations: what an exporter or an instrumented program says, as names with labels and values. Expressions
 * make the metrics of a service of them.
 *
 * @module
 */

import type { Instant } from "./instant.ts";

/** One value of something that was observed. */
export interface Observation {
  /** What, such as `"node_cpu_seconds_total"` or `"http.server.request.duration_bucket"`. */
  readonly name: string;
  /** Which of several, by name of label. */
  readonly labels: Readonly<Record<string, string>>;
  /** How much; not a number where the exporter says so. */
  readonly value: number;
}

/** All that was observed at one instant. */
export interface ObservationSet {
  /** When. */
  readonly at: Instant;
  /** What. */
  readonly observations: readonly Observation[];
}
