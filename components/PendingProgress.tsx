/**
 * How far a pending alert is on its way to firing.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import type { VNode } from "preact";

import { formatDuration, type Instant } from "@/lib/domain/instant.ts";
import type { AlertProgress } from "@/lib/protocol/views.ts";
import * as text from "@/texts/alert_rows.ts";
import { formatNumber } from "@/texts/language.ts";
import { second } from "@/texts/units.ts";

/** Props of {@linkcode PendingProgress}. */
export interface PendingProgressProps {
  readonly progress: AlertProgress;
  readonly now: ReadonlySignal<Instant>;
}

/** Renders "2 of 3", or "12 s of 45 s" which ticks, and a bar of it. */
export function PendingProgress({ progress, now }: PendingProgressProps): VNode {
  const { done, needed, words } = progress.kind === "samples"
    ? countSamples(progress)
    : countTime(progress, now.value);
  return (
    <span class="progress">
      <span class="unseen">{text.pendingProgress}</span>
      {words}
      <progress max={needed} value={done} aria-hidden="true" />
    </span>
  );
}

interface Progress {
  readonly done: number;
  readonly needed: number;
  readonly words: string;
}

function countSamples(
  { breaches, needed }: Extract<AlertProgress, { readonly kind: "samples" }>,
): Progress {
  return { done: breaches, needed, words: text.progress(`${breaches}`, `${needed}`) };
}

/** One sample alone proves no duration, so the count begins with the second. */
function countTime(
  { neededMs, firesAt }: Extract<AlertProgress, { readonly kind: "duration" }>,
  now: Instant,
): Progress {
  const leftMs = firesAt === null ? neededMs : Math.max(0, firesAt - now);
  const done = Math.min(neededMs, Math.max(0, neededMs - leftMs));
  const words = text.progress(wholeSeconds(done), wholeSeconds(neededMs));
  return { done, needed: neededMs, words };
}

/** Tenths would only flicker. */
function wholeSeconds(durationMs: number): string {
  return durationMs < 60_000
    ? `${formatNumber(Math.floor(durationMs / 1_000), 0)} ${second}`
    : formatDuration(durationMs);
}
