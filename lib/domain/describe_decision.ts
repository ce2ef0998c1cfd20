/**
 * The reasons of notifications in words: why something was sent, or why not. Without instants, which every
 * reader wants in the time of their own place.
 *
 * @module
 */

import * as words from "@/texts/decisions.ts";

import type { HoldReason, SendReason } from "./notification.ts";

/** What was decided. */
export type NotificationDecision =
  | { readonly kind: "send"; readonly reason: SendReason }
  | { readonly kind: "hold"; readonly reason: HoldReason };

const SENT: Readonly<Record<SendReason, string>> = words.sendReasons;

/**
 * Returns the reason of a decision.
 *
 * @example
 * ```ts
 * import { describeDecision } from "@/lib/domain/describe_decision.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const reason = { code: "inhibited", by: "payments-db" } as const;
 * assertEquals(describeDecision({ kind: "hold", reason }), "inhibited by payments-db");
 * ```
 */
export function describeDecision(decision: NotificationDecision): string {
  return decision.kind === "send" ? SENT[decision.reason] : describeHold(decision.reason);
}

function describeHold(reason: HoldReason): string {
  switch (reason.code) {
    case "gathering":
      return words.gathering;
    case "told":
      return words.told;
    case "refused":
      return words.refused;
    case "inhibited":
      return words.inhibited(reason.by);
    case "awaiting parent":
      return words.awaitingParent(reason.by);
    case "silenced":
      return words.silenced(reason.by);
    case "maintenance":
      return words.maintenance(reason.by);
    case "acknowledged":
      return words.acknowledged(reason.by);
    case "flapping":
      return words.flapping;
    case "no match":
      return words.noMatch;
    case "never told":
      return words.neverTold;
  }
}
