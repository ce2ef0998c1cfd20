/**
 * Slide 7: what was learned.
 *
 * @module
 */

import type { VNode } from "preact";

import { SlideFrame } from "./SlideFrame.tsx";

const LESSONS: readonly (readonly [lesson: string, why: string])[] = [
  [
    "Let the pure function return its deadline",
    "No sweep, no timer for each service, and a test replays an hour in a loop.",
  ],
  [
    "Decide, then act, with a reason",
    "“Held back: it depends on db, which is DOWN” can be logged, counted, shown and tested.",
  ],
  [
    "Measure against a baseline in the same run",
    "Milliseconds of one noisy machine mean little elsewhere. A ratio carries over.",
  ],
  [
    "Rows were the obvious layout, and twenty times too large",
    "A journal first, then chunks of columns: 2.10 bytes a value instead of 43.32.",
  ],
  [
    "Your own restart is no outage of others",
    "It is a gap: nothing fires, resolves or is told because Vitals was away.",
  ],
  [
    "What it does not do",
    "No cluster: one process, one disk. A worker in an endless loop keeps its core in Deno 2.9.",
  ],
];

/** Renders the lessons, and how to try it. */
export function LessonsSlide(): VNode {
  return (
    <SlideFrame number={7}>
      <ul class="lessons">
        {LESSONS.map(([lesson, why]) => (
          <li key={lesson}>
            <h3>{lesson}</h3>
            <p>{why}</p>
          </li>
        ))}
      </ul>
      <p class="try">
        <code>npx --yes deno@2.9.6 task start</code>
        <span>Four living services within seconds. Questions?</span>
      </p>
    </SlideFrame>
  );
}
