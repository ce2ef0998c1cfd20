/**
 * The alerts that ended lately.
 *
 * @module
 */

import type { AlertTransition } from "@/lib/domain/alert.ts";
import type { AlertView } from "@/lib/protocol/views.ts";

import { viewEndedAlert } from "./alert_view.ts";

/** How many of each kind are kept; the oldest goes first. */
export const MAX_ENDED_ALERTS = 1_000;

/** Keeps resolved alerts, and apart from them those that were cancelled before they fired. */
export class EndedAlerts {
  readonly #resolved = new Map<string, AlertView>();
  /** Kept only so that those who show pending alerts can be told that these are gone. */
  readonly #cancelled = new Map<string, AlertView>();

  /** Takes the transition that ended an alert. */
  add(transition: AlertTransition): void {
    const kept = transition.firedAt === null ? this.#cancelled : this.#resolved;
    kept.set(transition.id, viewEndedAlert(transition));
    const [oldest] = kept.keys();
    if (kept.size > MAX_ENDED_ALERTS && oldest !== undefined) kept.delete(oldest);
  }

  /** Returns one that ended, whether it had fired or not. */
  find(id: string): AlertView | undefined {
    return this.#resolved.get(id) ?? this.#cancelled.get(id);
  }

  /** Returns those that had fired, newest end first. */
  resolved(): AlertView[] {
    return [...this.#resolved.values()].reverse();
  }
}
