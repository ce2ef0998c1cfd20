/**
 * What the status page costs: reading a year of trouble, rendering it, and answering a crowd from what was made.
 *
 *     deno task bench:status [services …]
 *
 * The pasts are those of `deno task history:year`, of eight seeds that take turns. History is on disk, in its
 * worker, as it is in a running Vitals. Duration: half a minute.
 *
 * @module
 */

import { h } from "preact";
import { renderToString } from "preact-render-to-string";

import { StatusDocument } from "@/components/status/StatusDocument.tsx";
import { DEFAULT_CONFIG } from "@/lib/config/parse_config.ts";
import { DEFAULT_RETENTION } from "@/lib/domain/retention.ts";
import type { Transition } from "@/lib/domain/service.ts";
import { openFolder } from "@/lib/history/open_folder.ts";
import { paceReader } from "@/lib/history/paced_reader.ts";
import { openWorkerHistory } from "@/lib/history/worker_history.ts";
import type { StatusSource } from "@/lib/ports/status_source.ts";
import { SYSTEM_CLOCK } from "@/lib/ports/system_clock.ts";
import { answerKept, keepBody } from "@/lib/protocol/kept_body.ts";
import type { StatusView } from "@/lib/protocol/status_view.ts";
import { createBreather } from "@/lib/status_page/breather.ts";
import { readStatus } from "@/lib/status_page/read_status.ts";
import { PROFILES } from "@/simulators/profiles.ts";
import { pastOf } from "@/tools/past.ts";

const DAY = 86_400_000;
const DAYS = 365;

/** The end of all that is written: 2026-01-01T00:00:00Z. */
const END = 1_767_225_600_000;

/** Each figure is the median of so many runs. */
const RUNS = 9;

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

async function main(sizes: readonly number[]): Promise<void> {
  const pasts = SEEDS.map(pastOfSeed);
  for (const size of sizes) {
    const folder = await Deno.makeTempDir();
    try {
      write(folder, pasts, size);
      await measure(folder, size);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }
}

/** What was decided about one service in a year. */
function pastOfSeed(seed: number): readonly Transition[] {
  const profiles = Object.values(PROFILES);
  const [profile] = profiles.slice(seed % profiles.length);
  if (profile === undefined) throw new RangeError("Cannot make a past: there are no profiles");
  const service = { name: "service", profile, seed };
  const days = Array.from({ length: DAYS }, (_, index) => END - (DAYS - index) * DAY);
  return days.flatMap((from) =>
    pastOf(service, { from, to: from + DAY, stepMs: DAY, end: END }).transitions
  );
}

function write(folder: string, pasts: readonly (readonly Transition[])[], size: number): void {
  const { store, close } = openFolder(folder, DEFAULT_RETENTION);
  store.open(END - DAYS * DAY);
  for (let index = 0; index < size; index++) {
    const service = nameOf(index);
    const began = { kind: "status" as const, from: "UNKNOWN" as const, to: "HEALTHY" as const };
    const first = { ...began, service, at: END - DAYS * DAY };
    const past = (pasts[index % pasts.length] ?? []).map((transition) =>
      transition.kind === "alert"
        ? { ...transition, service, id: `${transition.id}-${index}` }
        : { ...transition, service }
    );
    store.append({ at: END, samples: [], transitions: [first, ...past], documents: [] });
  }
  store.close();
  close();
}

async function measure(folder: string, size: number): Promise<void> {
  const history = openWorkerHistory({ folder, retention: DEFAULT_RETENTION });
  await history.open(END);
  const sources = { history: paceReader(history), source: sourceOf(size) };
  const query = { config: DEFAULT_CONFIG, now: END };
  const run = () => readStatus(sources, { ...query, breathe: createBreather(SYSTEM_CLOCK) });
  const read = await timed(run);
  const blocked = await longestBlock(async () => void await run());
  const rendered = await timed(() => Promise.resolve(render(read.value)));
  const kept = await timed(() => keepBody(rendered.value, END));
  const answered = answerRate(kept.value);
  await history.close();
  const { bytes, gzip } = kept.value;
  print(`${size} services, ${read.value.incidents.length} incidents told`);
  print(`  read it from history            ${ms(read.ms)}`);
  print(`    longest time nothing else ran ${ms(blocked)}`);
  print(`  render it                       ${ms(rendered.ms)}`);
  print(`  hash and compress it            ${ms(kept.ms)}`);
  print(`  its size                        ${kib(bytes)}, compressed ${kib(gzip)}`);
  print(`  answers from what was made      ${Math.round(answered)} a second`);
}

function sourceOf(size: number): StatusSource {
  const outlines = Array.from({ length: size }, (_, index) => {
    return { name: nameOf(index), tags: [], status: "HEALTHY" as const, since: END - DAY };
  });
  return { outlines: () => outlines, alertsOf: () => [] };
}

function nameOf(index: number): string {
  return `service-${String(index).padStart(3, "0")}`;
}

function render(view: StatusView): string {
  return renderToString(h(StatusDocument, { view }));
}

async function timed<Value>(
  run: () => Promise<Value>,
): Promise<{ readonly value: Value; readonly ms: number }> {
  const times: number[] = [];
  let value = await run();
  for (let turn = 0; turn < RUNS; turn++) {
    const began = performance.now();
    value = await run();
    times.push(performance.now() - began);
  }
  return { value, ms: times.sort((a, b) => a - b)[RUNS >> 1] ?? NaN };
}

/** Returns the longest time between two turns of the event loop while something runs, in milliseconds. */
async function longestBlock(run: () => Promise<void>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 0);
  await run();
  clearInterval(timer);
  return longest;
}

function answerRate(body: Parameters<typeof answerKept>[1]): number {
  const requests = [
    new Request("http://localhost/status", { headers: { "accept-encoding": "gzip" } }),
    new Request("http://localhost/status", { headers: { "if-none-match": body.etag } }),
  ];
  const began = performance.now();
  const count = 20_000;
  for (let turn = 0; turn < count; turn++) {
    const request = requests[turn % requests.length];
    if (request) answerKept(request, body, { type: "text/html", maxAgeS: 15 });
  }
  return count / (performance.now() - began) * 1_000;
}

function ms(duration: number): string {
  return `${duration.toFixed(1)} ms`;
}

function kib({ length }: Uint8Array): string {
  return `${Math.round(length / 1_024)} KiB`;
}

function print(line: string): void {
  // deno-lint-ignore no-console -- what came out
  console.log(line);
}

if (import.meta.main) void main(Deno.args.length > 0 ? Deno.args.map(Number) : [50, 500]);
