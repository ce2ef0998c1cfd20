/**
 * The keys of the slides, on request.
 *
 * @module
 */

import type { Signal } from "@preact/signals";
import type { VNode } from "preact";

import * as words from "@/texts/talk.ts";

/** Props of {@linkcode DeckHelp}. */
export interface DeckHelpProps {
  readonly helps: Signal<boolean>;
}

/** Renders the keys while they are wanted. */
export function DeckHelp({ helps }: DeckHelpProps): VNode | null {
  if (!helps.value) return null;
  return (
    <section class="deck-help" aria-labelledby="deck-help-title">
      <h2 id="deck-help-title">{words.keysTitle}</h2>
      <dl>
        {words.keys.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p>{words.swipe}</p>
      <button type="button" class="ghost" onClick={() => helps.value = false}>{words.close}</button>
    </section>
  );
}
