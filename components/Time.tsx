/**
 * Instants as times of day. What is below {@linkcode LocalTimes} is rendered in UTC, and says so, until the
 * scripts run; then in the time of the reader's place.
 *
 * @module
 */

import { type ReadonlySignal, useSignal } from "@preact/signals";
import { type ComponentChildren, createContext, type VNode } from "preact";
import { useContext, useEffect, useMemo } from "preact/hooks";

import type { Instant } from "@/lib/domain/instant.ts";

import { createTimeFormat, type TimeFormat } from "./local_time.ts";

/** How to write instants, and what the date is. */
export interface Times {
  readonly format: TimeFormat;
  readonly now: ReadonlySignal<Instant>;
}

const TimesContext = createContext<Times | null>(null);

/** Props of {@linkcode LocalTimes}. */
export interface LocalTimesProps {
  readonly now: ReadonlySignal<Instant>;
  /** Whether no server renders this, so that the place of the reader is known from the start. */
  readonly inBrowser?: boolean;
  readonly children: ComponentChildren;
}

/** Lets the times below it become local. */
export function LocalTimes({ now, inBrowser = false, children }: LocalTimesProps): VNode {
  const isLocal = useSignal(inBrowser);
  useEffect(() => {
    isLocal.value = true;
  }, [isLocal]);
  const zone = isLocal.value ? null : "UTC";
  const times = useMemo(() => ({ format: createTimeFormat(zone), now }), [zone, now]);
  return <TimesContext.Provider value={times}>{children}</TimesContext.Provider>;
}

/**
 * Returns how the page writes instants.
 *
 * @throws {Error} If there is no {@linkcode LocalTimes} above.
 */
export function useTimes(): Times {
  const times = useContext(TimesContext);
  if (times === null) throw new Error("Cannot write a time: LocalTimes is missing");
  return times;
}

/** Props of {@linkcode Time}. */
export interface TimeProps {
  readonly at: Instant;
  /** Whether seconds matter. */
  readonly exact?: boolean;
}

/** Renders an instant, the date only where it is another one. */
export function Time({ at, exact = false }: TimeProps): VNode {
  const { format, now } = useTimes();
  const text = exact ? format.exact(at, now.peek()) : format.short(at, now.peek());
  return <time dateTime={new Date(at).toISOString()} title={format.full(at)}>{text}</time>;
}
