/**
 * Slide 3: the life of a sample in twelve steps, as `docs/ARCHITECTURE.md` tells it.
 *
 * @module
 */

import type { VNode } from "preact";

import { MEASURED } from "@/lib/domain/measured.ts";

import { SlideFrame } from "./SlideFrame.tsx";

type Place = "worker" | "server" | "browser";

/** The steps: where, what, how. */
export const TRAVEL: readonly (readonly [place: Place, name: string, how: string])[] = [
  ["worker", "Step", "Once a second the model makes a sample of seed, second and faults."],
  ["server", "Message", "Parsed like any input. A push over HTTP comes in here too."],
  ["server", "Door", "Room, and not from the future? All of a batch or nothing."],
  [
    "server",
    "Decision",
    "step() judges each rule of the series that moved, and derives the status.",
  ],
  ["server", "Window", "Into a ring of sixty: mean, least and greatest in constant time."],
  ["server", "Deadline", "When would silence break a rule? One heap, one timer."],
  ["server", "Change", "What moved is gathered, and published once per batch."],
  ["server", "Note", "Noted for the disk. Written after this turn; the way on does not wait."],
  ["server", "Delta", "Merged for 50 ms at most, written out once, one frame for all peers."],
  ["browser", "Client", "Applies the delta. A number is missing? Then it connects anew."],
  ["browser", "Signals", "One for each service: only what changed renders again."],
  ["browser", "Pixel", "Number, sparkline, strip, badge."],
];

const PLACES: Readonly<Record<Place, string>> = {
  worker: "Web Worker",
  server: "server thread",
  browser: "browser",
};

/** Renders the steps; a light goes through them where things may move. */
export function TravelSlide(): VNode {
  const { figure, unit } = MEASURED.handOver;
  return (
    <SlideFrame number={3}>
      <ol class="travel">
        {TRAVEL.map(([place, name, how], index) => (
          <li key={name} class={`step-${index + 1}`} data-place={place}>
            <p class="place">{PLACES[place]}</p>
            <h3>{name}</h3>
            <p>{how}</p>
          </li>
        ))}
      </ol>
      <p class="lead">
        From the door (3) to 1,000 sockets (9): <b>{figure} {unit}</b>{" "}
        at the 99th percentile. And if no sample comes? Then the deadline (6) does.
      </p>
    </SlideFrame>
  );
}
