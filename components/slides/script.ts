/**
 * The talk as a plan: its slides, when each begins, and what is said. The pages of slides, the presenter's view
 * and `docs/PRESENTING.md` go by it.
 *
 * @module
 */

import { script } from "@/texts/talk_script.ts";

/** One slide of the plan. */
export interface SlidePlan {
  /** Its number, from 1. */
  readonly number: number;
  /** Its name in a word or a few. */
  readonly name: string;
  /** What it says, in one sentence. */
  readonly title: string;
  /** When it is to be reached, in seconds after the beginning. */
  readonly startsAtS: number;
  /** What is said, a thought each. */
  readonly notes: readonly string[];
}

/** How long the talk is planned to take, in seconds. */
export const TALK_S = 600;

/** The slides, in order. */
export const SLIDES: readonly SlidePlan[] = [0, 60, 135, 210, 300, 450, 540].map(planSlide);

/** Returns the plan of a slide; of the first or the last beyond the ends. */
export function planOf(number: number): SlidePlan {
  const plan = SLIDES[clampSlide(number) - 1];
  if (plan === undefined) throw new RangeError(`Cannot find slide ${number}: there is none`);
  return plan;
}

/** Returns the nearest number that a slide has. */
export function clampSlide(number: number): number {
  return Math.min(SLIDES.length, Math.max(1, Math.trunc(number) || 1));
}

function planSlide(startsAtS: number, index: number): SlidePlan {
  const { name, title, notes } = script[index] ?? { name: "", title: "", notes: [] };
  return { number: index + 1, name, title, startsAtS, notes };
}
