/**
 * Slide 1: why a monitor that looks at numbers is not enough.
 *
 * @module
 */

import type { VNode } from "preact";

import * as words from "@/texts/slides.ts";

import { SlideFrame } from "./SlideFrame.tsx";

/** Renders what goes wrong, and what Vitals promises instead. */
export function ProblemSlide(): VNode {
  return (
    <SlideFrame number={1}>
      <SilentLine />
      <ul class="promises">
        {words.promises.map(([pain, promise, how]) => (
          <li key={promise}>
            <p class="pain">{pain}</p>
            <h3>{promise}</h3>
            <p>{how}</p>
          </li>
        ))}
      </ul>
      <p class="lead">
        {words.vitalsWatches((text) => <b>{text}</b>)}
      </p>
    </SlideFrame>
  );
}

/** A series that stops. */
function SilentLine(): VNode {
  return (
    <svg
      class="drawing silent-line"
      viewBox="0 0 1160 190"
      role="img"
      aria-label={words.silentLine}
    >
      <path class="ground" d="M0 150H1160" />
      <path class="limit-line" d="M0 34H1160" />
      <text class="fine" x="0" y="24">{words.limit}</text>
      <path
        class="series"
        d="M0 104l46-10 46 14 46-18 46 12 46-8 46 16 46-14 46 6 46-12 46 14 46-4 46-10 46 12 46-6"
      />
      <circle class="last" cx="644" cy="96" r="9" />
      <text class="last-words" x="644" y="66" text-anchor="middle">{words.lastCpu}</text>
      <path class="gap-line" d="M662 96H1150" />
      <text class="bad" x="908" y="84" text-anchor="middle">{words.nothingComes}</text>
      <text class="fine" x="908" y="128" text-anchor="middle">
        {words.nobodyTold}
      </text>
      <text class="fine" x="0" y="176">{words.time}</text>
    </svg>
  );
}
