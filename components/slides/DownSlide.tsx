/**
 * Slide 4: how a service comes to be DOWN, drawn, in words, and in code.
 *
 * @module
 */

import type { VNode } from "preact";

import * as words from "@/texts/slides.ts";

import { DOWN_EXCERPT } from "./excerpt.ts";
import { SlideFrame } from "./SlideFrame.tsx";

/** Renders the decision. */
export function DownSlide(): VNode {
  return (
    <SlideFrame number={4}>
      <SilenceDrawing />
      <ol class="rules">
        {words.downRules.map(([what, how]) => (
          <li key={what}>
            <h3>{what}</h3>
            <p>{how}</p>
          </li>
        ))}
      </ol>
      <figure class="code">
        <figcaption>{words.asItRuns(DOWN_EXCERPT.path)}</figcaption>
        <pre><code>{DOWN_EXCERPT.code.split("\n").map(Line)}</code></pre>
      </figure>
    </SlideFrame>
  );
}

/** The words that decide are marked. */
const MARKED = /("(?:DOWN|DEGRADED|HEALTHY|UNKNOWN|missingHeartbeat|critical)")/;

function Line(text: string, index: number): VNode {
  return (
    <span key={index}>
      {text.split(MARKED).map((part, at) =>
        at % 2 === 0 ? part : <b key={at} data-word={part.slice(1, -1)}>{part}</b>
      )}
      {"\n"}
    </span>
  );
}

/** Seconds on the line, 72 units each. */
const SECOND = 72;

const SIGNS = [0, 1, 2, 3, 4, 13, 14, 15];

/** Heartbeats, five seconds without, DOWN, and a heartbeat again. */
function SilenceDrawing(): VNode {
  return (
    <svg
      class="drawing silence"
      viewBox="0 0 1160 150"
      role="img"
      aria-label={words.silenceDrawing}
    >
      <rect class="span ok" x="6" y="92" width={4 * SECOND + 5 * SECOND} height="22" rx="4" />
      <rect class="span crit" x={6 + 9 * SECOND} y="92" width={4 * SECOND} height="22" rx="4" />
      <rect class="span ok" x={6 + 13 * SECOND} y="92" width="210" height="22" rx="4" />
      <text class="good" x="6" y="140">{words.healthy}</text>
      <text class="bad" x={6 + 9 * SECOND} y="140">{words.down}</text>
      <text class="good" x={6 + 13 * SECOND} y="140">{words.healthy}</text>
      {SIGNS.map((second) => (
        <path
          key={second}
          class="beat"
          d={`M${6 + second * SECOND} 84v-28`}
        />
      ))}
      <text class="fine" x="6" y="42">{words.heartbeats}</text>
      <path class="bracket" d={`M${12 + 4 * SECOND} 70H${9 * SECOND}`} />
      <text x={6 + 6.5 * SECOND} y="56" text-anchor="middle">{words.silence}</text>
      <path class="deadline" d={`M${6 + 9 * SECOND} 20V118`} />
      <text class="bad large-only" x={18 + 9 * SECOND} y="34">{words.deadline}</text>
      <text class="fine" x={6 + 13 * SECOND} y="42">{words.heardAgain}</text>
    </svg>
  );
}
