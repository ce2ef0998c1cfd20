/**
 * One service that exports over OpenTelemetry's protocol: its instances, and what its metrics are worth.
 *
 * @module
 */

import { evaluateOutcome } from "@/lib/domain/expression/evaluate.ts";
import { type Expression, partsOf } from "@/lib/domain/expression/expression.ts";
import { ObservationWindow } from "@/lib/domain/expression/observation_window.ts";
import type { Attributes } from "@/lib/domain/otlp/otlp_export.ts";
import type { OtlpConfig } from "@/lib/ports/source_config.ts";

import { type InstanceExport, InstanceMemory } from "./instance_memory.ts";

/** So many instances of one service are looked at; of more, those heard of longest ago are left out. */
const MAX_INSTANCES = 200;

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
    this.#window = new ObservationWindow(config.metrics.map(({ expression }) => expression));
  }

  /** The source that it was made for. */
  get config(): OtlpConfig {
    return this.#config;
  }

  /** How many series it has. */
  get seriesCount(): number {
    let count = 0;
    for (const instance of this.#instances.values()) count += instance.seriesCount;
    return count;
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

  /** A resource is what all its attributes say; not every one has an id. The latest is the last. */
  #instanceOf(resource: Attributes): InstanceMemory {
    const key = JSON.stringify(Object.entries(resource).sort());
    const known = this.#instances.get(key);
    this.#instances.delete(key);
    const [oldest] = this.#instances.keys();
    if (oldest !== undefined && this.#instances.size >= MAX_INSTANCES) {
      this.#instances.delete(oldest);
    }
    const instance = known ?? new InstanceMemory({ [INSTANCE]: nameInstance(resource, key) });
    this.#instances.set(key, instance);
    return instance;
  }

  #observe(spanMs: number): void {
    const observed = [...this.#instances.values()].flatMap((each) => each.observe(spanMs));
    const earlier = observed.flatMap((each) => each.earlier);
    this.#window.push({ at: this.#clockMs, observations: earlier });
    this.#clockMs += spanMs;
    const now = observed.flatMap((each) => each.now);
    this.#window.push({ at: this.#clockMs, observations: now });
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

function nameInstance(resource: Attributes, key: string): string {
  const { [INSTANCE]: id, "host.name": host, "process.pid": pid } = resource;
  const place = [host, pid].filter((part) => part !== undefined).join(":");
  return id ?? (place === "" ? key : place);
}
