/**
 * Samples by chance: in any order, some of the same instant, some without metrics.
 *
 * @module
 */

import fc from "fast-check";

import type { Sample } from "@/lib/domain/sample.ts";

/** Values as they are measured. */
const VALUE = fc.double({ min: -1e6, max: 1e6, noNaN: true });

const METRICS = fc.record({ cpu: VALUE, memory: VALUE, latency: VALUE }, { requiredKeys: [] });

/** Instants of about a day; many of them are close together. */
const INSTANT = fc.oneof(
  fc.integer({ min: 0, max: 90_000_000 }),
  fc.integer({ min: 0, max: 99_999 }),
);

/** Lists of samples of one service. */
export const SAMPLES: fc.Arbitrary<Pick<Sample, "at" | "metrics">[]> = fc.array(
  fc.record({ at: INSTANT, metrics: METRICS }),
  { maxLength: 80 },
);
