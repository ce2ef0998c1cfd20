/**
 * Slide 1: why a monitor that looks at numbers is not enough.
 *
 * @module
 */

import type { VNode } from "preact";

import { SlideFrame } from "./SlideFrame.tsx";

const PROMISES: readonly (readonly [pain: string, promise: string, how: string])[] = [
  [
    "It fell silent, and the last number was green",
    "Silence is never recovery",
    "Five seconds without a heartbeat is DOWN. No alert resolves but on fresh good samples.",
  ],
  [
    "An alert at three in the morning, and no reason",
    "Every alert explains itself",
    "The rule, the samples, the number and the limit are kept, and prove the verdict again.",
  ],
  [
    "One database failed, thirty messages came",
    "One outage is one message",
    "What depends on it is watched and shown; one message goes out, about the cause.",
  ],
];

/** Renders what goes wrong, and what Vitals promises instead. */
export function ProblemSlide(): VNode {
  return (
    <SlideFrame number={1}>
      <SilentLine />
      <ul class="promises">
        {PROMISES.map(([pain, promise, how]) => (
          <li key={promise}>
            <p class="pain">{pain}</p>
            <h3>{promise}</h3>
            <p>{how}</p>
          </li>
        ))}
      </ul>
      <p class="lead">
        <b>Vitals</b>{" "}
        watches services live and says who is healthy, degraded or down, and why. One process, one
        command, no database to install.
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
      aria-label="CPU of a service stays around 41 per cent, then no sample comes any more"
    >
      <path class="ground" d="M0 150H1160" />
      <path class="limit-line" d="M0 34H1160" />
      <text class="fine" x="0" y="24">limit 85 %</text>
      <path
        class="series"
        d="M0 104l46-10 46 14 46-18 46 12 46-8 46 16 46-14 46 6 46-12 46 14 46-4 46-10 46 12 46-6"
      />
      <circle class="last" cx="644" cy="96" r="9" />
      <text class="last-words" x="644" y="66" text-anchor="middle">last CPU 41 %</text>
      <path class="gap-line" d="M662 96H1150" />
      <text class="bad" x="908" y="84" text-anchor="middle">nothing comes</text>
      <text class="fine" x="908" y="128" text-anchor="middle">
        no value crosses the limit, and nobody is told
      </text>
      <text class="fine" x="0" y="176">time →</text>
    </svg>
  );
}
