/**
 * A history that keeps what it is asked and answers what it is told to.
 *
 * @module
 */

import type { TimeSpan } from "@/lib/domain/instant.ts";
import type { EventsQuery, SamplesQuery, StatusChange } from "@/lib/ports/history.ts";
import type { HistoryReader } from "@/lib/ports/history_reader.ts";
import type {
  AlertSpanView,
  EventView,
  GapView,
  HistoryView,
  SeriesColumns,
} from "@/lib/protocol/history_views.ts";

/** Implements {@linkcode HistoryReader}. It does not select: what it has is in every range. */
export class FakeHistory implements HistoryReader {
  /** Every question, as the name of the method and what it was given. */
  readonly asked: (readonly unknown[])[] = [];
  /** Rejects every question, if set. */
  fault: Error | null = null;
  stepMs = 0;
  metrics: Readonly<Record<string, SeriesColumns>> = {};
  eventList: EventView[] = [];
  statusList: StatusChange[] = [];
  alertList: AlertSpanView[] = [];
  gapList: GapView[] = [];
  /** JSON of the transitions of every alert. */
  transitionList: readonly string[] = [];

  async samples(query: SamplesQuery): Promise<HistoryView> {
    await this.#ask("samples", query);
    const { from, to } = query;
    return { from, to, stepMs: this.stepMs, metrics: this.metrics, gaps: this.gapList };
  }

  async events(query: EventsQuery): Promise<readonly EventView[]> {
    await this.#ask("events", query);
    const { before, limit } = query;
    const first = this.eventList.findIndex(({ id }) => id === before) + 1;
    return this.eventList.slice(first, first + limit);
  }

  async statuses(service: string, range: TimeSpan): Promise<readonly StatusChange[]> {
    await this.#ask("statuses", service, range);
    return this.statusList;
  }

  async endedAlerts(service: string, range: TimeSpan): Promise<readonly AlertSpanView[]> {
    await this.#ask("endedAlerts", service, range);
    return this.alertList;
  }

  async gaps(range: TimeSpan): Promise<readonly GapView[]> {
    await this.#ask("gaps", range);
    return this.gapList;
  }

  async transitionsOf(alert: string): Promise<readonly string[]> {
    await this.#ask("transitionsOf", alert);
    return this.transitionList;
  }

  #ask(...question: readonly unknown[]): Promise<void> {
    this.asked.push(question);
    return this.fault === null ? Promise.resolve() : Promise.reject(this.fault);
  }
}
