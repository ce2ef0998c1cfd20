/**
 * What the history's layout is good for, against rows as one would write them at first: one a value, with an
 * index by series and instant. Both get the same samples in the same transactions in one run, so the ratios
 * hold on any machine.
 *
 *     deno task bench:history [hours] [queries]
 *
 * The samples are those of the simulated services, every second. Then a second pair of databases is filled
 * with thirty days, of which the last day has a sample a second and the others one a minute, and both are asked
 * what pages ask. Duration: two minutes.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";

import { DEFAULT_RETENTION } from "@/lib/domain/retention.ts";
import type { Sample } from "@/lib/domain/sample.ts";
import { openFolder } from "@/lib/history/open_folder.ts";
import type { SqliteStore } from "@/lib/history/sqlite_store.ts";
import { simulate } from "@/simulators/model.ts";
import { PROFILES } from "@/simulators/profiles.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The end of all that is written: 2026-01-01T00:00:00Z. */
const END = 1_767_225_600_000;

/** Commits between two looks at what is due. */
const MAINTAINED_EVERY = 60;

const SERVICES = Object.entries(PROFILES).map(([name, profile], index) => ({
  name,
  simulated: { profile, seed: index + 1, faults: [] },
}));

/** Runs the benchmark and prints what came out. */
async function main([hours = 24, queries = 40]: readonly number[]): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const samples = samplesOf({ from: END - hours * HOUR, to: END, stepMs: SECOND });
    compareWriting(`${folder}/writing`, samples, hours);
    compareAsking(`${folder}/asking`, queries);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** One of the two layouts. */
interface Layout extends Disposable {
  readonly store: Pick<SqliteStore, "append" | "samples" | "maintain">;
}

function compareWriting(folder: string, batches: readonly Batch[], hours: number): void {
  const values = batches.flat().reduce((sum, { metrics }) => sum + Object.keys(metrics).length, 0);
  print(
    `${SERVICES.length} services, ${hours} h, a sample a second: ${values} values, ` +
      `${batches.length} commits`,
  );
  const ours = measureWriting(`${folder}/ours`, openOurs, batches);
  const rows = measureWriting(`${folder}/rows`, openRows, batches);
  const each = (bytes: number) => `${(bytes / values).toFixed(2)} B a value`;
  print(`  on disk, ours                ${mib(ours.bytes)}  ${each(ours.bytes)}, all tiers`);
  print(`    of it raw samples          ${mib(ours.rawBytes)}  ${each(ours.rawBytes)}`);
  print(`  on disk, rows and index      ${mib(rows.bytes)}  ${each(rows.bytes)}`);
  print(`  ratio                        ${(rows.bytes / ours.bytes).toFixed(1)}`);
  const rate = ({ durationMs }: Written) => Math.round(values / durationMs * 1_000);
  print(`  values a second, ours        ${rate(ours)}, sealing and rolling up included`);
  print(`  values a second, rows        ${rate(rows)}`);
  print(`  ratio                        ${(rate(ours) / rate(rows)).toFixed(2)}`);
  print(`  longest step of maintain     ${ms(ours.longestStepMs)}`);
}

interface Written {
  readonly durationMs: number;
  readonly longestStepMs: number;
  readonly bytes: number;
  readonly rawBytes: number;
}

function measureWriting(
  folder: string,
  open: (folder: string) => Layout,
  batches: readonly Batch[],
): Written {
  const began = performance.now();
  let longestStepMs = 0;
  {
    using layout = open(folder);
    longestStepMs = write(layout, batches);
  }
  const durationMs = performance.now() - began;
  const path = `${folder}/vitals.db`;
  return { durationMs, longestStepMs, bytes: Deno.statSync(path).size, rawBytes: rawBytesOf(path) };
}

function write({ store }: Layout, batches: readonly Batch[]): number {
  let longestStepMs = 0;
  for (const [index, samples] of batches.entries()) {
    const at = samples[0]?.at ?? 0;
    store.append({ at, samples, transitions: [], documents: [] });
    if (index % MAINTAINED_EVERY > 0) continue;
    for (let isDue = true; isDue;) {
      const began = performance.now();
      isDue = store.maintain(at);
      longestStepMs = Math.max(longestStepMs, performance.now() - began);
    }
  }
  return longestStepMs;
}

