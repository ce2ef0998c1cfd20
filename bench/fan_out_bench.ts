/**
 * How long a frame takes to reach many peers, through the hub and by a bare loop over the same sockets with
 * the same bytes. Both take turns within one run, so the ratio holds on any machine.
 *
 *     deno run --allow-net=127.0.0.1 --allow-read=bench bench/fan_out_bench.ts [peers] [rounds]
 *
 * The peers live in a Web Worker. Its JavaScript runs beside the server's, and a slow server does not slow
 * down the stopwatch. Duration: 8 s a round, and as long as it takes to connect.
 *
 * @module
 */

import { BUILT_IN_METRICS } from "@/lib/domain/metric.ts";
import type { SeriesSample } from "@/lib/domain/sample.ts";
import { startStrip } from "@/lib/domain/status_strip.ts";
import { Hub } from "@/lib/live/hub.ts";
import type { HubSource } from "@/lib/live/hub_source.ts";
import { attachSocket } from "@/lib/live/web_socket_peer.ts";
import type { Change } from "@/lib/ports/change.ts";
import type { Log } from "@/lib/ports/log.ts";
import { SYSTEM_CLOCK } from "@/lib/ports/system_clock.ts";
import type { MetricView, ServiceView } from "@/lib/protocol/views.ts";
import { delay } from "@std/async";

import type { FromPeers, ToPeers } from "./fan_out_peers.ts";

const FRAMES_A_ROUND = 40;
const INTERVAL_MS = 100;
/** Three services with three metrics each make a delta of about 2 KB. */
const SERVICES = ["auth-service", "payment-service", "reporting-service"];
const METRICS = BUILT_IN_METRICS.slice(0, 3);

/** Runs the benchmark and prints what came out. */
async function main([peerCount = 1_000, rounds = 4]: readonly number[]): Promise<void> {
  const sockets: WebSocket[] = [];
  const hub = new Hub({ clock: SYSTEM_CLOCK, log: SILENT, source: SOURCE });
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    attachSocket(hub, socket, { resume: null });
    sockets.push(socket);
    return response;
  });
  const peers = new Worker(new URL("./fan_out_peers.ts", import.meta.url), { type: "module" });
  await ask(peers, { kind: "connect", port: server.addr.port, count: peerCount });

  const text = await recordDelta(hub, sockets);
  const ways: Readonly<Record<Way, () => void>> = {
    hub: () => hub.publish(makeChange()),
    bare: () => sockets.forEach((socket) => socket.send(text)),
  };
  const latencies: Record<Way, number[]> = { hub: [], bare: [] };
  await runRound(peers, ways.hub);
  await runRound(peers, ways.bare);
  for (let round = 0; round < rounds; round++) {
    const order: readonly Way[] = round % 2 === 0 ? ["hub", "bare"] : ["bare", "hub"];
    for (const way of order) {
      for (const latency of await runRound(peers, ways[way])) latencies[way].push(latency);
    }
  }
  report(latencies, { peerCount, bytes: text.length, hub });

  peers.terminate();
  hub.stop();
  await server.shutdown();
}

type Way = "hub" | "bare";

/** Sends a round of frames and returns how long each took to each peer, in milliseconds. */
async function runRound(peers: Worker, send: () => void): Promise<number[]> {
  await ask(peers, { kind: "count" });
  const sentAt: number[] = [];
  for (let frame = 0; frame < FRAMES_A_ROUND; frame++) {
    await delay(INTERVAL_MS);
    sentAt.push(performance.timeOrigin + performance.now());
    send();
  }
  const { receivedAt } = await ask(peers, { kind: "collect", frames: FRAMES_A_ROUND });
  return receivedAt.flatMap((instants) =>
    Array.from(instants, (at, frame) => at - (sentAt[frame] ?? NaN))
  );
}

/** Returns the text of a delta that the hub sends; the bare loop sends the same. */
function recordDelta(hub: Hub, sockets: readonly WebSocket[]): Promise<string> {
  const [socket] = sockets;
  if (socket === undefined) throw new Error("Cannot record a delta: nobody is connected");
  const { promise, resolve } = Promise.withResolvers<string>();
  const send = socket.send.bind(socket);
  socket.send = (data) => {
    send(data);
    socket.send = send;
    if (typeof data === "string") resolve(data);
  };
  hub.publish(makeChange());
  return promise;
}

