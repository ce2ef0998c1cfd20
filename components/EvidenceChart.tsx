/**
 * Evidence as a picture; the table with the same is below it.
 *
 * @module
 */

import type { VNode } from "preact";

import { formatSilenceLimit } from "@/lib/domain/describe_rule.ts";
import {
  drawEvidence,
  type DrawnLimit,
  type DrawnValue,
  type Evidence,
  EVIDENCE_HEIGHT,
  type SamplesDrawing,
  type SilenceDrawing,
} from "@/lib/domain/evidence_drawing.ts";
import { formatDuration } from "@/lib/domain/instant.ts";
import type { MissingHeartbeatRule, ThresholdRule } from "@/lib/domain/rule.ts";
import { formatNumber } from "@/texts/language.ts";
import * as words from "@/texts/story.ts";

import { EvidenceTable } from "./EvidenceTable.tsx";
import { Time } from "./Time.tsx";

/** Props of {@linkcode EvidenceChart}. */
export type EvidenceChartProps = Evidence;

/** Renders the samples looked at with their limits, or the silence; nothing where there is no evidence. */
export function EvidenceChart(evidence: EvidenceChartProps): VNode | null {
  const drawing = drawEvidence(evidence);
  if (drawing === undefined) return null;
  const { rule } = evidence;
  return (
    <figure class="evidence">
      {drawing.kind === "samples" && rule.kind === "threshold" && (
        <SamplesChart drawing={drawing} rule={rule} />
      )}
      {drawing.kind === "silence" && rule.kind === "missingHeartbeat" && (
        <SilenceChart drawing={drawing} rule={rule} />
      )}
      <details>
        <summary>{words.asTable}</summary>
        <EvidenceTable {...evidence} />
      </details>
    </figure>
  );
}

interface SamplesChartProps {
  readonly drawing: SamplesDrawing;
  readonly rule: ThresholdRule;
}

/** Letters must not be stretched, so only the lines are in a box that is. */
function SamplesChart({ drawing, rule }: SamplesChartProps): VNode {
  const { samples, means, path, limits } = drawing;
  const [judged, raw] = means.length > 0 ? [means, samples] : [samples, []];
  return (
    <>
      <div class="plot">
        <svg class="scale" height={EVIDENCE_HEIGHT} aria-hidden="true">
          {limits.map((line) => (
            <text key={line.kind} data-kind={line.kind} x="100%" y={line.textY} dy="4">
              {line.kind === "clear" ? words.clears : ""}
              {line.text}
            </text>
          ))}
        </svg>
        <svg
          class="chart"
          height={EVIDENCE_HEIGHT}
          role="img"
          aria-label={words.samplesOf(samples.length, rule.metric.name)}
        >
          {limits.map((line) => <LimitLine key={line.kind} line={line} />)}
          <svg
            width="100%"
            height={EVIDENCE_HEIGHT}
            viewBox={`0 0 100 ${EVIDENCE_HEIGHT}`}
            preserveAspectRatio="none"
          >
            <path d={path} />
          </svg>
          {raw.map((sample) => (
            <circle key={sample.at} class="raw" cx={`${sample.x}%`} cy={sample.y} r="2.5" />
          ))}
          {judged.map((value) => <ValueMark key={value.at} value={value} rule={rule} />)}
        </svg>
      </div>
      <p class="axis">
        <Time at={samples[0]?.at ?? 0} exact />
        {samples.length > 1 && <Time at={samples.at(-1)?.at ?? 0} exact />}
      </p>
      <Legend values={judged} limits={limits} hasRaw={raw.length > 0} />
    </>
  );
}

function LimitLine({ line }: { readonly line: DrawnLimit }): VNode {
  return <line class="limit" data-kind={line.kind} x1="0" x2="100%" y1={line.y} y2={line.y} />;
}

/** Circle, triangle, square: as everywhere, shape as well as colour. */
const MARKS: Readonly<Record<DrawnValue["level"], string>> = {
  good: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
  breach: "M0 -6L5.8 4.5H-5.8z",
  critical: "M-4.6 -4.6H4.6V4.6H-4.6z",
};

function ValueMark(
  { value, rule }: { readonly value: DrawnValue; readonly rule: ThresholdRule },
): VNode {
  const { x, y, level, isLabelled } = value;
  return (
    <svg class="value" data-level={level} x={`${x}%`} y={y} overflow="visible">
      <path d={MARKS[level]} />
      {isLabelled && <text y={-11}>{formatNumber(value.value, rule.metric.decimals)}</text>}
    </svg>
  );
}

