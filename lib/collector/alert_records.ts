/**
 * What is kept of alerts beyond their present state: how they ended, and each step of their lives.
 *
 * @module
 */

import type { AlertTransition } from "@/lib/domain/alert.ts";
import { viewEndedAlert, viewTransition } from "@/lib/protocol/alert_view.ts";
import type { AlertView, TransitionView } from "@/lib/protocol/views.ts";

/** How many ended alerts of each kind are kept between changes; the oldest goes first. */
export const MAX_ENDED_ALERTS = 1_000;

/** How many steps of one alert are kept: the first ones and the latest. */
export const MAX_STEPS = 50;

/** How many of those are the first. */
const FIRST_STEPS = 10;

/** Keeps resolved alerts, apart from them those that were cancelled before they fired, and the steps of all. */
export class AlertRecords {
  readonly #resolved = new Map<string, AlertView>();
  /** Kept only so that those who show pending alerts can be told that these are gone. */
  readonly #cancelled = new Map<string, AlertView>();
  readonly #steps = new Map<string, TransitionView[]>();

  /** Takes a step in the life of an alert. */
  add(transition: AlertTransition): void {
    const { id, change, firedAt } = transition;
    this.#addStep(id, viewTransition(transition));
    if (change !== "resolved" && change !== "cancelled") return;
    const kept = firedAt === null ? this.#cancelled : this.#resolved;
    kept.set(id, viewEndedAlert(transition));
  }

  /** Forgets the oldest beyond the bound, once those who follow changes have read how they ended. */
  trim(): void {
    for (const kept of [this.#resolved, this.#cancelled]) {
      for (const oldest of kept.keys()) {
        if (kept.size <= MAX_ENDED_ALERTS) break;
        kept.delete(oldest);
        this.#steps.delete(oldest);
      }
    }
  }

  /** Returns one that ended, whether it had fired or not. */
  find(id: string): AlertView | undefined {
    return this.#resolved.get(id) ?? this.#cancelled.get(id);
  }

  /** Returns the steps of one, oldest first. */
  steps(id: string): readonly TransitionView[] {
    return this.#steps.get(id) ?? [];
  }

  /** Returns those that had fired, newest end first. */
  resolved(): AlertView[] {
    return [...this.#resolved.values()].reverse();
  }

  #addStep(id: string, step: TransitionView): void {
    const steps = this.#steps.get(id) ?? [];
    this.#steps.set(id, steps);
    steps.push(step);
    if (steps.length > MAX_STEPS) steps.splice(FIRST_STEPS, 1);
  }
}
