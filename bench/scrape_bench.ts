/**
 * How quickly pages of exporters are read, beside the least that any reader has to do: to cut the same page into
 * lines and to make a number of the end of each. Both take turns within one run, so the ratio holds on any
 * machine. Then what is done with a page: the expressions of a preset over it.
 *
 *     deno task bench:scrape [rounds]
 *
 * The pages are a real one of node_exporter and one with 10,000 series of a histogram. Duration: some seconds.
 *
 * @module
 */

import { parseConfig } from "@/lib/config/parse_config.ts";
import { evaluate } from "@/lib/domain/expression/evaluate.ts";
import { ObservationWindow } from "@/lib/domain/expression/observation_window.ts";
import { parseExposition } from "@/lib/domain/exposition/parse_exposition.ts";

const NODE_EXPORTER = new URL(
  "../tests/fixtures/exposition/node_exporter_1.5.txt",
  import.meta.url,
);

/** So much is read in a round, in bytes. */
const ROUND_BYTES = 20_000_000;

/** Runs the benchmark and prints what came out. */
async function main([rounds = 5]: readonly number[]): Promise<void> {
  const page = await Deno.readTextFile(NODE_EXPORTER);
  compare("node_exporter", page, rounds);
  compare("10,000 series", manySeries(10_000), rounds);
  measureExpressions(page);
}

/** A histogram of a thousand routes. */
function manySeries(count: number): string {
  const bounds = ["0.005", "0.01", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "+Inf"];
  const lines = Array.from({ length: count }, (_, index) => {
    const bound = bounds[index % bounds.length];
    const route = Math.floor(index / bounds.length);
    const labels = `{code="200",le="${bound}",method="GET",route="/api/items/${route}"}`;
    return `http_request_duration_seconds_bucket${labels} ${index * 37}\n`;
  });
  return `# TYPE http_request_duration_seconds histogram\n${lines.join("")}`;
}

function compare(name: string, page: string, rounds: number): void {
  const ways = { ours: readPage, bare: readLines };
  const best = { ours: 0, bare: 0 };
  for (let round = 0; round <= rounds; round++) {
    for (const way of ["ours", "bare"] as const) {
      const speed = speedOf(page, ways[way]);
      // The first round warms up.
      if (round > 0) best[way] = Math.max(best[way], speed);
    }
  }
  const pageMs = page.length / best.ours / 1_000;
  print(`${name}: ${(page.length / 1_000).toFixed(0)} kB, ${readPage(page)} values`);
  print(`  ours            ${best.ours.toFixed(0)} MB/s, ${pageMs.toFixed(2)} ms a page`);
  print(`  lines, Number() ${best.bare.toFixed(0)} MB/s`);
  print(`  ratio           ${(best.ours / best.bare).toFixed(2)}`);
}

function readPage(page: string): number {
  return parseExposition(page, { format: "text" }).length;
}

/** No names, no labels, no checks. */
function readLines(page: string): number {
  let count = 0;
  for (const line of page.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    if (!Number.isNaN(Number(line.slice(line.lastIndexOf(" ") + 1)))) count++;
  }
  return count;
}

/** Returns megabytes a second. */
function speedOf(page: string, read: (page: string) => number): number {
  const times = Math.ceil(ROUND_BYTES / page.length);
  const startedMs = performance.now();
  let count = 0;
  // Each page is another text: the engine remembers how it has cut one.
  for (let time = 0; time < times; time++) count += read(`${page}# ${time}\n`);
  const tookMs = performance.now() - startedMs;
  if (count === 0) throw new Error("nothing was read");
  return page.length * times / tookMs / 1_000;
}

function measureExpressions(page: string): void {
  const source = { kind: "scrape", url: "http://127.0.0.1:9100/metrics", preset: "node_exporter" };
  const [service] = parseConfig(JSON.stringify({ services: [{ name: "host", source }] })).services;
  if (service?.source.kind !== "scrape") throw new Error("not a scrape");
  const expressions = service.source.metrics.map(({ expression }) => expression);
  const window = new ObservationWindow(expressions);
  const observations = parseExposition(page, { format: "text" });
  const times = 2_000;
  const startedMs = performance.now();
  for (let at = 0; at < times; at++) {
    window.push({ at, observations });
    for (const expression of expressions) evaluate(expression, window);
  }
  const tookMs = (performance.now() - startedMs) / times;
  print(`expressions of the preset over ${observations.length} values: ${tookMs.toFixed(3)} ms`);
}

function print(line: string): void {
  // deno-lint-ignore no-console -- a benchmark speaks to people
  console.log(line);
}

if (import.meta.main) void main(Deno.args.map(Number));
