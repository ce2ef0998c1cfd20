/**
 * What turns the slides: one at a time, by key, touch, bar and address, in step with the presenter's window.
 *
 * @module
 */

import type { VNode } from "preact";

import type { DeckAct } from "@/components/slides/deck_keys.ts";
import { DeckHelp } from "@/components/slides/DeckHelp.tsx";
import {
  startDemo,
  useDeck,
  useDeckKeys,
  useDeckSwipes,
  useDemoKeys,
  useShownSlide,
} from "@/components/slides/use_deck.ts";
import * as words from "@/texts/talk.ts";

interface SlideDeckProps {
  /** The slide that the address names, as far as the server sees it. */
  readonly slide: number;
  /** Names of the slides, in order. */
  readonly names: readonly string[];
}

/** Renders the bar below the slides. */
export default function SlideDeck({ slide, names }: SlideDeckProps): VNode {
  const store = useDeck(slide, { offset: 0, answers: true });
  const perform = (act: DeckAct) => {
    switch (act.kind) {
      case "show":
        giveKeysBack();
        return store.show(act.slide);
      case "start":
        return void startDemo(store);
      case "presenter":
        return void open(`/slides?presenter=1#${store.slide.peek()}`, "vitals-presenter", WINDOW);
      case "fullscreen":
        return void toggleFullscreen();
      case "help":
        return void (store.helps.value = !store.helps.peek());
      case "back":
        giveKeysBack();
        return void (store.helps.value = false);
      case "reset":
        return;
    }
  };
  useShownSlide(store, names);
  useDeckKeys(store, perform);
  useDeckSwipes(store);
  useDemoKeys(store, perform);
  const current = store.slide.value;
  return (
    <div class="deck-bar">
      <nav class="progress" aria-label={words.slides}>
        {names.map((name, index) => (
          <a
            key={name}
            href={`#${index + 1}`}
            aria-current={index + 1 === current ? "true" : undefined}
            data-done={index + 1 <= current}
            title={name}
          >
            <span class="unseen">{words.slideName(index + 1, name)}</span>
          </a>
        ))}
      </nav>
      <p class="deck-said" role="status">{store.said}</p>
      <p class="deck-count" aria-hidden="true">{current} / {names.length}</p>
      <p class="unseen" aria-live="polite">{words.shown(current, names[current - 1] ?? "")}</p>
      <span class="deck-buttons scripted">
        <button
          type="button"
          class="ghost"
          aria-label={words.slideBefore}
          onClick={() => store.show(current - 1)}
        >
          ←
        </button>
        <button
          type="button"
          class="ghost"
          aria-label={words.nextSlide}
          onClick={() => store.show(current + 1)}
        >
          →
        </button>
        <button
          type="button"
          class="ghost"
          aria-label={words.keysTitle}
          aria-expanded={store.helps.value}
          onClick={() => perform({ kind: "help" })}
        >
          ?
        </button>
      </span>
      <DeckHelp helps={store.helps} />
    </div>
  );
}

/** Where the presenter's view opens first. */
const WINDOW = "popup,width=1280,height=800";

/** The dashboard of the demo keeps the keyboard until then. */
function giveKeysBack(): void {
  const { activeElement } = document;
  if (activeElement instanceof HTMLIFrameElement) activeElement.blur();
  focus();
}

async function toggleFullscreen(): Promise<void> {
  try {
    if (document.fullscreenElement === null) await document.documentElement.requestFullscreen();
    else await document.exitFullscreen();
  } catch {
    // the browser does not let it
  }
}
