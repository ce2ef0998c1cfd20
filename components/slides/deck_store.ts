/**
 * Where the talk is, in one window, and in step with the others. It knows no document.
 *
 * @module
 */

import { type Signal, signal } from "@preact/signals";

import { type DeckMessage, parseDeckMessage } from "./deck_messages.ts";
import { clampSlide } from "./script.ts";

/** The part of a `BroadcastChannel` that is used. */
export interface DeckChannel {
  /** Tells the other windows. */
  postMessage(message: DeckMessage): void;
  /** Called with what they tell. */
  onmessage: ((event: MessageEvent) => void) | null;
  /** Ends it. */
  close(): void;
}

/** What a window does beside showing. */
export interface DeckRole {
  /** Whether it shows the slide before which the others are: a preview of the next one. */
  readonly offset: 0 | 1;
  /** Whether it tells others where the talk is when they ask. */
  readonly answers: boolean;
}

/** The slide of a window, and what it says. */
export class DeckStore {
  /** The slide that is shown. */
  readonly slide: Signal<number>;
  /** What came of starting the scenario, in words; empty if nothing was tried. */
  readonly said: Signal<string> = signal("");
  /** Whether the keys are shown. */
  readonly helps: Signal<boolean> = signal(false);
  readonly #role: DeckRole;
  /** How often the talk was turned, as far as is known here; a preview believes whatever it hears first. */
  #turns: number;
  #channel: DeckChannel | undefined;

  /** Begins at a slide. */
  constructor(slide: number, role: DeckRole) {
    this.slide = signal(clampSlide(slide));
    this.#role = role;
    this.#turns = role.answers ? 0 : -1;
  }

  /** Joins the other windows. Returns what leaves them again. */
  join(channel: DeckChannel): () => void {
    this.#channel = channel;
    channel.onmessage = ({ data }) => this.#hear(data);
    channel.postMessage({ kind: "where" });
    return () => {
      channel.close();
      this.#channel = undefined;
    };
  }

  /** Shows a slide, here and in the other windows. */
  show(slide: number): void {
    const next = clampSlide(slide);
    if (next === this.slide.peek()) return;
    this.slide.value = next;
    this.#turns++;
    this.tell();
  }

  /** Tells the other windows where this one is. */
  tell(): void {
    this.#channel?.postMessage({ kind: "show", slide: this.slide.peek(), turns: this.#turns });
  }

  /** Says something, here and in the other windows. */
  say(words: string): void {
    this.said.value = words;
    this.#channel?.postMessage({ kind: "said", words });
  }

  #hear(data: unknown): void {
    const message = parseDeckMessage(data);
    switch (message?.kind) {
      case "show":
        this.#follow(message);
        break;
      case "said":
        this.said.value = message.words;
        break;
      case "where":
        if (this.#role.answers) this.tell();
        break;
    }
  }

  /** Messages cross. So that windows agree in the end, the later turn counts, and of two at once the greater slide. */
  #follow({ slide, turns }: Extract<DeckMessage, { kind: "show" }>): void {
    const next = clampSlide(slide + this.#role.offset);
    if (turns < this.#turns || (turns === this.#turns && next < this.slide.peek())) return;
    this.#turns = turns;
    this.slide.value = next;
  }
}
