/**
 * Slide 3: the life of a sample in twelve steps, as `docs/ARCHITECTURE.md` tells it.
 *
 * @module
 */

import type { VNode } from "preact";

import { MEASURED } from "@/lib/domain/measured.ts";
import * as words from "@/texts/slides.ts";

import { SlideFrame } from "./SlideFrame.tsx";

type Place = "worker" | "server" | "browser";

/** The steps: where, what, how. */
export const TRAVEL: readonly (readonly [place: Place, name: string, how: string])[] = words.travel;

/** Renders the steps; a light goes through them where things may move. */
export function TravelSlide(): VNode {
  const { figure, unit } = MEASURED.handOver;
  return (
    <SlideFrame number={3}>
      <ol class="travel">
        {TRAVEL.map(([place, name, how], index) => (
          <li key={name} class={`step-${index + 1}`} data-place={place}>
            <p class="place">{words.places[place]}</p>
            <h3>{name}</h3>
            <p>{how}</p>
          </li>
        ))}
      </ol>
      <p class="lead">
        {words.fromDoorToSockets(<b>{figure} {unit}</b>)}
      </p>
    </SlideFrame>
  );
}
