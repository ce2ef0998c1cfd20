import { assert, assertStringIncludes, assertThrows } from "@std/assert";

import { profileNamed, PROFILES } from "@/simulators/profiles.ts";

Deno.test("profileNamed() names the profiles there are when there is none", () => {
  const error = assertThrows(() => profileNamed("apy"), RangeError);
  for (const name of Object.keys(PROFILES)) assertStringIncludes(error.message, `"${name}"`);
});

Deno.test("profileNamed() does not take what objects inherit for a profile", () => {
  assertThrows(() => profileNamed("toString"), RangeError, `"toString"`);
});

Deno.test("PROFILES never lose a heartbeat run that is as long as the limit by chance of timing", () => {
  for (const { deck } of Object.values(PROFILES)) {
    for (const card of deck) {
      if (card.kind === "calm" || card.fault !== "outage") continue;
      // One lost heartbeat makes a gap of two seconds: 4 lost ones would be exactly the limit of 5 s.
      assert(card.seconds.to < 4 || card.seconds.from > 5);
    }
  }
});

Deno.test("PROFILES never crash a worker by themselves", () => {
  for (const { deck } of Object.values(PROFILES)) {
    assert(deck.every((card) => card.kind === "calm" || card.fault !== "crash"));
  }
});
