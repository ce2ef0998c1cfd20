/**
 * The architecture as a drawing. A sample moves from a worker to a pixel; where nothing may move, numbers tell
 * the way.
 *
 * @module
 */

import type { VNode } from "preact";

import * as words from "@/texts/slides.ts";

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly name: string;
  readonly lines: readonly string[];
  readonly tone?: "core" | "pure" | "outside";
}

const BOXES: readonly Box[] = [
  { ...words.boxes.simulators, x: 2, y: 22, width: 220, height: 96 },
  { ...words.boxes.services, x: 2, y: 176, width: 220, height: 96, tone: "outside" },
  { ...words.boxes.collector, x: 346, y: 76, width: 220, height: 108, tone: "core" },
  { ...words.boxes.domain, x: 346, y: 300, width: 220, height: 108, tone: "pure" },
  { ...words.boxes.hub, x: 676, y: 22, width: 200, height: 96 },
  { ...words.boxes.history, x: 676, y: 166, width: 200, height: 96 },
  { ...words.boxes.notifier, x: 676, y: 310, width: 200, height: 96 },
  { ...words.boxes.browser, x: 972, y: 22, width: 186, height: 128, tone: "outside" },
  { ...words.boxes.receivers, x: 972, y: 310, width: 186, height: 96, tone: "outside" },
];

/** The arrows: path, words, and where those stand. */
const ARROWS: readonly {
  readonly d: string;
  readonly words?: string;
  readonly x?: number;
  readonly y?: number;
  readonly anchor?: "start" | "end";
}[] = [
  { d: "M222 70H284V112H342", words: words.arrowSample, x: 240, y: 58 },
  { d: "M222 224H284V150H342" },
  { d: "M420 184V296", words: words.arrowEvent, x: 408, y: 236, anchor: "end" },
  { d: "M492 300V188", words: words.arrowState, x: 506, y: 236 },
  { d: "M566 112H620V70H672", words: words.arrowChange, x: 584, y: 58 },
  { d: "M566 150H620V214H672", words: words.arrowNote, x: 628, y: 204 },
  { d: "M566 150H620V358H672" },
  { d: "M876 70H968", words: words.arrowFrame, x: 898, y: 60 },
  { d: "M776 262V306", words: words.arrowWritten, x: 788, y: 292 },
  { d: "M876 358H968" },
];

/** Where the sample is at each number. */
const STATIONS: readonly (readonly [x: number, y: number])[] = [
  [222, 70],
  [346, 112],
  [420, 300],
  [492, 184],
  [676, 70],
  [972, 70],
];

/** Renders the drawing. */
export function ArchitectureDrawing(): VNode {
  return (
    <svg
      class="drawing architecture"
      viewBox="0 0 1160 420"
      role="img"
      aria-label={words.drawing}
    >
      <defs>
        <marker
          id="arrow-head"
          viewBox="0 0 10 10"
          refX="9"
          refY="5"
          markerWidth="9"
          markerHeight="9"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path class="head" d="M0 0L10 5L0 10z" />
        </marker>
      </defs>
      {ARROWS.map(({ d, words: text, x, y, anchor }) => (
        <g key={d}>
          <path class="arrow" d={d} marker-end="url(#arrow-head)" />
          {text && <text class="fine" x={x} y={y} text-anchor={anchor}>{text}</text>}
        </g>
      ))}
      {BOXES.map((box) => <Part key={box.name} {...box} />)}
      <Screen />
      {STATIONS.map(([x, y], index) => (
        <g key={index} class={`station station-${index + 1}`}>
          <circle cx={x} cy={y} r="13" />
          <text x={x} y={y + 5.5} text-anchor="middle">{index + 1}</text>
        </g>
      ))}
      <circle class="traveller" r="8" />
    </svg>
  );
}

function Part({ x, y, width, height, name, lines, tone }: Box): VNode {
  return (
    <g class="part" data-part={tone}>
      <rect x={x} y={y} width={width} height={height} rx="14" />
      <text class="name" x={x + 18} y={y + 34}>{name}</text>
      {lines.map((line, index) => (
        <text key={line} class="fine" x={x + 18} y={y + 58 + 21 * index}>{line}</text>
      ))}
    </g>
  );
}

/** A card on the screen, whose last pixel is the end of the way. */
function Screen(): VNode {
  return (
    <g class="screen">
      <rect x="990" y="70" width="150" height="64" rx="8" />
      <path d="M1004 116l16-10 14 8 16-18 14 10 14-14 16 8 18-10" />
      <circle class="pixel" cx="1126" cy="90" r="5" />
    </g>
  );
}
