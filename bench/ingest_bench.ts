/**
 * How many samples and heartbeats a second Vitals takes over HTTP, beside a bare `Deno.serve` with `JSON.parse`.
 * Both are processes of their own and take turns within one run, so the ratio holds on any machine. Vitals runs
 * as it is started by hand, with its permissions and with its history on disk: each answer waits until its
 * samples are written. Needs a build.
 *
 *     deno task bench:ingest [seconds a turn] [turns] [connections]
 *
 * @module
 */

import { RunningApp } from "@/tests/e2e/running_app.ts";

import { jsonPost, measureLoad } from "./http_load.ts";
import { Report } from "./report.ts";

/** Samples in a batch. */
const BATCH = 100;

const CONFIG = {
  services: [],
  rules: [{ name: "SERVICE_DOWN", missingHeartbeat: "1h", severity: "critical" }],
};

const REQUESTS = {
  batches: jsonPost(
    "/api/samples",
    JSON.stringify(Array.from({ length: BATCH }, (_, index) => ({
      service: `service-${index}`,
      metrics: { cpu: 41.2, memory: 63, latency: 120.5, errorRate: 0.4 },
    }))),
  ),
  heartbeats: jsonPost("/api/heartbeats/nightly-backup", ""),
} as const;

type Kind = keyof typeof REQUESTS;

async function main([seconds = 3, turns = 4, connections = 16]: readonly number[]): Promise<void> {
  await using app = await RunningApp.start(CONFIG);
  await using bare = await BareServer.start();
  const ports = { vitals: Number(new URL(app.origin).port), bare: bare.port };
  const report = new Report("ingest", { seconds, turns, connections });
  for (const kind of Object.keys(REQUESTS) as Kind[]) {
    const rates = { vitals: [] as number[], bare: [] as number[] };
    const load = (who: keyof typeof ports, durationMs: number) =>
      measureLoad({
        port: ports[who],
        request: REQUESTS[kind],
        connections,
        durationMs,
        status: 202,
      });
    for (const who of ["vitals", "bare"] as const) await load(who, 1_000);
    for (let turn = 0; turn < turns; turn++) {
      const order = turn % 2 === 0 ? ["vitals", "bare"] as const : ["bare", "vitals"] as const;
      for (const who of order) rates[who].push(await load(who, seconds * 1_000));
    }
    const [mine, base] = [median(rates.vitals), median(rates.bare)];
    report.add({
      what: kind === "batches" ? `batches of ${BATCH} samples` : "single heartbeats",
      value: mine,
      baseline: base,
      unit: "requests/s",
      goal: "ratio ≥ 0.60",
      isMet: mine / base >= 0.6,
    });
  }
  report.print();
}

class BareServer implements AsyncDisposable {
  readonly port: number;
  readonly #process: Deno.ChildProcess;

  private constructor(process: Deno.ChildProcess, port: number) {
    this.#process = process;
    this.port = port;
  }

  static async start(): Promise<BareServer> {
    const args = [
      "run",
      "--allow-net=127.0.0.1",
      new URL("bare_server.ts", import.meta.url).pathname,
    ];
    const process = new Deno.Command(Deno.execPath(), { args, stdout: "piped" }).spawn();
    const reader = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const { value = "" } = await reader.read();
    return new BareServer(process, Number(value.replace("port ", "")));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#process.status;
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

if (import.meta.main) void main(Deno.args.map(Number));
