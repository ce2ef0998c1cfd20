/**
 * Slide 2: the parts, and the way of a sample between them.
 *
 * @module
 */

import type { VNode } from "preact";

import * as words from "@/texts/slides.ts";

import { ArchitectureDrawing } from "./ArchitectureDrawing.tsx";
import { SlideFrame } from "./SlideFrame.tsx";

/** Renders the drawing and what it comes to. */
export function ArchitectureSlide(): VNode {
  return (
    <SlideFrame number={2}>
      <ArchitectureDrawing />
      <ol class="way">
        {/* The way once more, for screens on which the drawing would be too small. */}
        {words.way.map(([part, what], index) => (
          <li key={part} class={`step-${index + 1}`}>
            <h3>{part}</h3>
            <p>{what}</p>
          </li>
        ))}
      </ol>
      <ul class="points">
        {words.architecturePoints.map(([what, why]) => (
          <li key={what}>
            <h3>{what}</h3>
            <p>{why}</p>
          </li>
        ))}
      </ul>
    </SlideFrame>
  );
}
