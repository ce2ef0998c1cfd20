import { assertEquals } from "@std/assert";

import type { DeliveryUpdate } from "@/lib/notify/delivery_update.ts";
import {
  FIRST_REFUSAL_PAUSE_MS,
  type Knowledge,
  MAX_REFUSAL_PAUSE_MS,
  Refusals,
} from "@/lib/notify/refusals.ts";

import { notification } from "../support/notifications.ts";

const WARNED = { rules: { HIGH_CPU: "warning" }, flapping: [], at: 0 } as const;
const ALARMED = { rules: { HIGH_CPU: "critical" }, flapping: [], at: 1 } as const;
const TAKEN: DeliveryUpdate = { state: "delivered", nextTryAt: null };
const REFUSED: DeliveryUpdate = { state: "failed", nextTryAt: null };
const REPLACED: DeliveryUpdate = { state: "dropped", nextTryAt: null };

function nothing(): Knowledge {
  return { told: null, heard: null, isRefused: false, retryAt: -Infinity };
}

Deno.test("Refusals.take() goes back to what was heard, once nothing else is on its way", () => {
  const [refusals, knowledge] = [new Refusals(), nothing()];
  knowledge.told = WARNED;
  refusals.follow(notification("a"), knowledge);
  assertEquals(refusals.take("a", TAKEN), undefined);
  knowledge.told = ALARMED;
  refusals.follow(notification("b"), knowledge);
  refusals.follow(notification("c"), knowledge);
  assertEquals(refusals.take("b", REFUSED), undefined);
  assertEquals(knowledge.told, ALARMED);
  assertEquals(refusals.take("c", REFUSED)?.service, "checkout");
  assertEquals([knowledge.told, refusals.take("c", REFUSED)], [WARNED, undefined]);
});

Deno.test("Refusals.take() ignores what goes on, is replaced, or is about an end", () => {
  const [refusals, knowledge] = [new Refusals(), nothing()];
  knowledge.told = WARNED;
  refusals.follow(notification("a"), knowledge);
  refusals.follow(notification("b"), knowledge);
  refusals.follow(notification("end", { state: "resolved" }), knowledge);
  const waits: DeliveryUpdate = { state: "retrying", nextTryAt: 9 };
  assertEquals(refusals.take("a", waits), undefined);
  assertEquals(refusals.take("a", REPLACED), undefined);
  assertEquals(refusals.take("end", REFUSED), undefined);
  assertEquals(knowledge.told, WARNED);
});

Deno.test("Refusals.restsUntil() doubles the pause of the receiver, which what is refused meanwhile shares", () => {
  const refusals = new Refusals();
  let now = 0;
  /** Refuses something new; returns for how long that is not told again. */
  function refuse(): number {
    const knowledge = nothing();
    refusals.follow(notification("a"), knowledge);
    refusals.take("a", REFUSED);
    return (refusals.restsUntil(knowledge, now) ?? now) - now;
  }
  assertEquals(refuse(), FIRST_REFUSAL_PAUSE_MS);
  now = 1_000;
  assertEquals(refuse(), FIRST_REFUSAL_PAUSE_MS - 1_000);
  for (const factor of [2, 4, 8]) {
    now += MAX_REFUSAL_PAUSE_MS;
    assertEquals(refuse(), factor * FIRST_REFUSAL_PAUSE_MS);
  }
  now += MAX_REFUSAL_PAUSE_MS;
  assertEquals(refuse(), MAX_REFUSAL_PAUSE_MS);
  refusals.follow(notification("b"), nothing());
  refusals.take("b", TAKEN);
  assertEquals(refuse(), FIRST_REFUSAL_PAUSE_MS);
});