function ask(peers: Worker, request: ToPeers): Promise<FromPeers> {
  return new Promise((resolve, reject) => {
    peers.onmessage = (event: MessageEvent<FromPeers>) => resolve(event.data);
    peers.onerror = (event) => reject(event.error ?? new Error(event.message));
    peers.postMessage(request);
  });
}

interface Conditions {
  readonly peerCount: number;
  readonly bytes: number;
  readonly hub: Hub;
}

function report(latencies: Readonly<Record<Way, number[]>>, conditions: Conditions): void {
  const { peerCount, bytes, hub } = conditions;
  const frames = latencies.hub.length / peerCount;
  const [hubQuantiles, bareQuantiles] = [quantiles(latencies.hub), quantiles(latencies.bare)];
  const ratio = {
    p50: hubQuantiles.p50 / bareQuantiles.p50,
    p99: hubQuantiles.p99 / bareQuantiles.p99,
  };
  const handed = hub.stats().latencyMs;
  print(
    `fan-out to ${peerCount} peers: ${frames} frames of ${bytes} bytes, one each ${INTERVAL_MS} ms`,
  );
  print(`  to the peers, hub            p50 ${ms(hubQuantiles.p50)}  p99 ${ms(hubQuantiles.p99)}`);
  print(
    `  to the peers, bare broadcast p50 ${ms(bareQuantiles.p50)}  p99 ${ms(bareQuantiles.p99)}`,
  );
  print(`  ratio                        p50 ${ratio.p50.toFixed(2)}  p99 ${ratio.p99.toFixed(2)}`);
  print(`  accepted to handed to all    p50 ${ms(handed?.p50)}  p99 ${ms(handed?.p99)}`);
  print(`  counters ${JSON.stringify(hub.counters())}`);
}

function quantiles(values: readonly number[]): { readonly p50: number; readonly p99: number } {
  const sorted = Float64Array.from(values).sort();
  const at = (part: number) => sorted[Math.ceil(part * sorted.length) - 1] ?? NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

function ms(value: number | undefined): string {
  return `${value === undefined ? "-" : value.toFixed(2)} ms`;
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

const SILENT: Log = { debug() {}, info() {}, warn() {}, error() {} };

const SOURCE: HubSource = {
  dashboard: () => ({
    at: Date.now(),
    metrics: METRICS,
    services: SERVICES.map(serviceView),
    alerts: [],
    flapping: [],
    faults: [],
  }),
  service: serviceView,
  alert: () => undefined,
  endedAlert: () => undefined,
  samplesPerSecond: () => SERVICES.length,
};

function makeChange(): Change {
  const at = Date.now();
  const points = METRICS.map((
    { id },
  ): [string, SeriesSample[]] => [id, [{ at, value: 41.5 }]]);
  const services = new Map(SERVICES.map((name) => [name, new Map(points)]));
  return {
    services,
    removed: [],
    alerts: [],
    incidents: [],
    acceptedAtMs: SYSTEM_CLOCK.monotonicMs(),
  };
}

function serviceView(name: string): ServiceView {
  const metric: MetricView = {
    value: 41.5,
    avg: 40.123456,
    min: 12.5,
    max: 77.25,
    limit: 85,
    breach: false,
    recent: [],
    times: [],
  };
  return {
    name,
    tags: ["payments", "europe"],
    dependsOn: [],
    source: { kind: "push" },
    status: "HEALTHY",
    since: Date.now(),
    lastHeartbeat: Date.now(),
    metrics: Object.fromEntries(METRICS.map(({ id }) => [id, metric])),
    alerts: [],
    flapping: [],
    failure: null,
    faults: [],
    strip: { ...startStrip("HEALTHY", Date.now()), slots: "H".repeat(48) },
  };
}

if (import.meta.main) void main(Deno.args.map(Number));
