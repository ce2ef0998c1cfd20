/**
 * The reasons of notifications in words: why something was sent, or why not. Without instants, which every
 * reader wants in the time of their own place.
 *
 * @module
 */

import type { HoldReason, SendReason } from "./notification.ts";

/** What was decided. */
export type NotificationDecision =
  | { readonly kind: "send"; readonly reason: SendReason }
  | { readonly kind: "hold"; readonly reason: HoldReason };

const SENT: Readonly<Record<SendReason, string>> = {
  first: "first",
  more: "more alerts",
  escalated: "escalated",
  repeat: "reminder",
  flapping: "flapping",
  resolved: "resolved",
  test: "test",
};

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
      return "gathering what fails together";
    case "told":
      return "already told";
    case "refused":
      return "refused before, not told again";
    case "inhibited":
      return `inhibited by ${reason.by}`;
    case "awaiting parent":
      return `waiting for ${reason.by}`;
    case "silenced":
      return `silenced by ${reason.by}`;
    case "maintenance":
      return `in maintenance ${reason.by}`;
    case "acknowledged":
      return `acknowledged by ${reason.by}`;
    case "flapping":
      return "flapping, which was told";
    case "no match":
      return "not for this receiver";
    case "never told":
      return "ended before anyone was told";
  }
}
