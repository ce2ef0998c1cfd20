/**
 * The last minute of a series as a line.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import type { VNode } from "preact";

import type { Instant } from "@/lib/domain/instant.ts";
import {
  drawSparkline,
  SPARKLINE_HEIGHT,
  SPARKLINE_WIDTH,
  type SparklineSeries,
} from "@/lib/domain/sparkline.ts";

/** Props of {@linkcode Sparkline}. */
export interface SparklineProps {
  readonly series: SparklineSeries;
  /** The instant at the right end. */
  readonly end: ReadonlySignal<Instant>;
}

/** Renders the line and, dashed, the limit. It is for the eye only: its row says the same in words. */
export function Sparkline({ series, end }: SparklineProps): VNode {
  const { path, limitY } = drawSparkline(series, end.value);
  return (
    <svg
      class="spark"
      viewBox={`0 0 ${SPARKLINE_WIDTH} ${SPARKLINE_HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {limitY !== null && <line x1="0" x2={SPARKLINE_WIDTH} y1={limitY} y2={limitY} />}
      <path d={path} />
    </svg>
  );
}