function compareAsking(folder: string, queries: number): void {
  const old = samplesOf({ from: END - 30 * DAY, to: END - DAY, stepMs: MINUTE });
  const batches = [...old, ...samplesOf({ from: END - DAY, to: END, stepMs: SECOND })];
  using ours = openOurs(`${folder}/ours`);
  using rows = openRows(`${folder}/rows`);
  for (const layout of [ours, rows]) write(layout, batches);
  print(`${queries} queries each, one service, over 30 days`);
  const questions = [
    { name: "30 days at 500 points", spanMs: 30 * DAY, points: 500 },
    { name: "a day at 500 points", spanMs: DAY, points: 500 },
    { name: "a day as it came", spanMs: DAY, points: DAY },
    { name: "5 minutes as they came", spanMs: 5 * MINUTE, points: 1_000 },
  ];
  for (const { name, ...question } of questions) {
    const times: Record<"ours" | "rows", number[]> = { ours: [], rows: [] };
    for (let query = 0; query < queries; query++) {
      times.ours.push(measureQuery(ours, question, query));
      times.rows.push(measureQuery(rows, question, query));
    }
    const [one, other] = [quantiles(times.ours), quantiles(times.rows)];
    print(
      `  ${name.padEnd(24)} ours p50 ${ms(one.p50)} p99 ${ms(one.p99)}  ` +
        `rows p50 ${ms(other.p50)} p99 ${ms(other.p99)}  ratio ${(other.p50 / one.p50).toFixed(1)}`,
    );
  }
}

function measureQuery(
  { store }: Layout,
  { spanMs, points }: { readonly spanMs: number; readonly points: number },
  query: number,
): number {
  const { name: service } = SERVICES[query % SERVICES.length] ?? { name: "" };
  const began = performance.now();
  store.samples({ service, from: END - spanMs, to: END, points });
  return performance.now() - began;
}

function openOurs(folder: string): Layout {
  const { store, close } = openFolder(folder, DEFAULT_RETENTION);
  store.open(END - 30 * DAY);
  return { store, [Symbol.dispose]: close };
}

/** Rows as one would write them at first. */
function openRows(folder: string): Layout {
  Deno.mkdirSync(folder, { recursive: true });
  const database = new DatabaseSync(`${folder}/vitals.db`);
  database.exec(`
    PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE readings (series INTEGER, at INTEGER, value REAL);
    CREATE INDEX readings_by_time ON readings (series, at)`);
  const insert = database.prepare("INSERT INTO readings VALUES (?, ?, ?)");
  const raw = database.prepare(
    "SELECT at, value FROM readings WHERE series = ? AND at >= ? AND at < ?",
  );
  const grouped = database.prepare(`
    SELECT at / ?1 * ?1 AS start, min(value) AS min, max(value) AS max, avg(value) AS avg,
      count(*) AS count
    FROM readings WHERE series = ?2 AND at >= ?3 AND at < ?4 GROUP BY start`);
  const series = new Map<string, number>();
  const seriesOf = (name: string) => {
    const known = series.get(name) ?? series.size;
    series.set(name, known);
    return known;
  };
  return {
    store: {
      append({ samples }) {
        database.exec("BEGIN");
        for (const { service, at, metrics } of samples) {
          for (const [metric, value] of Object.entries(metrics)) {
            insert.run(seriesOf(`${service} ${metric}`), at, value);
          }
        }
        database.exec("COMMIT");
      },
      maintain: () => false,
      samples({ service, from, to, points }) {
        const isRaw = points * SECOND > to - from;
        const stepMs = Math.ceil((to - from) / points / (10 * SECOND)) * 10 * SECOND;
        for (const metric of ["cpu", "memory", "latency", "errorRate"]) {
          const number = seriesOf(`${service} ${metric}`);
          if (isRaw) raw.all(number, from, to);
          else grouped.all(stepMs, number, from, to);
        }
        return { from, to, stepMs, metrics: {}, gaps: [] };
      },
    },
    [Symbol.dispose]: () => database.close(),
  };
}

/** Samples of all services of one instant. */
type Batch = readonly Sample[];

function samplesOf(
  { from, to, stepMs }: { readonly from: number; readonly to: number; readonly stepMs: number },
): readonly Batch[] {
  return Array.from({ length: (to - from) / stepMs }, (_, index) => {
    const at = from + stepMs * index;
    return SERVICES.flatMap(({ name, simulated }) => {
      const outcome = simulate(simulated, at / SECOND);
      // A timer is never quite on time.
      const late = at + (at / SECOND * 7_919) % 4;
      return outcome.kind === "sample"
        ? [{ service: name, at: late, metrics: outcome.metrics }]
        : [];
    });
  });
}

function rawBytesOf(path: string): number {
  using database = new DatabaseSync(path, { readOnly: true });
  const tables = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'chunks'").all();
  if (tables.length === 0) return 0;
  const sum = "SELECT sum(length(body)) AS bytes FROM chunks WHERE tier = 0";
  return Number(database.prepare(sum).get()?.bytes);
}

function quantiles(values: readonly number[]): { readonly p50: number; readonly p99: number } {
  const sorted = Float64Array.from(values).sort();
  const at = (part: number) => sorted[Math.ceil(part * sorted.length) - 1] ?? NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

function mib(bytes: number): string {
  return `${(bytes / 1_024 / 1_024).toFixed(2)} MiB`;
}

function ms(value: number): string {
  return `${value.toFixed(2)} ms`;
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

if (import.meta.main) void main(Deno.args.map(Number));
