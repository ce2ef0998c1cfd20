/**
 * The times below a chart.
 *
 * @module
 */

import type { VNode } from "preact";

import { placeTimeTicks } from "@/lib/domain/chart_scale.ts";
import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";

import type { AxisFormat } from "./axis_format.ts";
import { placeInstant } from "./time_place.ts";

/** Props of {@linkcode TimeAxis}. */
export interface TimeAxisProps {
  readonly shown: TimeSpan;
  readonly format: AxisFormat;
}

/** A tick below a chart. */
export interface AxisTick {
  readonly at: Instant;
  /** From the left edge, in per cent. */
  readonly x: number;
  readonly text: string;
  /** Whether it stays where there is little room. */
  readonly isMain: boolean;
}

/** Where there is much room, at most so many. */
const MOST_TICKS = 8;

/** Words nearer to an edge than this would be cut, in per cent. */
const EDGE = 3.5;

/** Returns the ticks of a span. Every second one is left out where there is little room. */
export function findTicks(shown: TimeSpan, { offsetMs, tick }: AxisFormat): readonly AxisTick[] {
  const { stepMs, at } = placeTimeTicks(shown, { count: MOST_TICKS, offsetMs });
  return at.map((time) => ({
    at: time,
    x: placeInstant(shown, time),
    text: tick(time, stepMs),
    // By the time and not by the place, so that a window that slides keeps the same ones.
    isMain: at.length <= 4 || Math.round((time + offsetMs(time)) / stepMs) % 2 === 0,
  })).filter(({ x }) => x > EDGE && x < 100 - EDGE);
}

/** Renders the times. They are for the eye only: the table has them as well. */
export function TimeAxis({ shown, format }: TimeAxisProps): VNode {
  return (
    <svg class="time-axis" height="18" aria-hidden="true">
      {findTicks(shown, format).map(({ at, x, text, isMain }) => (
        <text key={at} data-main={isMain} x={`${x}%`} y="13">{text}</text>
      ))}
    </svg>
  );
}
