/**
 * What a thousand probes each second cost, beside a bare loop that asks the same server with `fetch` at the same
 * pace. Both run in this process one after the other, so the ratios hold on any machine.
 *
 *     deno task bench:probe [probes] [seconds]
 *
 * The server is a process of its own, whose time is not counted. Of the bare loops one keeps its connections, as
 * `fetch` does by itself, and one opens a new one each time, as probes do. Duration: one minute.
 *
 * @module
 */

import process from "node:process";

import { createMonitor } from "@/lib/app.ts";
import { parseConfig } from "@/lib/config/parse_config.ts";
import { SYSTEM_CLOCK } from "@/lib/ports/system_clock.ts";
import type { SampleSink } from "@/lib/ports/sample_source.ts";
import { createSource } from "@/lib/sources/create_source.ts";
import { openSocket } from "@/lib/sources/open_socket.ts";
import { Poller } from "@/lib/sources/poller.ts";
import { createSocketRequest } from "@/lib/sources/socket_request.ts";
import { SourceRunner } from "@/lib/sources/source_runner.ts";
import type { SourceTools } from "@/lib/sources/source_tools.ts";
import { createTcpConnect } from "@/lib/sources/tcp_connect.ts";
import { createWebFetch } from "@/lib/sources/web_fetch.ts";

const SECOND = 1_000;

/** What is not counted at the beginning, in milliseconds. */
const WARM_UP = 3 * SECOND;

/** What a run has cost. */
interface Cost {
  readonly name: string;
  /** Answers in a second. */
  readonly rate: number;
  /** Time of the processor for one answer, in microseconds. */
  readonly cpuUs: number;
  /** Of one core, in per cent. */
  readonly corePercent: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Something that asks until it is ended; it tells how long each answer took. */
type Load = (onAnswer: (latencyMs: number) => void) => () => Promise<void>;

async function main([probes = 1_000, seconds = 10]: readonly number[]): Promise<void> {
  await using server = startServer();
  const url = await server.url;
  const measure = (name: string, load: Load) => measureLoad(load, { name, seconds });
  print(`${probes} probes, one look a second each, for ${seconds} s, against a server on loopback`);
  const kept = await measure("bare fetch, connections kept", askWithFetch(url, probes));
  const anew = await measure("bare fetch, new connections", askAnew(url, probes));
  const looks = await measure("probes: looks alone", probe(url, probes));
  const whole = await measure("probes: with the whole monitor", watch(url, probes));
  for (const cost of [kept, anew, looks, whole]) print(formatCost(cost));
  print(`looks alone     : ${formatRatio(looks, anew)} of bare fetch with new connections`);
  print(`looks alone     : ${formatRatio(looks, kept)} of bare fetch with kept ones`);
  print(`whole monitor   : ${formatRatio(whole, anew)} of bare fetch with new connections`);
}

function formatCost({ name, rate, cpuUs, corePercent, p50Ms, p99Ms }: Cost): string {
  const times = `p50 ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms`;
  const cpu = `${cpuUs.toFixed(0)} us each, ${corePercent.toFixed(1)} % of a core`;
  return `${name.padEnd(32)}: ${rate.toFixed(0)}/s, ${cpu}, ${times}`;
}

function formatRatio(cost: Cost, baseline: Cost): string {
  const cpu = (cost.cpuUs / baseline.cpuUs).toFixed(2);
  return `CPU ${cpu} x, p50 ${(cost.p50Ms / baseline.p50Ms).toFixed(2)} x`;
}

async function measureLoad(
  load: Load,
  { name, seconds }: { readonly name: string; readonly seconds: number },
): Promise<Cost> {
  const latencies: number[] = [];
  const end = load((latencyMs) => void latencies.push(latencyMs));
  await pause(WARM_UP);
  latencies.length = 0;
  const [startedMs, before] = [performance.now(), process.cpuUsage()];
  await pause(seconds * SECOND);
  const { user, system } = process.cpuUsage(before);
  const elapsedMs = performance.now() - startedMs;
  const sorted = latencies.toSorted((a, b) => a - b);
  await end();
  const usedUs = user + system;
  return {
    ...{ name, rate: sorted.length / elapsedMs * SECOND, cpuUs: usedUs / sorted.length },
    corePercent: usedUs / elapsedMs / 10,
    p50Ms: sorted[Math.floor(sorted.length * 0.5)] ?? 0,
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
  };
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, durationMs));
}

type FetchInit = RequestInit & { readonly client?: Deno.HttpClient };

