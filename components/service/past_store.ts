/**
 * The past of one service as signals: what window is shown, what is known of it, and where the cursor is. It reads
 * no browser globals; how to ask the server is handed in.
 *
 * @module
 */

import { batch, type Signal, signal } from "@preact/signals";

import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";
import { spanOf, type WindowChoice } from "@/lib/domain/time_window.ts";
import type {
  EventView,
  HistoryView,
  SeriesColumns,
  TimelineView,
} from "@/lib/protocol/history_views.ts";
import type { LiveService } from "@/lib/protocol/live_state.ts";

import { mergeEvents } from "./event_words.ts";
import { nothingKnown, type PastAnswer, type PastData } from "./past_data.ts";
import { appendSamples, NO_COLUMNS } from "./series_columns.ts";

/** Older events, or why they cannot be had. */
export type OlderAnswer =
  | {
    readonly kind: "ready";
    readonly events: readonly EventView[];
    readonly hasOlder: boolean;
  }
  | { readonly kind: "failed"; readonly reason: string };

/** Asks the server. Neither rejects. */
export interface PastSource {
  /** Returns the past over a span, and the newest events up to now. */
  readonly load: (span: TimeSpan, now: Instant) => Promise<PastAnswer>;
  /** Returns the events before the one with this id. */
  readonly loadOlder: (before: string, now: Instant) => Promise<OlderAnswer>;
}

/** What a store begins with. */
export interface PastStart {
  readonly choice: WindowChoice;
  /** When the page was rendered. */
  readonly now: Instant;
  /** What it was rendered with. */
  readonly answer: PastAnswer;
}

/** The live state at an instant. */
export interface LiveMoment {
  readonly now: Instant;
  /** `undefined` if the service is gone. */
  readonly service: LiveService | undefined;
  /** Whether the connection is lost. */
  readonly isLost: boolean;
}

/** It is never asked more often than this, in milliseconds. */
const PAUSE_MS = 2_000;

/** Raw samples come by the live connection; all the same it is asked this often, in milliseconds. */
const RAW_PACE_MS = 15_000;

/** Holds the past of one service. All fields are signals; read them where they are shown. */
export class PastStore {
  /** What was chosen. */
  readonly choice: Signal<WindowChoice>;
  /** The span on the screen. */
  readonly shown: Signal<TimeSpan>;
  /** The samples, live ones among them. */
  readonly history: Signal<HistoryView>;
  /** The samples as they were loaded. */
  readonly loaded: Signal<HistoryView>;
  /** The span that was asked for last. */
  readonly loadedSpan: Signal<TimeSpan>;
  /** Statuses, alerts and uptime. */
  readonly timeline: Signal<TimelineView>;
  /** Newest first. */
  readonly events: Signal<readonly EventView[]>;
  /** Whether there are older events. */
  readonly hasOlder: Signal<boolean>;
  /** Whether another window is on its way. */
  readonly isLoading: Signal<boolean> = signal(false);
  /** Why the last attempt failed; `null` if it did not. */
  readonly failure: Signal<string | null>;
  /** The instant that all charts point at; `null` for none. */
  readonly cursor: Signal<Instant | null> = signal(null);
  /** The present instant, as of the last {@linkcode PastStore.follow}. */
  now: Instant;

  readonly #source: PastSource;
  /** The choice that is on the screen: `choice` unless the answer is still to come. */
  #shownChoice: WindowChoice;
  /** Number of the last question: answers to earlier ones come too late. */
  #asked = 0;
  /** When the last question was asked. */
  #askedAt: Instant;
  #isWaiting = false;
  #isStale = false;
  #isHidden = false;
  #wasLost = false;
  /** What a change of means that the timeline and the events are no longer right. */
  #seen: string | undefined;

  /** Starts from what the page was rendered with. */
  constructor({ choice, now, answer }: PastStart, source: PastSource) {
    const span = spanOf(choice, now);
    const data = answer.kind === "ready" ? answer.data : nothingKnown(span);
    this.#source = source;
    this.#askedAt = now;
    this.#shownChoice = choice;
    this.now = now;
    this.choice = signal(choice);
    this.shown = signal(span);
    this.loadedSpan = signal(span);
    this.history = signal(data.history);
    this.loaded = signal(data.history);
    this.timeline = signal(data.timeline);
    this.events = signal(data.events);
    this.hasOlder = signal(data.hasOlder);
    this.failure = signal(answer.kind === "failed" ? answer.reason : null);
  }

  /** Asks for another window. Until the answer is there, what was shown stays: its axis must not lie. */
  choose(choice: WindowChoice): void {
    const span = spanOf(choice, this.now);
    const at = this.cursor.peek();
    batch(() => {
      this.choice.value = choice;
      if (at !== null && (at < span.from || at >= span.to)) this.cursor.value = null;
      this.isLoading.value = true;
    });
    this.#load();
  }

  /** Asks again, after a failure. */
  retry(): void {
    this.isLoading.value = true;
    this.#load();
  }

