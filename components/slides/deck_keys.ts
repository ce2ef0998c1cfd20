/**
 * What keys, touches and addresses mean to the slides.
 *
 * @module
 */

import { clampSlide, SLIDES } from "./script.ts";

/** What a person wants of the slides. */
export type DeckAct =
  | { readonly kind: "show"; readonly slide: number }
  /** Starts the scenario of the demo. */
  | { readonly kind: "start" }
  /** Opens the presenter's view. */
  | { readonly kind: "presenter" }
  | { readonly kind: "fullscreen" }
  /** Shows the keys, or hides them. */
  | { readonly kind: "help" }
  /** Hides the keys, and takes the keyboard back from the dashboard. */
  | { readonly kind: "back" }
  /** Begins the time anew. */
  | { readonly kind: "reset" };

/** A key as the browser tells of it. */
export type PressedKey = Pick<
  KeyboardEvent,
  "key" | "shiftKey" | "ctrlKey" | "altKey" | "metaKey"
>;

/** Returns what a key means on a slide; `null` if nothing, as with keys of the browser. */
export function actOfKey(pressed: PressedKey, current: number): DeckAct | null {
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey) return null;
  switch (pressed.key) {
    case "ArrowRight":
    case "ArrowDown":
    case "PageDown":
      return show(current + 1);
    case "ArrowLeft":
    case "ArrowUp":
    case "PageUp":
      return show(current - 1);
    case " ":
      return show(current + (pressed.shiftKey ? -1 : 1));
    case "Home":
      return show(1);
    case "End":
      return show(SLIDES.length);
    default:
      return actOfLetter(pressed.key);
  }
}

/** What goes on to work while the keyboard is with the dashboard in the demo. */
const WORKS_IN_DEMO = /^(?:PageDown|PageUp|Escape|[1-9s])$/;

/** Returns what a key means that was pressed in the dashboard of the demo, which has keys of its own. */
export function actOfDemoKey(pressed: PressedKey, current: number): DeckAct | null {
  return WORKS_IN_DEMO.test(pressed.key) ? actOfKey(pressed, current) : null;
}

function actOfLetter(key: string): DeckAct | null {
  if (/^[1-9]$/.test(key)) return Number(key) > SLIDES.length ? null : show(Number(key));
  switch (key.toLowerCase()) {
    case "s":
      return { kind: "start" };
    case "p":
      return { kind: "presenter" };
    case "f":
      return { kind: "fullscreen" };
    case "r":
      return { kind: "reset" };
    case "?":
      return { kind: "help" };
    case "escape":
      return { kind: "back" };
    default:
      return null;
  }
}

function show(slide: number): DeckAct {
  return { kind: "show", slide: clampSlide(slide) };
}

/** The way a finger went, in CSS pixels. */
export interface Swipe {
  readonly dx: number;
  readonly dy: number;
}

/** The shortest way that turns a slide, in CSS pixels. */
const LEAST_SWIPE = 48;

/** Returns what a swipe means: a sideways one turns slides, any other scrolls. */
export function actOfSwipe({ dx, dy }: Swipe, current: number): DeckAct | null {
  if (Math.abs(dx) < LEAST_SWIPE || Math.abs(dx) < 2 * Math.abs(dy)) return null;
  return show(current + (dx < 0 ? 1 : -1));
}

/**
 * Returns the slide that an address names, as `#3` or `?slide=3`; the first if it names none.
 *
 * @example
 * ```ts
 * import { slideOfUrl } from "@/components/slides/deck_keys.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(slideOfUrl(new URL("http://127.0.0.1:8000/slides?slide=2#3")), 3);
 * assertEquals(slideOfUrl(new URL("http://127.0.0.1:8000/slides?slide=99")), 7);
 * ```
 */
export function slideOfUrl(url: Pick<URL, "hash" | "search">): number {
  const hash = /^#(\d+)$/.exec(url.hash)?.[1];
  return clampSlide(Number(hash ?? new URLSearchParams(url.search).get("slide") ?? 1));
}
