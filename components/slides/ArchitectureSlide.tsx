/**
 * Slide 2: the parts, and the way of a sample between them.
 *
 * @module
 */

import type { VNode } from "preact";

import { ArchitectureDrawing } from "./ArchitectureDrawing.tsx";
import { SlideFrame } from "./SlideFrame.tsx";

const POINTS: readonly (readonly [what: string, why: string])[] = [
  [
    "One writer",
    "All state changes in one turn of the event loop, in the collector: nothing races.",
  ],
  [
    "One engine",
    "Live or in virtual time, the same step() decides. It has no clock; it is given the time.",
  ],
  ["Nothing polls", "step() returns when silence would break a rule. One heap, one timer."],
];

/** The way once more, for screens on which the drawing would be too small. */
const WAY: readonly (readonly [part: string, what: string])[] = [
  ["Simulator or your service", "sends a sample"],
  ["Collector", "the only writer of state"],
  ["Domain", "step(state, event, now), pure"],
  ["Hub", "deltas, written out once for all"],
  ["Browser", "signals, one card, one pixel"],
  ["On the side", "History writes it down; the notifier tells what was written"],
];

/** Renders the drawing and what it comes to. */
export function ArchitectureSlide(): VNode {
  return (
    <SlideFrame number={2}>
      <ArchitectureDrawing />
      <ol class="way">
        {WAY.map(([part, what], index) => (
          <li key={part} class={`step-${index + 1}`}>
            <h3>{part}</h3>
            <p>{what}</p>
          </li>
        ))}
      </ol>
      <ul class="points">
        {POINTS.map(([what, why]) => (
          <li key={what}>
            <h3>{what}</h3>
            <p>{why}</p>
          </li>
        ))}
      </ul>
    </SlideFrame>
  );
}
