/**
 * What expressions need of what was observed: the latest values of the series that they name, and how their
 * counters grew.
 *
 * @module
 */

import type { Instant } from "../instant.ts";
import type { Observation, ObservationSet } from "../observation.ts";
import { CounterTrack, type Increase } from "./counter_track.ts";
import { type Expression, type LabelCondition, partsOf, type Selector } from "./expression.ts";
import { formatExpression } from "./format_expression.ts";
import { compilePattern } from "./label_pattern.ts";
import { type Element, type Labels, labelsKey, labelsOf } from "./series_vector.ts";

/** How one series of counters grew. */
export interface CounterIncrease extends Increase {
  /** Which of several. */
  readonly labels: Labels;
}

/** One selector and what it selects. */
interface Watch {
  readonly accepts: (labels: Labels) => boolean;
  /** The longest span over which growth is asked for; `null` if it is not asked for. */
  rangeMs: number | null;
  /** The latest values. */
  elements: Map<string, Element>;
  /** The counters among them. */
  tracks: Map<string, CounterTrack>;
}

/**
 * Holds what some expressions need, and nothing of all other series. It is bounded by the latest set: two
 * values for each selected counter, about thirty where a span such as `[5m]` is asked for.
 */
export class ObservationWindow {
  readonly #watches = new Map<string, Watch>();
  readonly #byName = new Map<string, Watch[]>();
  #at: Instant = -Infinity;
  #count = 0;

  /** Begins empty, for these expressions. Others find nothing in it. */
  constructor(expressions: Iterable<Expression>) {
    for (const expression of expressions) this.#watch(expression);
  }

  /** How many sets were taken. */
  get count(): number {
    return this.#count;
  }

  /** Takes the next set, and returns whether it did: one that is not later than the one before is left out. */
  push({ at, observations }: ObservationSet): boolean {
    if (!(at > this.#at)) return false;
    for (const watch of this.#watches.values()) watch.elements = new Map();
    for (const observation of observations) this.#take(observation);
    for (const watch of this.#watches.values()) {
      if (watch.rangeMs !== null) watch.tracks = follow(watch, { at, before: this.#at });
    }
    this.#at = at;
    this.#count++;
    return true;
  }

  /** Returns the latest values that a selector selects. */
  latest(selector: Selector): readonly Element[] {
    return [...this.#watches.get(formatExpression(selector))?.elements.values() ?? []];
  }

  /** Returns how the counters grew that a selector selects; those that are new are left out. */
  increases(selector: Selector, rangeMs: number | null): readonly CounterIncrease[] {
    const watch = this.#watches.get(formatExpression(selector));
    return [...watch?.tracks ?? []].flatMap(([key, track]) => {
      const increase = track.increase(rangeMs);
      const labels = watch?.elements.get(key)?.labels;
      return increase === null || labels === undefined ? [] : [{ labels, ...increase }];
    });
  }

  #watch(expression: Expression): void {
    if (expression.kind === "selector") this.#watchFor(expression);
    if (expression.kind === "growth") {
      const watch = this.#watchFor(expression.selector);
      watch.rangeMs = Math.max(watch.rangeMs ?? 0, expression.rangeMs ?? 0);
    }
    for (const part of partsOf(expression)) this.#watch(part);
  }

  #watchFor(selector: Selector): Watch {
    const text = formatExpression(selector);
    const known = this.#watches.get(text);
    if (known !== undefined) return known;
    const accepts = compileConditions(selector.conditions);
    const watch = { accepts, rangeMs: null, elements: new Map(), tracks: new Map() };
    this.#watches.set(text, watch);
    this.#byName.set(selector.name, [...this.#byName.get(selector.name) ?? [], watch]);
    return watch;
  }

  #take({ name, labels, value }: Observation): void {
    const watches = this.#byName.get(name)?.filter(({ accepts }) => accepts(labels)) ?? [];
    if (watches.length === 0) return;
    const key = labelsKey(labels);
    const element = { labels: labelsOf(key), value };
    for (const { elements } of watches) elements.set(key, element);
  }
}

/** Returns the counters of the latest values; one that was not there just before begins anew. */
function follow(
  { elements, tracks, rangeMs }: Watch,
  { at, before }: { readonly at: Instant; readonly before: Instant },
): Map<string, CounterTrack> {
  const followed = new Map<string, CounterTrack>();
  for (const [key, { value }] of elements) {
    if (!Number.isFinite(value)) continue;
    const known = tracks.get(key);
    const isSame = known !== undefined && known.at === before;
    if (isSame) known.push(at, value);
    followed.set(key, isSame ? known : new CounterTrack({ at, value }, rangeMs ?? 0));
  }
  return followed;
}

function compileConditions(conditions: readonly LabelCondition[]): (labels: Labels) => boolean {
  const tests = conditions.map(({ label, operator, text }) => {
    const accepts = compileTest(operator, text);
    return (labels: Labels) => accepts(Object.hasOwn(labels, label) ? labels[label] ?? "" : "");
  });
  return (labels) => tests.every((test) => test(labels));
}

function compileTest(
  operator: LabelCondition["operator"],
  text: string,
): (value: string) => boolean {
  switch (operator) {
    case "=":
      return (value) => value === text;
    case "!=":
      return (value) => value !== text;
    case "=~":
      return compilePattern(text);
    case "!~": {
      const matches = compilePattern(text);
      return (value) => !matches(value);
    }
  }
}
