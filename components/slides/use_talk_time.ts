/**
 * The time of day and of the talk, in the presenter's window.
 *
 * @module
 */

import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** Where the beginning of the talk outlives a reload. */
const STARTED_AT = "vitals.talk.startedAt";

/** How often the time is looked at, in milliseconds. */
const TICK_MS = 250;

/** What {@linkcode useTalkTime} returns. */
export interface TalkTime {
  /** Time of day, as the place of the browser writes it; empty before scripts run. */
  readonly clock: Signal<string>;
  /** Since the beginning, in seconds. */
  readonly elapsedS: Signal<number>;
  /** Lets the talk begin now. */
  readonly reset: () => void;
}

/** Keeps the time. */
export function useTalkTime(): TalkTime {
  const clock = useSignal("");
  const elapsedS = useSignal(0);
  const startedAt = useSignal(0);
  const tick = () => {
    const now = Date.now();
    clock.value = new Date(now).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    elapsedS.value = Math.floor((now - startedAt.value) / 1_000);
  };
  const reset = () => {
    startedAt.value = Date.now();
    remember(startedAt.value);
    tick();
  };
  useEffect(() => {
    startedAt.value = recall() ?? Date.now();
    remember(startedAt.value);
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return { clock, elapsedS, reset };
}

function recall(): number | null {
  try {
    return Number(sessionStorage.getItem(STARTED_AT)) || null;
  } catch {
    return null; // storage is forbidden
  }
}

function remember(startedAt: number): void {
  try {
    sessionStorage.setItem(STARTED_AT, String(startedAt));
  } catch {
    // storage is forbidden: a reload begins anew
  }
}
