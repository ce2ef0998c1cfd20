/**
 * The warning that the data is not live.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import type { VNode } from "preact";

import type { Instant } from "@/lib/domain/instant.ts";

/** Props of {@linkcode StaleNote}. */
export interface StaleNoteProps {
  /** When the connection was lost; `null` while it is not. */
  readonly since: ReadonlySignal<Instant | null>;
}

/** Renders since when the data is stale, in the time of the reader's place; nothing while it is live. */
export function StaleNote({ since }: StaleNoteProps): VNode | null {
  if (since.value === null) return null;
  const at = new Date(since.value);
  return (
    <p class="stale-note">
      <b>
        Stale since <time dateTime={at.toISOString()}>{at.toTimeString().slice(0, 8)}</time>.
      </b>{" "}
      The connection to Vitals is lost; what you see is how things were then.
    </p>
  );
}
