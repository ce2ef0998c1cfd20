/**
 * What benchmarks print: each figure beside its baseline of the same run, the ratio, and the goal; as JSON for
 * programs where the variable `BENCH_FORMAT` is `json`.
 *
 * @module
 */

/** One figure. */
export interface Figure {
  /** What was measured. */
  readonly what: string;
  /** How much. */
  readonly value: number;
  /** The same of the baseline; `null` for none. */
  readonly baseline: number | null;
  /** Unit of both. */
  readonly unit: string;
  /** What is wanted; `null` for nothing. */
  readonly goal: string | null;
  /** Whether it is reached. */
  readonly isMet: boolean | null;
}

/** The figures of one benchmark. */
export class Report {
  readonly #name: string;
  readonly #conditions: Readonly<Record<string, unknown>>;
  readonly #figures: Figure[] = [];

  /** Begins without figures. */
  constructor(name: string, conditions: Readonly<Record<string, unknown>>) {
    this.#name = name;
    this.#conditions = conditions;
  }

  /** Adds a figure. */
  add(figure: Figure): void {
    this.#figures.push(figure);
  }

  /** Prints all of them. */
  print(): void {
    if (Deno.env.get("BENCH_FORMAT") === "json") {
      const figures = this.#figures.map((figure) => ({ ...figure, ratio: ratioOf(figure) }));
      say(JSON.stringify({ name: this.#name, conditions: this.#conditions, figures }, null, 2));
      return;
    }
    say(`${this.#name} ${JSON.stringify(this.#conditions)}`);
    for (const figure of this.#figures) say(`  ${describe(figure)}`);
  }
}

function describe(figure: Figure): string {
  const { what, value, baseline, unit, goal, isMet } = figure;
  const base = baseline === null ? "" : `, baseline ${round(baseline)} ${unit}`;
  const ratio = ratioOf(figure);
  const compared = ratio === null ? "" : `, ratio ${ratio.toFixed(2)}`;
  const verdict = goal === null ? "" : `; goal ${goal}: ${isMet ? "met" : "NOT met"}`;
  return `${what}: ${round(value)} ${unit}${base}${compared}${verdict}`;
}

function ratioOf({ value, baseline }: Figure): number | null {
  return baseline === null ? null : value / baseline;
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}
