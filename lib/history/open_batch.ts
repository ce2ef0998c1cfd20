/**
 * What was noted and is not written yet.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { Sample } from "@/lib/domain/sample.ts";
import type { Transition } from "@/lib/domain/service.ts";
import type { DocumentChange, HistoryBatch } from "@/lib/ports/history.ts";

/** How much is lost where the bounds do not let everything wait. */
export interface BatchLosses {
  /** Samples. */
  readonly samples: number;
  /** Transitions. */
  readonly transitions: number;
}

/** What a batch is made with. */
export interface BatchOptions {
  /** Tells it from all others. */
  readonly id: string;
  /** When it is closed. */
  readonly at: Instant;
  /** Most samples in it. */
  readonly maxSamples: number;
}

/** Gathers until it is closed. Of a document only the latest state counts. */
export class OpenBatch {
  #samples: Sample[] = [];
  #transitions: Transition[] = [];
  readonly #documents = new Map<string, DocumentChange>();

  /** How many samples wait. */
  get samples(): number {
    return this.#samples.length;
  }

  /** How many transitions wait. */
  get transitions(): number {
    return this.#transitions.length;
  }

  /** Whether nothing was noted. */
  get isEmpty(): boolean {
    return this.#samples.length + this.#transitions.length + this.#documents.size === 0;
  }

  /** Notes a sample. */
  addSample(sample: Sample): void {
    this.#samples.push(sample);
  }

  /** Notes a transition. */
  addTransition(transition: Transition): void {
    this.#transitions.push(transition);
  }

  /** Notes a document. One that begins and ends in here was never there. */
  put(document: DocumentChange): void {
    const key = keyOf(document);
    const isNew = document.isNew ?? this.#documents.get(key)?.isNew ?? false;
    if (isNew && document.body === null) this.#documents.delete(key);
    else this.#documents.set(key, isNew ? { ...document, isNew } : document);
  }

  /** Forgets the oldest beyond the bounds, and returns how many that were. */
  trim(max: BatchLosses): BatchLosses {
    const samples = Math.max(0, this.#samples.length - max.samples);
    const transitions = Math.max(0, this.#transitions.length - max.transitions);
    if (samples > 0) this.#samples = this.#samples.slice(samples);
    if (transitions > 0) this.#transitions = this.#transitions.slice(transitions);
    return { samples, transitions };
  }

  /**
   * Takes out what is written next: everything, or the oldest samples alone if there are more than
   * `maxSamples`. What was decided is written with the last of the samples that it was decided on.
   */
  take({ id, at, maxSamples }: BatchOptions): HistoryBatch {
    const samples = this.#samples.slice(0, maxSamples);
    this.#samples = this.#samples.slice(maxSamples);
    if (this.#samples.length > 0) return { id, at, samples, transitions: [], documents: [] };
    const transitions = this.#transitions;
    const documents = [...this.#documents.values()];
    this.#transitions = [];
    this.#documents.clear();
    return { id, at, samples, transitions, documents };
  }
}

function keyOf({ kind, key }: DocumentChange): string {
  return `${kind} ${key}`;
}
