/**
 * The status of a service as a badge.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import type { VNode } from "preact";

import type { Instant } from "@/lib/domain/instant.ts";
import type { Status } from "@/lib/domain/status.ts";
import { heldFor } from "@/texts/cards.ts";
import { statusNames } from "@/texts/statuses.ts";

import { Age } from "./Age.tsx";
import { STATUS_LOOKS } from "./tone.ts";

/** Props of {@linkcode StatusBadge}. */
export interface StatusBadgeProps {
  readonly status: Status;
  readonly since: Instant;
  readonly now: ReadonlySignal<Instant>;
}

/** Renders mark, status, and for how long it has held. */
export function StatusBadge({ status, since, now }: StatusBadgeProps): VNode {
  return (
    <span class="badge">
      <span aria-hidden="true">{STATUS_LOOKS[status].mark}</span> {statusNames[status]}{" "}
      <span class="held">{heldFor(<Age since={since} now={now} />)}</span>
    </span>
  );
}