  /** Asks for older events. */
  async loadOlder(): Promise<void> {
    const before = this.events.peek().at(-1)?.id;
    if (before === undefined) return;
    const answer = await this.#source.loadOlder(before, this.now);
    if (answer.kind === "failed") this.failure.value = answer.reason;
    else {
      batch(() => {
        this.events.value = mergeEvents(this.events.peek(), answer.events);
        this.hasOlder.value = answer.hasOlder;
      });
    }
  }

  /** Lets time stand still while nobody looks. */
  setHidden(isHidden: boolean): void {
    if (this.#isHidden && !isHidden) this.#isStale = true;
    this.#isHidden = isHidden;
  }

  /**
   * Moves on with the live state: a window that ends now slides, raw samples join, and what has become stale is
   * asked for again.
   */
  follow(moment: LiveMoment): void {
    this.now = moment.now;
    this.#notice(moment);
    if (this.#isHidden || moment.isLost) return;
    const isLive = this.choice.peek().zoom === null;
    const isShown = this.choice.peek() === this.#shownChoice;
    if (isLive && isShown && this.history.peek().stepMs === 0) this.#slide(moment);
    const ageMs = moment.now - this.#askedAt;
    const isDue = isLive && ageMs >= this.#paceMs();
    if (!this.#isWaiting && (isDue || (this.#isStale && ageMs >= PAUSE_MS))) this.#load();
  }

  #notice({ service, isLost }: LiveMoment): void {
    if (this.#wasLost && !isLost) this.#isStale = true;
    this.#wasLost = isLost;
    if (service === undefined) return;
    const { status, since, alerts, flapping } = service;
    const seen = JSON.stringify([status, since, alerts, flapping]);
    if (this.#seen !== undefined && seen !== this.#seen) this.#isStale = true;
    this.#seen = seen;
  }

  #paceMs(): number {
    const { stepMs } = this.history.peek();
    return stepMs === 0 ? RAW_PACE_MS : Math.max(stepMs, PAUSE_MS);
  }

  #slide({ now, service }: LiveMoment): void {
    const span = spanOf(this.choice.peek(), now);
    batch(() => {
      this.shown.value = span;
      if (service !== undefined) {
        this.history.value = joinLive(this.history.peek(), service, span);
      }
    });
  }

  async #load(): Promise<void> {
    const asked = ++this.#asked;
    const choice = this.choice.peek();
    const span = spanOf(choice, this.now);
    this.#askedAt = this.now;
    this.#isStale = false;
    this.#isWaiting = true;
    this.loadedSpan.value = span;
    const answer = await this.#source.load(span, this.now);
    if (asked !== this.#asked) return;
    this.#isWaiting = false;
    batch(() => {
      this.isLoading.value = false;
      this.failure.value = answer.kind === "failed" ? answer.reason : null;
      if (answer.kind === "ready") this.#show(answer.data, choice, span);
    });
  }

  #show(data: PastData, choice: WindowChoice, span: TimeSpan): void {
    const isSame = choice === this.#shownChoice;
    const isRaw = data.history.stepMs === 0;
    this.#shownChoice = choice;
    this.loaded.value = data.history;
    this.history.value = isRaw && isSame
      ? keepNewer(data.history, this.history.peek())
      : data.history;
    this.timeline.value = data.timeline;
    this.#showEvents(data);
    // While the answer was under way a window of raw samples went on.
    const isAhead = isSame && isRaw && choice.zoom === null && this.shown.peek().to > span.to;
    if (!isAhead) this.shown.value = span;
  }

  /** Where the answer does not reach to what is known, some are missing in between: it begins anew. */
  #showEvents({ events, hasOlder }: PastData): void {
    const known = this.events.peek();
    const knownIds = new Set(known.map(({ id }) => id));
    const isJoined = !hasOlder || events.some(({ id }) => knownIds.has(id));
    this.events.value = isJoined ? mergeEvents(events, known) : events;
    if (!isJoined) this.hasOlder.value = hasOlder;
  }
}

/** Returns raw samples with the live ones of a service. */
export function joinLive(view: HistoryView, service: LiveService, span: TimeSpan): HistoryView {
  let metrics = view.metrics;
  for (const [id, { points }] of Object.entries(service.metrics)) {
    const before = view.metrics[id] ?? NO_COLUMNS;
    const after = appendSamples(before, points, span);
    if (after !== before) metrics = { ...metrics, [id]: after };
  }
  return metrics === view.metrics ? view : { ...view, metrics };
}

/** An answer may be older than the live samples that came while it was under way. */
function keepNewer(answer: HistoryView, before: HistoryView): HistoryView {
  if (before.stepMs !== 0) return answer;
  let metrics = answer.metrics;
  for (const [id, columns] of Object.entries(before.metrics)) {
    const known = answer.metrics[id] ?? NO_COLUMNS;
    const joined = appendSamples(known, samplesOf(columns, answer.to), answer);
    if (joined !== known) metrics = { ...metrics, [id]: joined };
  }
  return { ...answer, metrics };
}

function samplesOf({ t, avg }: SeriesColumns, from: Instant) {
  return t.map((at, index) => ({ at, value: avg[index] ?? 0 })).filter(({ at }) => at >= from);
}
