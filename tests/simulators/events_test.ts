import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { SLOT_STEPS, slotPhase, spontaneous } from "@/simulators/events.ts";
import { STEP_MS } from "@/simulators/faults.ts";
import { profileNamed, PROFILES } from "@/simulators/profiles.ts";

const profile = profileNamed("inventory");
const anyStep = fc.integer({ min: 0, max: 3_000_000_000 });

Deno.test("spontaneous() says the same throughout a slot, and keeps within it", () => {
  fc.assert(fc.property(fc.integer(), anyStep, (seed, step) => {
    const phase = slotPhase(seed);
    const from = Math.floor((step - phase) / SLOT_STEPS) * SLOT_STEPS + phase;
    const events = spontaneous({ profile, seed }, step);
    assertEquals(spontaneous({ profile, seed }, from), events);
    assertEquals(spontaneous({ profile, seed }, from + SLOT_STEPS - 1), events);
    for (const { startedAt, durationMs } of events) {
      assert(startedAt >= from * STEP_MS);
      assert(startedAt + durationMs <= (from + SLOT_STEPS) * STEP_MS);
    }
  }));
});

Deno.test("spontaneous() deals each card of the deck once a round", () => {
  fc.assert(fc.property(fc.integer(), fc.integer({ min: 0, max: 100_000 }), (seed, round) => {
    const dealt = profile.deck.map((_, index) => {
      const slot = round * profile.deck.length + index;
      const [event] = spontaneous({ profile, seed }, slot * SLOT_STEPS + slotPhase(seed));
      return event?.kind ?? "calm";
    });
    const deck = profile.deck.map((card) => card.kind === "calm" ? "calm" : card.fault);
    assertEquals(dealt.toSorted(), deck.toSorted());
  }));
});

Deno.test("spontaneous() keeps to the ranges of the cards", () => {
  fc.assert(fc.property(fc.integer(), anyStep, (seed, step) => {
    for (const { kind, intensity, durationMs } of spontaneous({ profile, seed }, step)) {
      const fits = profile.deck.some((card) =>
        card.kind === "trouble" && card.fault === kind &&
        intensity >= card.intensity.from && intensity <= card.intensity.to &&
        durationMs >= card.seconds.from * 1_000 && durationMs <= card.seconds.to * 1_000
      );
      assert(fits, `${kind} of ${intensity} for ${durationMs} ms`);
    }
  }));
});

Deno.test("slotPhase() spreads neighbouring seeds over the slot", () => {
  const phases = [1, 2, 3, 4].map(slotPhase).toSorted((a, b) => a - b);
  const gaps = phases.map((phase, index) => (phases[index + 1] ?? SLOT_STEPS + 28) - phase);
  for (const gap of gaps) assert(gap >= 15, `slots begin at ${phases}`);
});

Deno.test("spontaneous() has only cards that fit into a slot", () => {
  for (const { deck } of Object.values(PROFILES)) {
    for (const card of deck) {
      if (card.kind === "trouble") assert(card.seconds.to < SLOT_STEPS);
    }
  }
});
