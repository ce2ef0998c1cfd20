/**
 * The time of a talk in words.
 *
 * @module
 */

import * as words from "@/texts/talk.ts";

import { planOf, SLIDES, TALK_S } from "./script.ts";

/**
 * Returns a span as minutes and seconds.
 *
 * @example
 * ```ts
 * import { formatTalkTime } from "@/components/slides/talk_time.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatTalkTime(135), "2:15");
 * ```
 */
export function formatTalkTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** How far off is still on time, in seconds. */
const TOLERANCE_S = 15;

/** Returns how a talk is on time, that is on a slide after so many seconds: in words, and whether it is late. */
export function comparePace(
  slide: number,
  elapsedS: number,
): { readonly words: string; readonly isLate: boolean } {
  const endsAtS = SLIDES[slide]?.startsAtS ?? TALK_S;
  const lateS = elapsedS - endsAtS;
  const earlyS = planOf(slide).startsAtS - elapsedS;
  if (lateS > TOLERANCE_S) return { words: words.late(formatTalkTime(lateS)), isLate: true };
  if (earlyS > TOLERANCE_S) return { words: words.early(formatTalkTime(earlyS)), isLate: false };
  return { words: words.onTime, isLate: false };
}
