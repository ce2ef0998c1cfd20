/**
 * Pages of exporters: the Prometheus text format 0.0.4
 * (https://prometheus.io/docs/instrumenting/exposition_formats/) and OpenMetrics 1.0
 * (https://prometheus.io/docs/specs/om/open_metrics_spec/), both with names in UTF-8 as of Prometheus 3.
 *
 * @module
 */

import type { Observation } from "../observation.ts";
import { ExpositionReader, type ReadExpositionOptions } from "./exposition_reader.ts";

/** So many lines are read at a time; it does not matter here. */
const MANY = 10_000;

/**
 * Returns the values of a page in its order. Timestamps and exemplars are checked and left out.
 *
 * @throws {ExpositionError} A `SyntaxError` with the line, if the page is not of the format: also if it ends in
 * the middle of a line, says one series twice, or is beyond the bounds.
 *
 * @example
 * ```ts
 * import { parseExposition } from "@/lib/domain/exposition/parse_exposition.ts";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const page = '# TYPE http_total counter\nhttp_total{code="200"} 7\n';
 * assertEquals(parseExposition(page, { format: "text" }), [
 *   { name: "http_total", labels: { code: "200" }, value: 7 },
 * ]);
 * assertThrows(() => parseExposition("<html>\n", { format: "text" }), SyntaxError, "line 1");
 * ```
 */
export function parseExposition(
  text: string,
  options: ReadExpositionOptions,
): readonly Observation[] {
  const reader = new ExpositionReader(text, options);
  while (reader.read(MANY));
  return reader.observations;
}
