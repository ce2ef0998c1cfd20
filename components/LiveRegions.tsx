/**
 * What is said to those who do not see the screen.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import type { VNode } from "preact";

import type { Spoken } from "./live_store.ts";

/** Props of {@linkcode LiveRegions}. */
export interface LiveRegionsProps {
  readonly urgent: ReadonlySignal<Spoken>;
  readonly calm: ReadonlySignal<Spoken>;
}

/** Renders two invisible live regions. A new key makes a new element, so equal words are said again. */
export function LiveRegions({ urgent, calm }: LiveRegionsProps): VNode {
  return (
    <>
      <div class="unseen" role="alert" aria-live="assertive">
        <p key={urgent.value.id}>{urgent.value.text}</p>
      </div>
      <div class="unseen" role="status" aria-live="polite">
        <p key={calm.value.id}>{calm.value.text}</p>
      </div>
    </>
  );
}
