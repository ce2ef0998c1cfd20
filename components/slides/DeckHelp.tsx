/**
 * The keys of the slides, on request.
 *
 * @module
 */

import type { Signal } from "@preact/signals";
import type { VNode } from "preact";

import { KEYS } from "./deck_keys.ts";

/** Props of {@linkcode DeckHelp}. */
export interface DeckHelpProps {
  readonly helps: Signal<boolean>;
}

/** Renders the keys while they are wanted. */
export function DeckHelp({ helps }: DeckHelpProps): VNode | null {
  if (!helps.value) return null;
  return (
    <section class="deck-help" aria-labelledby="deck-help-title">
      <h2 id="deck-help-title">Keys</h2>
      <dl>
        {KEYS.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p>On a touch screen: swipe.</p>
      <button type="button" class="ghost" onClick={() => helps.value = false}>Close</button>
    </section>
  );
}
