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
    "Live, replay and “why?” run the same step(). It has no clock; it is given the time.",
  ],
  ["Nothing polls", "step() returns when silence would break a rule. One heap, one timer."],
];

/** Renders the drawing and what it comes to. */
export function ArchitectureSlide(): VNode {
  return (
    <SlideFrame number={2}>
      <ArchitectureDrawing />
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
