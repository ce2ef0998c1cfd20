/**
 * The port to what is written down while monitoring goes on: the collector and the notifier note, in one act,
 * what belongs together; whoever must not act before it is safe waits for `committed`.
 *
 * @module
 */

import type { Sample } from "@/lib/domain/sample.ts";
import type { Transition } from "@/lib/domain/service.ts";

import type { DocumentChange } from "./history.ts";

/** What became of what was noted. */
export type CommitResult =
  /** It survives the death of this process. */
  | { readonly kind: "kept" }
  /** It is in memory only, and is written once that is possible again. */
  | { readonly kind: "unsafe"; readonly reason: string };

/** Tells when what was done is safe. */
export interface CommitGate {
  /** Whether so much waits to be written that no more should be taken in. */
  readonly isFull: boolean;
  /** Waits until all that was noted so far is written, or it is known that this takes longer. Never rejects. */
  committed(): Promise<CommitResult>;
}

/** Notes. All that is noted between two turns of the event loop is written together, or not at all. */
export interface Ledger extends CommitGate {
  /** Notes a sample that was taken. */
  addSample(sample: Sample): void;
  /** Notes what was decided. */
  addTransition(transition: Transition): void;
  /** Notes a state as it is now. */
  put(document: DocumentChange): void;
}

/** Forgets all it is told: for parts that are tried alone. */
export const NO_LEDGER: Ledger = {
  isFull: false,
  addSample() {},
  addTransition() {},
  put() {},
  committed: () => Promise.resolve({ kind: "kept" }),
};
