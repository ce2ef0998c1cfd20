/**
 * How long `/metrics` takes to be put together with many services, and for how long nothing else can happen
 * meanwhile. Beside it, in the same run, the values alone as JSON by `JSON.stringify`.
 *
 *     deno run bench/metrics_bench.ts [services] [rounds]
 *
 * @module
 */

import { Collector } from "@/lib/collector/collector.ts";
import { parseConfig } from "@/lib/config/parse_config.ts";
import { writeExposition } from "@/lib/domain/exposition.ts";
import { gatherServices } from "@/lib/metrics/service_families.ts";
import { SYSTEM_CLOCK } from "@/lib/ports/system_clock.ts";

/** Samples of one batch. */
const BATCH = 1_000;

const METRICS = { cpu: 41.2, memory: 63.1, latency: 120.5, errorRate: 0.4 };

/** What one round took, in milliseconds. */
interface Round {
  readonly gatherMs: number;
  /** Of each piece. */
  readonly writeMs: readonly number[];
  readonly jsonMs: number;
  readonly bytes: number;
}

/** Runs the benchmark and prints what came out. */
function main([services = 10_000, rounds = 20]: readonly number[]): void {
  const collector = watch(services);
  const all = Array.from({ length: rounds + 3 }, () => runRound(collector)).slice(3);
  collector.stop();
  const total = median(all.map(({ gatherMs, writeMs }) => gatherMs + sum(writeMs)));
  const json = median(all.map(({ jsonMs }) => jsonMs));
  const blocks = all.map(({ gatherMs, writeMs }) => Math.max(gatherMs, ...writeMs));
  const bytes = all[0]?.bytes ?? 0;
  print(`/metrics of ${services} services: ${(bytes / 1e6).toFixed(1)} MB, ${rounds} rounds`);
  print(`  gathered, in one go          p50 ${ms(median(all.map(({ gatherMs }) => gatherMs)))}`);
  print(`  gathered and written         p50 ${ms(total)}`);
  print(`  the values as JSON           p50 ${ms(json)}`);
  print(`  ratio                        ${(total / json).toFixed(2)}`);
  print(
    `  longest block of a round     p50 ${ms(median(blocks))}  worst ${ms(Math.max(...blocks))}`,
  );
}

function watch(services: number): Collector {
  const config = parseConfig("{}");
  const collector = new Collector({ clock: SYSTEM_CLOCK, config, publish: () => {} });
  for (let first = 0; first < services; first += BATCH) {
    const length = Math.min(BATCH, services - first);
    collector.ingest(
      Array.from({ length }, (_, index) => {
        return { service: `service-${first + index}`, metrics: METRICS };
      }),
    );
  }
  return collector;
}

function runRound(collector: Collector): Round {
  const [families, gatherMs] = time(() =>
    gatherServices(collector.readings(), collector.metrics())
  );
  const pieces = writeExposition(families, "openmetrics");
  const writeMs: number[] = [];
  let bytes = 0;
  for (;;) {
    const [{ value, done }, pieceMs] = time(() => pieces.next());
    if (done) break;
    writeMs.push(pieceMs);
    bytes += value.length;
  }
  const [, jsonMs] = time(() => JSON.stringify(collector.readings()));
  return { gatherMs, writeMs, jsonMs, bytes };
}

function time<Value>(act: () => Value): [value: Value, tookMs: number] {
  const beganAt = performance.now();
  const value = act();
  return [value, performance.now() - beganAt];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function ms(value: number): string {
  return `${value.toFixed(2)} ms`;
}

function print(line: string): void {
  // deno-lint-ignore no-console -- what a benchmark is for
  console.log(line);
}

if (import.meta.main) main(Deno.args.map(Number));
