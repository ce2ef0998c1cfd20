/**
 * The warning that the data is not live.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import type { VNode } from "preact";

import type { Instant } from "@/lib/domain/instant.ts";
import { locale } from "@/texts/language.ts";
import * as words from "@/texts/stale.ts";

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
        {words.since(
          <time dateTime={at.toISOString()}>{at.toLocaleTimeString(locale)}</time>,
        )}
      </b>{" "}
      {words.explanation}
    </p>
  );
}
