/**
 * Flapping: an alert that fires and resolves again and again. It is told once, and then not again until it
 * has kept one state for a while.
 *
 * @module
 */

import type { Instant } from "./instant.ts";

/** When an alert counts as flapping. */
export interface FlapPolicy {
  /** So many changes between firing and resolved, at least 2, … */
  readonly changes: number;
  /** … within this time, in milliseconds. It ends after half of it without a change. */
  readonly windowMs: number;
}

/** Three times firing and two times resolved within ten minutes. */
export const DEFAULT_FLAP_POLICY: FlapPolicy = { changes: 5, windowMs: 600_000 };

/** The changes of one rule of one service. */
export interface FlapState {
  /** The latest changes, oldest first, at most `changes` of the policy. */
  readonly changes: readonly Instant[];
  /** Since when it flaps; `null` while it does not. */
  readonly since: Instant | null;
}

/** A rule that has not changed lately. */
export const STEADY: FlapState = { changes: [], since: null };

/**
 * Returns the state after a change between firing and resolved.
 *
 * @example The third change within a minute
 * ```ts
 * import { noteChange, STEADY } from "@/lib/domain/flapping.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const policy = { changes: 3, windowMs: 60_000 };
 * let state = STEADY;
 * for (const at of [0, 20_000, 40_000]) state = noteChange(state, policy, at);
 * assertEquals(state.since, 40_000);
 * ```
 */
export function noteChange(state: FlapState, policy: FlapPolicy, at: Instant): FlapState {
  const changes = [...state.changes, at].slice(-policy.changes);
  const first = changes[0] ?? at;
  const isDense = changes.length >= policy.changes && at - first <= policy.windowMs;
  return { changes, since: state.since ?? (isDense ? at : null) };
}

/** Returns when flapping ends if nothing changes any more; `null` if it does not flap. */
export function calmsAt({ changes, since }: FlapState, { windowMs }: FlapPolicy): Instant | null {
  const last = changes.at(-1);
  return since === null || last === undefined ? null : last + windowMs / 2;
}
