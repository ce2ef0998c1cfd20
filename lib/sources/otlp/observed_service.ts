/**
 * One service that exports over OpenTelemetry's protocol: its instances, and what its metrics are worth.
 *
 * @module
 */

import { evaluateOutcome } from "@/lib/domain/expression/evaluate.ts";
import { type Expression, partsOf } from "@/lib/domain/expression/expression.ts";
import { ObservationWindow } from "@/lib/domain/expression/observation_window.ts";
import type { Attributes } from "@/lib/domain/otlp/otlp_export.ts";
import {
  findSummedLabels,
  SummedGrowth,
  type SummedLabels,
} from "@/lib/domain/otlp/summed_growth.ts";
import type { OtlpConfig } from "@/lib/ports/source_config.ts";

import { type InstanceExport, InstanceMemory } from "./instance_memory.ts";

/** So many instances of one service are looked at; of more, those heard of longest ago are left out. */
const MAX_INSTANCES = 200;

/** What of an instance's name is looked at, in characters. */
const MAX_KEY = 1_000;

/** The label that tells instances apart. */
const INSTANCE = "service.instance.id";

/** An expression, and the names that it looks at. */
interface Formula {
  readonly metric: string;
  readonly expression: Expression;
  readonly names: ReadonlySet<string>;
}

/** What came of the expressions of a service. */
export interface Computed {
  /** Values by metric id, of metrics of which there is news. */
  readonly metrics: ReadonlyMap<string, number>;
  /** What kept an expression from having a value, in words; `null` if nothing did but a lack of data. */
  readonly problem: string | null;
}

/** Holds what the expressions of a service need, of all instances that are alive. */
export class ObservedService {
  readonly #config: OtlpConfig;
  readonly #formulas: readonly Formula[];
  readonly #names: ReadonlySet<string>;
  readonly #summed: SummedLabels;
  readonly #window: ObservationWindow;
  readonly #instances = new Map<string, InstanceMemory>();
  /** The window's own time: it only has to grow. */
  #clockMs = 0;

  /** Begins with nothing. */
  constructor(config: OtlpConfig) {
    this.#config = config;
    this.#formulas = config.metrics.map(({ metric, expression }) => {
      return { metric, expression, names: new Set(namesIn(expression)) };
    });
    this.#names = new Set(this.#formulas.flatMap(({ names }) => [...names]));
    this.#summed = findSummedLabels(config.metrics.map(({ expression }) => expression));
    this.#window = new ObservationWindow(config.metrics.map(({ expression }) => expression));
  }

  /** The source that it was made for. */
  get config(): OtlpConfig {
    return this.#config;
  }

  /** How many values are held. */
  get valueCount(): number {
    let count = 0;
    for (const instance of this.#instances.values()) count += instance.valueCount;
    return count;
  }

  /** Returns how many values are held of other instances than the one that a resource is. */
  valueCountBeside(resource: Attributes): number {
    return this.valueCount - (this.#instances.get(keyOf(resource))?.valueCount ?? 0);
  }

  /** Whether any instance is alive. */
  get isAlive(): boolean {
    return this.#instances.size > 0;
  }

  /** Tells whether an expression looks at a metric of this name; all others are not kept. */
  wants(name: string): boolean {
    return ENDINGS.some((ending) => this.#names.has(name + ending));
  }

  /** Takes an export of the instance that a resource is, and returns what the metrics are worth after it. */
  take(resource: Attributes, sent: InstanceExport): Computed {
    this.expire(sent.arrivedAtMs);
    const instance = this.#instanceOf(resource);
    const news = instance.take(sent);
    const changed = news.flatMap((name) => ENDINGS.map((ending) => name + ending));
    const due = this.#formulas.filter(({ names }) => changed.some((name) => names.has(name)));
    if (due.length === 0) return { metrics: new Map(), problem: null };
    this.#observe(instance.spanOf(news) || this.#config.intervalMs);
    return this.#evaluate(due);
  }

  /** Leaves out instances that are silent for too long. */
  expire(nowMs: number): void {
    for (const [key, { arrivedAtMs }] of this.#instances) {
      if (nowMs - arrivedAtMs > this.#config.silenceMs) this.#instances.delete(key);
    }
  }

  /** The one that was heard of last is the last. */
  #instanceOf(resource: Attributes): InstanceMemory {
    const key = keyOf(resource);
    const known = this.#instances.get(key);
    this.#instances.delete(key);
    const [oldest] = this.#instances.keys();
    if (oldest !== undefined && this.#instances.size >= MAX_INSTANCES) {
      this.#instances.delete(oldest);
    }
    const instance = known ?? new InstanceMemory({ [INSTANCE]: key });
    this.#instances.set(key, instance);
    return instance;
  }

  #observe(spanMs: number): void {
    const sums = new SummedGrowth(this.#summed);
    const options = { sums, leavesOut: (name: string) => this.#summed.has(name) };
    const instances = [...this.#instances.values()];
    const observed = instances.flatMap((each) => each.observe(spanMs, options));
    const grown = sums.observations();
    const earlier = observed.flatMap((each) => each.earlier);
    const zeros = grown.map((each) => ({ ...each, value: 0 }));
    this.#window.push({ at: this.#clockMs, observations: [...earlier, ...zeros] });
    this.#clockMs += spanMs;
    const now = observed.flatMap((each) => each.now);
    this.#window.push({ at: this.#clockMs, observations: [...now, ...grown] });
    this.#clockMs += 1;
  }

  #evaluate(formulas: readonly Formula[]): Computed {
    const metrics = new Map<string, number>();
    const problems: string[] = [];
    for (const { metric, expression } of formulas) {
      const outcome = evaluateOutcome(expression, this.#window);
      if (outcome.kind === "value") metrics.set(metric, outcome.value);
      if (outcome.kind === "several") {
        problems.push(`the expression of "${metric}" has ${outcome.count} values, not one`);
      }
    }
    return { metrics, problem: problems[0] ?? null };
  }
}

/** What may stand behind the name of a metric in a selector. */
const ENDINGS = ["", "_bucket", "_sum", "_count"];

function namesIn(expression: Expression): readonly string[] {
  return expression.kind === "selector" ? [expression.name] : partsOf(expression).flatMap(namesIn);
}

/** An instance is what its id says, or else all that is said of it. */
function keyOf(resource: Attributes): string {
  const id = resource[INSTANCE];
  if (id !== undefined) return id.slice(0, MAX_KEY);
  const { "host.name": host, "process.pid": pid } = resource;
  if (host !== undefined && pid !== undefined) return `${host}:${pid}`.slice(0, MAX_KEY);
  return JSON.stringify(Object.entries(resource).sort()).slice(0, MAX_KEY);
}
