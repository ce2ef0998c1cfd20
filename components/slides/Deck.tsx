/**
 * All slides, one below the other. Scripts show one at a time.
 *
 * @module
 */

import type { VNode } from "preact";

import * as words from "@/texts/talk.ts";

import { ArchitectureSlide } from "./ArchitectureSlide.tsx";
import { DemoSlide } from "./DemoSlide.tsx";
import { DownSlide } from "./DownSlide.tsx";
import { LessonsSlide } from "./LessonsSlide.tsx";
import { MeasuredSlide } from "./MeasuredSlide.tsx";
import { ProblemSlide } from "./ProblemSlide.tsx";
import { TravelSlide } from "./TravelSlide.tsx";

/** Props of {@linkcode Deck}. */
export interface DeckProps {
  /** Whether a picture stands for the live dashboard. */
  readonly isStill: boolean;
}

/** Renders the seven slides. */
export function Deck({ isStill }: DeckProps): VNode {
  return (
    <main id="deck" class="deck" tabIndex={-1}>
      <h1 class="unseen">{words.deck}</h1>
      <ProblemSlide />
      <ArchitectureSlide />
      <TravelSlide />
      <DownSlide />
      <DemoSlide isStill={isStill} />
      <MeasuredSlide />
      <LessonsSlide />
    </main>
  );
}
