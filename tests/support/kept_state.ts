/**
 * A ledger that keeps all it is told, and hands it to the next monitor as a history would.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { Sample, SeriesSample } from "@/lib/domain/sample.ts";
import type { Transition } from "@/lib/domain/service.ts";
import { readRestored } from "@/lib/history/read_restored.ts";
import type { Document, DocumentChange, RecentSamples } from "@/lib/ports/history.ts";
import type { CommitResult, Ledger } from "@/lib/ports/ledger.ts";
import type { RestoredState } from "@/lib/ports/restored_state.ts";

/** What survives. */
export class KeptState implements Ledger {
  readonly isFull = false;
  readonly samples: Sample[] = [];
  readonly transitions: Transition[] = [];
  readonly documents = new Map<string, Document>();

  addSample(sample: Sample): void {
    this.samples.push(sample);
  }

  addTransition(transition: Transition): void {
    this.transitions.push(transition);
  }

  put({ kind, key, body }: DocumentChange): void {
    if (body === null) this.documents.delete(`${kind} ${key}`);
    else this.documents.set(`${kind} ${key}`, { kind, key, body });
  }

  committed(): Promise<CommitResult> {
    return Promise.resolve({ kind: "kept" });
  }

  /** Returns it as it is read after a restart. Nothing may be unreadable. */
  restored(aliveAt: Instant): RestoredState {
    const transitions = this.transitions.filter(({ kind }) => kind === "alert");
    return readRestored({
      aliveAt,
      documents: [...this.documents.values()],
      recent: this.#recent(),
      transitions: transitions.map((transition) => JSON.stringify(transition)),
    }, ({ kind, key, reason }) => {
      throw new Error(`Cannot read ${kind} "${key}": ${reason}`);
    });
  }

  #recent(): RecentSamples[] {
    const names = new Set(this.samples.map(({ service }) => service));
    return [...names].map((name) => {
      const own = this.samples.filter(({ service }) => service === name);
      const inOrder = own.toSorted((a, b) => a.at - b.at);
      const series: Record<string, SeriesSample[]> = {};
      for (const { at, metrics } of inOrder) {
        for (const [id, value] of Object.entries(metrics)) {
          series[id] = [...(series[id] ?? []), { at, value }].slice(-60);
        }
      }
      return { service: name, newestAt: inOrder.at(-1)?.at ?? 0, series };
    });
  }
}
