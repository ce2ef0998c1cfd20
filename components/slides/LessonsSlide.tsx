/**
 * Slide 7: what was learned.
 *
 * @module
 */

import type { VNode } from "preact";

import * as words from "@/texts/slides.ts";

import { SlideFrame } from "./SlideFrame.tsx";

/** Renders the lessons, and how to try it. */
export function LessonsSlide(): VNode {
  return (
    <SlideFrame number={7}>
      <ul class="lessons">
        {words.lessons.map(([lesson, why]) => (
          <li key={lesson}>
            <h3>{lesson}</h3>
            <p>{why}</p>
          </li>
        ))}
      </ul>
      <p class="try">
        <code>npx --yes deno@2.9.6 task start</code>
        <span>{words.tryIt}</span>
      </p>
    </SlideFrame>
  );
}
