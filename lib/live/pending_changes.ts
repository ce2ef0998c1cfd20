/**
 * Changes that have not been sent yet, merged into one.
 *
 * @module
 */

import type { SeriesSample } from "@/lib/domain/sample.ts";
import type { Change } from "@/lib/ports/change.ts";
import type { DeltaMessage } from "@/lib/protocol/live_message.ts";
import { LIVE_WINDOW_SAMPLES } from "@/lib/protocol/live_state.ts";
import { encodeTimes } from "@/lib/protocol/times.ts";
import type { AlertView, MetricView, ServiceView } from "@/lib/protocol/views.ts";

import type { HubSource } from "./hub_source.ts";

/** How many instants of acceptance are kept: the first, whose wait is the longest. */
const MAX_ACCEPTED = 1_024;

const NONE: readonly never[] = [];

type Points = ReadonlyMap<string, readonly SeriesSample[]>;

/** What a delta says of the changes in it. */
export type DeltaBody = Pick<DeltaMessage, "services" | "removed" | "alerts">;

/**
 * Merges changes. It holds no more than the window of each series, and is as large as the state at most.
 */
export class PendingChanges {
  #services = new Map<string, Map<string, readonly SeriesSample[]>>();
  #removed = new Set<string>();
  /** By id: how it ended, which the source may have forgotten by the time of sending. */
  #alerts = new Map<string, AlertView | undefined>();
  #acceptedAtMs: number[] = [];

  /** Whether there is nothing to send. */
  get isEmpty(): boolean {
    return this.#services.size + this.#removed.size + this.#alerts.size === 0;
  }

  /** When the merged changes were accepted, oldest first; of very many the oldest only. */
  get acceptedAtMs(): readonly number[] {
    return this.#acceptedAtMs;
  }

  /** Adds a change that followed those before. */
  merge(change: Change, source: Pick<HubSource, "endedAlert">): void {
    for (const name of change.removed) {
      this.#services.delete(name);
      this.#removed.add(name);
    }
    for (const [name, points] of change.services) this.#mergePoints(name, points);
    for (const id of change.alerts) {
      this.#alerts.set(id, source.endedAlert(id) ?? this.#alerts.get(id));
    }
    if (this.#acceptedAtMs.length < MAX_ACCEPTED) this.#acceptedAtMs.push(change.acceptedAtMs);
  }

  /** Returns what to send, with the views as they are now. */
  describe(source: HubSource): DeltaBody {
    const services: ServiceView[] = [];
    const removed = new Set(this.#removed);
    for (const [name, points] of this.#services) {
      const view = source.service(name);
      if (view === undefined) removed.add(name);
      else services.push(withNewPoints(view, points));
    }
    const alerts = [...this.#alerts].flatMap(([id, ended]) => source.alert(id) ?? ended ?? []);
    return { services, removed: [...removed], alerts };
  }

  /** Forgets everything, once it is sent or nobody wants it. */
  clear(): void {
    this.#services.clear();
    this.#removed.clear();
    this.#alerts.clear();
    this.#acceptedAtMs = [];
  }

  #mergePoints(name: string, points: Points): void {
    const merged = this.#services.get(name) ?? new Map<string, readonly SeriesSample[]>();
    for (const [id, added] of points) {
      const before = merged.get(id) ?? NONE;
      merged.set(id, [...before, ...added].slice(-LIVE_WINDOW_SAMPLES));
    }
    this.#services.set(name, merged);
  }
}

function withNewPoints(view: ServiceView, points: Points): ServiceView {
  const metrics: Record<string, MetricView> = {};
  for (const [id, metric] of Object.entries(view.metrics)) {
    const added = points.get(id) ?? NONE;
    const recent = added.map((point) => point.value);
    metrics[id] = { ...metric, recent, times: encodeTimes(added.map((point) => point.at)) };
  }
  return { ...view, metrics };
}