interface LegendProps {
  readonly values: readonly DrawnValue[];
  readonly limits: readonly DrawnLimit[];
  readonly hasRaw: boolean;
}

const LEVELS: readonly (readonly [
  level: DrawnValue["level"],
  caption: string,
  ofMean: string,
])[] = [
  ["good", words.within, words.meanWithin],
  ["breach", words.beyond, words.meanBeyond],
  ["critical", words.beyondCritical, words.meanBeyondCritical],
];

const LIMITS = {
  clear: words.clearsAt,
  limit: words.limit,
  critical: words.criticalLimit,
} as const;

function Legend({ values, limits, hasRaw }: LegendProps): VNode {
  const levels = LEVELS.filter(([level]) => values.some((value) => value.level === level));
  return (
    <ul class="legend" aria-hidden="true">
      {levels.map(([level, caption, ofMean]) => (
        <li key={level}>
          <svg class="value" data-level={level} width="12" height="12" viewBox="-6 -6 12 12">
            <path d={MARKS[level]} />
          </svg>
          {hasRaw ? ofMean : caption}
        </li>
      ))}
      {hasRaw && (
        <li>
          <svg width="12" height="12" viewBox="-6 -6 12 12">
            <circle class="raw" r="2.5" />
          </svg>
          {words.oneSample}
        </li>
      )}
      {limits.map(({ kind, text }) => (
        <li key={kind}>
          <svg width="18" height="12" viewBox="0 0 18 12">
            <line class="limit" data-kind={kind} x2="18" y1="6" y2="6" />
          </svg>
          {LIMITS[kind](text)}
        </li>
      ))}
    </ul>
  );
}

interface SilenceChartProps {
  readonly drawing: SilenceDrawing;
  readonly rule: MissingHeartbeatRule;
}

const QUIET_HEIGHT = 92;
const QUIET_Y = 46;

/** Marks nearer than this would have their words in one place, in per cent of the width. */
const NEAR_X = 25;

function SilenceChart({ drawing, rule }: SilenceChartProps): VNode {
  const { lastAt, endAt, startX, endX, limitX, criticalX } = drawing;
  const silent = formatDuration(endAt - lastAt);
  const limit = formatSilenceLimit(rule, rule.limitMs);
  const isNear = criticalX !== null && Math.abs(criticalX - limitX) < NEAR_X;
  return (
    <>
      <div class="plot quiet-plot">
        <svg
          class="chart"
          height={QUIET_HEIGHT}
          role="img"
          aria-label={words.silence(silent, limit)}
        >
          <line class="quiet-line" x1={`${startX}%`} x2={`${endX}%`} y1={QUIET_Y} y2={QUIET_Y} />
          <Tick kind="limit" x={limitX} text={words.limit(limit)} isRaised={isNear} />
          {criticalX !== null && (
            <Tick
              kind="critical"
              x={criticalX}
              text={words.critical(formatSilenceLimit(rule, rule.criticalMs ?? 0))}
            />
          )}
          <svg class="value" data-level="good" x={`${startX}%`} y={QUIET_Y} overflow="visible">
            <path d={MARKS.good} />
            <text class="first" x={-6} y={26}>{words.lastHeartbeat}</text>
          </svg>
          <svg class="value" data-level="critical" x={`${endX}%`} y={QUIET_Y} overflow="visible">
            <path d={MARKS.critical} />
            <text class="last" x={6} y={26}>{words.ofSilence(silent)}</text>
          </svg>
        </svg>
      </div>
      <p class="axis">
        <Time at={lastAt} exact />
        <Time at={endAt} exact />
      </p>
    </>
  );
}

interface TickProps {
  readonly kind: "limit" | "critical";
  readonly x: number;
  readonly text: string;
  /** Whether the words stand above those of another mark. @default {false} */
  readonly isRaised?: boolean;
}

/** Near the right end the words go to the left of the mark. */
function Tick({ kind, x, text, isRaised = false }: TickProps): VNode {
  const side = x > 50 ? "last" : "first";
  return (
    <>
      <line
        class="limit"
        data-kind={kind}
        x1={`${x}%`}
        x2={`${x}%`}
        y1={QUIET_Y - 20}
        y2={QUIET_Y + 8}
      />
      <text class={side} data-kind={kind} x={`${x}%`} y={QUIET_Y - (isRaised ? 38 : 26)}>
        {text}
      </text>
    </>
  );
}
