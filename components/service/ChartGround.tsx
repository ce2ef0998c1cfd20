/**
 * What lies below the line of a chart: grid, alerts, times without a monitor, limits, and the mark.
 *
 * @module
 */

import type { VNode } from "preact";

import type { ValueScale } from "@/lib/domain/chart_scale.ts";
import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";
import type { AlertSpanView, GapView } from "@/lib/protocol/history_views.ts";
import * as words from "@/texts/service_page.ts";

import { useTimes } from "../Time.tsx";
import { AlertNames, AlertShades } from "./AlertShades.tsx";
import type { AxisFormat } from "./axis_format.ts";
import type { ChartLimit } from "./limits.ts";
import { CHART_HEIGHT, placeValue } from "./series_drawing.ts";
import { findTicks } from "./TimeAxis.tsx";
import { placeInstant, placeSpan } from "./time_place.ts";

/** Props of {@linkcode ChartGround}. */
export interface ChartGroundProps {
  readonly shown: TimeSpan;
  readonly scale: ValueScale;
  readonly format: AxisFormat;
  readonly limits: readonly ChartLimit[];
  readonly alerts: readonly AlertSpanView[];
  readonly gaps: readonly GapView[];
  readonly mark: Instant | null;
  /** The newest mean, at the end where limits are named; `undefined` if there is none. */
  readonly newest: number | undefined;
}

/** Renders the ground. Letters must not be stretched, so places across are in per cent. */
export function ChartGround(props: ChartGroundProps): VNode {
  const { shown, scale, format, limits, alerts, gaps, mark, newest = -Infinity } = props;
  const wordsY = placeWords(limits.map(({ value }) => placeValue(scale, value)));
  return (
    <svg class="ground" height={CHART_HEIGHT} aria-hidden="true">
      {scale.ticks.map((value) => (
        <line key={value} class="grid" x2="100%" {...level(placeValue(scale, value))} />
      ))}
      {findTicks(shown, format).map(({ at, x, isMain }) => (
        <line key={at} class="grid" data-main={isMain} {...upright(x)} />
      ))}
      <AlertShades alerts={alerts} shown={shown} />
      {gaps.map((gap) => <GapShade key={gap.from} gap={gap} shown={shown} wordsY={wordsY} />)}
      <AlertNames alerts={alerts} shown={shown} />
      {limits.map(({ kind, value, text }) => {
        const y = placeValue(scale, value);
        return (
          <g key={text}>
            <line class="limit" data-kind={kind} x2="100%" {...level(y)} />
            <text
              class="limit-text"
              data-kind={kind}
              x="100%"
              dx="-6"
              y={y}
              dy={y < 18 || (newest > value && y < CHART_HEIGHT - 18) ? 14 : -5}
            >
              {(kind === "critical" ? words.critical : words.limit)(text)}
            </text>
          </g>
        );
      })}
      {mark !== null && <line class="mark-line" {...upright(placeInstant(shown, mark))} />}
    </svg>
  );
}

function level(y: number): { readonly y1: number; readonly y2: number } {
  return { y1: y, y2: y };
}

function upright(x: number): { readonly x1: string; readonly x2: string; readonly y2: number } {
  return { x1: `${x}%`, x2: `${x}%`, y2: CHART_HEIGHT };
}

/** Two lines of words and those of a limit need this much, in pixels. */
const ROOM_BESIDE_LIMIT = 35;

/** Returns where the words of a gap stand: in the middle, unless a limit has its words there. */
function placeWords(limitYs: readonly number[]): number {
  const isFree = (y: number) => limitYs.every((limit) => Math.abs(limit - y) >= ROOM_BESIDE_LIMIT);
  return [1 / 2, 1 / 4, 3 / 4].map((part) => CHART_HEIGHT * part).find(isFree) ?? CHART_HEIGHT / 2;
}

interface GapShadeProps {
  readonly gap: GapView;
  readonly shown: TimeSpan;
  readonly wordsY: number;
}

/** Narrower than this, in per cent, there is no room for words; on a small screen, than that. */
const ROOM_FOR_WORDS = 30;
const ROOM_IF_SMALL = 60;

function GapShade({ gap, shown, wordsY }: GapShadeProps): VNode | null {
  const { format, now } = useTimes();
  const place = placeSpan(shown, gap);
  if (place === undefined) return null;
  const [from, to] = [gap.from, gap.to].map((at) => format.short(at, now.peek()));
  const times = `${from}–${to}`;
  const middle = `${place.x + place.width / 2}%`;
  return (
    <g class="gap">
      <title>{`${words.notRunning} ${times}`}</title>
      <rect
        x={`${place.x}%`}
        width={`${Math.max(place.width, 0.15)}%`}
        height={CHART_HEIGHT}
        fill="url(#gap-hatch)"
      />
      {place.width >= ROOM_FOR_WORDS && (
        <text y={wordsY} data-roomy={place.width >= ROOM_IF_SMALL}>
          <tspan x={middle} dy="-4">{words.notRunning}</tspan>
          <tspan x={middle} dy="17">{times}</tspan>
        </text>
      )}
    </g>
  );
}

/** Renders, invisibly and once a page, the patterns that charts and timeline are filled with. */
export function Patterns(): VNode {
  return (
    <svg class="unseen" width="0" height="0" aria-hidden="true">
      <Hatch id="gap-hatch" size={8} looks="hatch" />
      <Hatch id="degraded-hatch" size={6} looks="stripe" />
    </svg>
  );
}

interface HatchProps {
  readonly id: string;
  readonly size: number;
  readonly looks: string;
}

function Hatch({ id, size, looks }: HatchProps): VNode {
  return (
    <pattern
      id={id}
      width={size}
      height={size}
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <rect class={`${looks}-ground`} width={size} height={size} />
      <line class={looks} y2={size} />
    </pattern>
  );
}
