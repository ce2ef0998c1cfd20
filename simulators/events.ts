/**
 * What goes wrong by itself. Time is cut into slots; in each slot a service is dealt one card of its
 * profile's deck, which is reshuffled when all cards were dealt. Pure, and any slot can be asked for alone.
 *
 * @module
 */

import { type Disturbance, STEP_MS } from "./faults.ts";
import { uniform } from "./noise.ts";
import type { Card, Profile, Range } from "./profiles.ts";

/** Length of a slot in steps. */
export const SLOT_STEPS = 120;

/** The part of a turn that spreads 1, 2, 3, … most evenly over a circle. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;
/** Noise streams of this module. */
const SHUFFLE = 101;
const INTENSITY = 102;
const LENGTH = 103;
const START = 104;

/**
 * Returns what happens by itself to a service in the slot that holds `step`; an empty list if nothing does.
 * It ends before the slot does. Slots of different seeds begin at different times.
 */
export function spontaneous(
  service: { readonly profile: Profile; readonly seed: number },
  step: number,
): readonly Disturbance[] {
  const { profile: { deck }, seed } = service;
  const phase = slotPhase(seed);
  const slot = Math.floor((step - phase) / SLOT_STEPS);
  const card = dealt(deck, { seed, slot });
  if (card === undefined || card.kind === "calm") return [];
  return [happen(card, { seed, slot, from: slot * SLOT_STEPS + phase })];
}

/** Returns where the slots of a seed begin, in steps from 0 to below {@linkcode SLOT_STEPS}. */
export function slotPhase(seed: number): number {
  return Math.floor(seedPhase(seed) * SLOT_STEPS);
}

/** Returns a number from 0 to below 1, far from that of any other small seed. */
export function seedPhase(seed: number): number {
  const turns = seed * GOLDEN_RATIO;
  return turns - Math.floor(turns);
}

/** Fisher–Yates from the front, only as far as the card that is asked for. */
function dealt(
  deck: readonly Card[],
  { seed, slot }: { readonly seed: number; readonly slot: number },
): Card | undefined {
  const round = Math.floor(slot / deck.length);
  const wanted = slot - round * deck.length;
  const cards = [...deck];
  for (let index = 0; index < wanted; index++) {
    cards.splice(pick(cards.length, uniform(seed, position(index))), 1);
  }
  return cards[pick(cards.length, uniform(seed, position(wanted)))];

  function position(index: number): { readonly stream: number; readonly index: number } {
    return { stream: SHUFFLE, index: round * deck.length + index };
  }
}

function happen(
  card: Extract<Card, { kind: "trouble" }>,
  { seed, slot, from }: { readonly seed: number; readonly slot: number; readonly from: number },
): Disturbance {
  const length = Math.round(within(card.seconds, uniform(seed, { stream: LENGTH, index: slot })));
  const slack = Math.max(0, SLOT_STEPS - length);
  const start = from + pick(slack + 1, uniform(seed, { stream: START, index: slot }));
  return {
    kind: card.fault,
    intensity: within(card.intensity, uniform(seed, { stream: INTENSITY, index: slot })),
    startedAt: start * STEP_MS,
    durationMs: length * STEP_MS,
  };
}

function pick(count: number, fraction: number): number {
  return Math.floor(count * fraction);
}

function within({ from, to }: Range, fraction: number): number {
  return from + (to - from) * fraction;
}
