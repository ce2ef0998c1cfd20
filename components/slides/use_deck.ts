/**
 * Joins an island of slides to its window: keys, touches, address, the other windows, time and server.
 *
 * @module
 */

import { useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";

import * as words from "@/texts/talk.ts";

import {
  actOfDemoKey,
  actOfKey,
  actOfSwipe,
  type DeckAct,
  type PressedKey,
  slideOfUrl,
} from "./deck_keys.ts";
import { DECK_CHANNEL } from "./deck_messages.ts";
import { type DeckRole, DeckStore } from "./deck_store.ts";
import { startScenario } from "./start_scenario.ts";

/** Returns the store of this window, joined to the others. */
export function useDeck(slide: number, role: DeckRole): DeckStore {
  const store = useMemo(() => new DeckStore(slide, role), []);
  useEffect(() => {
    store.slide.value = slideOfUrl(location);
    return store.join(new BroadcastChannel(DECK_CHANNEL));
  }, [store]);
  return store;
}

/** Turns slides by key. */
export function useDeckKeys(store: DeckStore, perform: (act: DeckAct) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (keepsKeys(event)) return;
      const act = actOfKey(event, store.slide.peek());
      if (act === null) return;
      event.preventDefault();
      perform(act);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [store]);
}

/** What has the focus and needs this very key itself. */
function keepsKeys({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest("input, textarea, select") !== null) return true;
  return key === " " && target.closest("button, a, summary") !== null;
}

/** Turns slides by sideways swipes. */
export function useDeckSwipes(store: DeckStore): void {
  useEffect(() => {
    let from: Touch | undefined;
    const onStart = ({ touches }: TouchEvent) =>
      from = touches.length === 1 ? touches[0] : undefined;
    const onEnd = ({ changedTouches: [to] }: TouchEvent) => {
      if (from === undefined || to === undefined) return;
      const swipe = { dx: to.clientX - from.clientX, dy: to.clientY - from.clientY };
      const act = actOfSwipe(swipe, store.slide.peek());
      if (act?.kind === "show") store.show(act.slide);
    };
    document.addEventListener("touchstart", onStart, { passive: true });
    document.addEventListener("touchend", onEnd, { passive: true });
    return () => {
      document.removeEventListener("touchstart", onStart);
      document.removeEventListener("touchend", onEnd);
    };
  }, [store]);
}

/** Shows one slide at a time: marks it for the style sheet, and keeps address and title with it. */
export function useShownSlide(store: DeckStore, titles: readonly string[]): void {
  useSignalEffect(() => {
    const number = store.slide.value;
    for (const slide of document.querySelectorAll("[data-slide]")) {
      slide.toggleAttribute("data-current", slide.id === String(number));
    }
    document.documentElement.dataset.deck = "one";
    document.title = words.title(number, titles[number - 1] ?? "");
    if (slideOfUrl(location) !== number) history.replaceState(null, "", `#${number}`);
    scrollTo({ top: 0, behavior: "instant" });
  });
  useEffect(() => {
    const onHash = () => store.show(slideOfUrl(location));
    addEventListener("hashchange", onHash);
    return () => removeEventListener("hashchange", onHash);
  }, [store]);
}

/** Keeps the keys that turn slides at work while the dashboard of the demo has the keyboard. */
export function useDemoKeys(store: DeckStore, perform: (act: DeckAct) => void): void {
  useEffect(() => {
    const frame = document.getElementById("demo");
    if (!(frame instanceof HTMLIFrameElement)) return;
    const onKey = (event: KeyboardEvent) => {
      // Escape in a dialog of the dashboard closes that, and letters in a field are text.
      if (event.defaultPrevented || isWithin(event.target, "dialog, input, select")) return;
      const act = actOfDemoKey(pressedKey(event), store.slide.peek());
      if (act === null) return;
      event.preventDefault();
      perform(act);
    };
    const listen = () => frame.contentWindow?.addEventListener("keydown", onKey);
    listen();
    frame.addEventListener("load", listen);
    return () => frame.removeEventListener("load", listen);
  }, [store]);
}

function pressedKey({ key, shiftKey, ctrlKey, altKey, metaKey }: KeyboardEvent): PressedKey {
  return { key, shiftKey, ctrlKey, altKey, metaKey };
}

/** An element of another document is no `Element` of this one. */
function isWithin(target: EventTarget | null, selector: string): boolean {
  const element = target !== null && "closest" in target && typeof target.closest === "function"
    ? target.closest(selector)
    : null;
  return element !== null;
}

/** Starts the scenario of the demo, and says what came of it. */
export async function startDemo(store: DeckStore): Promise<void> {
  store.say(words.starting);
  store.say(await startScenario());
}