function askWithFetch(url: string, count: number, init: FetchInit = {}): Load {
  return (onAnswer) => {
    const asking = new Set<Promise<void>>();
    const timers = Array.from({ length: count }, (_, index) => {
      const state: { timer: ReturnType<typeof setTimeout> | undefined } = { timer: undefined };
      state.timer = setTimeout(() => {
        state.timer = setInterval(() => {
          const asked = ask(url, init).then(onAnswer).finally(() => asking.delete(asked));
          asking.add(asked);
        }, SECOND);
      }, index / count * SECOND);
      return state;
    });
    return async () => {
      for (const { timer } of timers) clearInterval(timer);
      await Promise.all(asking);
    };
  };
}

async function ask(url: string, init: FetchInit): Promise<number> {
  const startedMs = performance.now();
  const response = await fetch(url, init);
  await response.arrayBuffer();
  return performance.now() - startedMs;
}

function askAnew(url: string, count: number): Load {
  const client = Deno.createHttpClient({ poolMaxIdlePerHost: 0 });
  const load = askWithFetch(url, count, { client });
  return (onAnswer) => {
    const end = load(onAnswer);
    return async () => {
      await end();
      client.close();
    };
  };
}

function configOf(url: string, count: number): ReturnType<typeof parseConfig> {
  const services = Array.from({ length: count }, (_, index) => {
    return { name: `s${index}`, source: { kind: "probe", url, interval: "1s" } };
  });
  return parseConfig(JSON.stringify({ services }));
}

function createTools(): SourceTools {
  const clock = SYSTEM_CLOCK;
  return {
    clock,
    poller: new Poller({
      ...{ clock, random: Math.random },
      onError: (error) => {
        throw error;
      },
    }),
    fetch: createWebFetch({ request: fetch, clock }),
    openFetch: (policy) => createWebFetch({ request: createSocketRequest(policy), clock }),
    connect: createTcpConnect({ open: openSocket, clock }),
  };
}

function probe(url: string, count: number): Load {
  return (onAnswer) => {
    const tools = createTools();
    const { services } = configOf(url, count);
    const runner = new SourceRunner((service) => createSource(service, tools), services);
    const sink: SampleSink = {
      accept: ({ metrics }) => {
        onAnswer(metrics["latency"] ?? 0);
        return { kind: "accepted", count: 1 };
      },
      noteFailure: (service, failure) => {
        if (failure !== null) throw new Error(`${service}: ${failure.detail}`);
      },
    };
    runner.start(sink);
    return () => runner.stop();
  };
}

function watch(url: string, count: number): Load {
  return (onAnswer) => {
    const tools = createTools();
    const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
    const monitor = createMonitor({
      ...{ clock: SYSTEM_CLOCK, log: silent, config: configOf(url, count), version: "0.0.0" },
      ...{ random: Math.random, origin: () => null },
      createReceiver: () => {
        throw new Error("nobody is told");
      },
      simulate: () => {
        return {
          ...{ start: () => {}, stop: () => Promise.resolve(), workers: () => new Map() },
          ...{ setFaults: () => {}, setCalm: () => {} },
        };
      },
      createSource: (service) => {
        const source = createSource(service, tools);
        return source && {
          start: (sink) =>
            source.start({
              accept: (sample) => {
                onAnswer(sample.metrics["latency"] ?? 0);
                return sink.accept(sample);
              },
              noteFailure: (name, failure) => sink.noteFailure(name, failure),
            }),
          stop: () => source.stop(),
        };
      },
    });
    monitor.start();
    return () => monitor.stop();
  };
}

interface Server extends AsyncDisposable {
  readonly url: Promise<string>;
}

/** A worker would share the processor time of this process. */
function startServer(): Server {
  const code = "const s = Deno.serve({ hostname: '127.0.0.1', port: 0, onListen: () => {} }, " +
    "() => new Response('ok')); console.log(s.addr.port); setTimeout(() => Deno.exit(), 600_000);";
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--allow-net=127.0.0.1",
      `data:text/javascript,${encodeURIComponent(code)}`,
    ],
    ...{ stdin: "null", stdout: "piped", stderr: "inherit" },
  }).spawn();
  const reader = child.stdout.getReader();
  const url = reader.read().then(({ value }) =>
    `http://127.0.0.1:${new TextDecoder().decode(value).trim()}/`
  );
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await child.status;
      await reader.cancel();
    },
  };
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

if (import.meta.main) void main(Deno.args.map(Number));
