import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";

import type { Sample } from "@/lib/domain/sample.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import type { WorkerSink } from "@/lib/ports/sample_source.ts";
import type { WorkerView } from "@/lib/protocol/views.ts";
import { seedPhase } from "@/simulators/events.ts";
import { createSupervisor, type Supervisor } from "@/simulators/supervisor.ts";
import { startWebWorker } from "@/simulators/web_worker.ts";

import { FakeLog } from "./fake_workers.ts";

const SERVICES = [
  { name: "auth-service", profile: "api", seed: 1 },
  { name: "inventory-service", profile: "inventory", seed: 4 },
];
const INTERVAL_MS = 20;
const BROKEN = new URL("./fixtures/broken_worker.ts", import.meta.url);
const MUTE = new URL("./fixtures/mute_worker.ts", import.meta.url);
const DEAF = { onMessage() {}, onError() {} };
const PROBE = new URL("./fixtures/probe_worker.ts", import.meta.url);

Deno.test("startWebWorker() brings samples of every service, on the time grid", async () => {
  await using running = start();
  const samples = [
    await running.sink.sampleOf("auth-service"),
    await running.sink.sampleOf("auth-service"),
    await running.sink.sampleOf("inventory-service"),
  ];
  const turnMs = new Map(
    SERVICES.map(({ name, seed }) => [name, Math.floor(seedPhase(seed) * INTERVAL_MS)]),
  );
  for (const { at, service } of samples) assertEquals(at % INTERVAL_MS, turnMs.get(service));
  assert((samples[0]?.at ?? 0) < (samples[1]?.at ?? 0));
});

Deno.test("startWebWorker() lets a worker killed on purpose come back by itself", async () => {
  await using running = start();
  await running.sink.sampleOf("auth-service");
  running.supervisor.setFaults("auth-service", [{
    service: "auth-service",
    kind: "crash",
    intensity: 1,
    startedAt: Date.now(),
    durationMs: 60_000,
  }]);
  const down = await running.sink.viewOf("auth-service", "restarting");
  assertEquals(down.restarts, 1);
  assertStringIncludes(down.reason ?? "", "was told to crash");
  const back = await running.sink.viewOf("auth-service", "running");
  // On a busy machine the new worker may be too slow for its supervisor, and be the second to start again.
  assert(back.restarts >= 1);
  await running.sink.sampleOf("auth-service");
  assertEquals(running.supervisor.workers().get("inventory-service")?.restarts, 0);
});

Deno.test("startWebWorker() gives a worker no permissions", async () => {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const events = { onMessage: resolve, onError: (reason: string) => reject(new Error(reason)) };
  const worker = startWebWorker(events, { module: PROBE });
  try {
    const refused = "NotCapable";
    assertEquals(await promise, {
      env: refused,
      read: refused,
      write: refused,
      net: refused,
      run: refused,
    });
  } finally {
    worker.terminate();
  }
});

Deno.test("startWebWorker() warns of a runtime that cannot lock a worker", () => {
  const errors = [
    new TypeError("no such option"),
    new Deno.errors.NotSupported("no such option"),
    new DOMException("no such option", "NotSupportedError"),
  ];
  for (const error of errors) {
    const log = new FakeLog();
    startWebWorker(DEAF, { module: MUTE, log, create: refuseLock(error) }).terminate();
    assertEquals(log.events, [["worker_unlocked", { reason: "no such option" }]]);
  }
});

Deno.test("startWebWorker() starts no worker without a lock when nobody hears of it", () => {
  const create = refuseLock(new TypeError("no such option"));
  assertThrows(() => startWebWorker(DEAF, { module: MUTE, create }), TypeError, "no such option");
});

Deno.test("startWebWorker() takes no other error for a missing option", () => {
  const log = new FakeLog();
  const create = refuseLock(new Deno.errors.NotCapable("no read access"));
  assertThrows(() => startWebWorker(DEAF, { module: MUTE, log, create }), Deno.errors.NotCapable);
  assertEquals(log.events, []);
});

Deno.test("startWebWorker() reports a worker that dies while it is loaded", async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const worker = startWebWorker({ onMessage: () => {}, onError: resolve }, { module: BROKEN });
  assertStringIncludes(await promise, "broken on purpose");
  worker.terminate();
});

Deno.test("startWebWorker() lets a worker that falls silent be ended and started again", async () => {
  await using running = start({ module: MUTE, silentMs: 50 });
  const down = await running.sink.viewOf("auth-service", "restarting");
  assertStringIncludes(down.reason ?? "", "silent for ");
  await running.sink.viewOf("auth-service", "running");
});

// Ops and resources that a worker leaves behind fail this test by the sanitizers.
Deno.test("startWebWorker() ends a worker that has not even begun", async () => {
  for (let round = 0; round < 3; round++) await start().supervisor.stop();
});

/** A runtime that throws at any option beyond the standard. */
function refuseLock(error: Error): (module: URL, options: WorkerOptions) => Worker {
  return (module, options) => {
    if ("deno" in options) throw error;
    return new Worker(module, options);
  };
}

interface Running extends AsyncDisposable {
  readonly supervisor: Supervisor;
  readonly sink: AwaitableSink;
}

function start(
  { module, silentMs = 60_000 }: { readonly module?: URL; readonly silentMs?: number } = {},
): Running {
  const sink = new AwaitableSink();
  const supervisor = createSupervisor({
    services: SERVICES,
    clock: systemClock(),
    log: new FakeLog(),
    random: () => 0,
    startWorker: (events) => startWebWorker(events, module === undefined ? {} : { module }),
    intervalMs: INTERVAL_MS,
    silentMs,
    // However busy the machine is, no worker is given up before it could begin.
    startMs: 60_000,
  });
  supervisor.start(sink);
  return { supervisor, sink, [Symbol.asyncDispose]: () => supervisor.stop() };
}

/** Lets a test wait for what comes next. */
class AwaitableSink implements WorkerSink {
  readonly #waiting = new Set<(news: News) => void>();

  accept(sample: Sample): void {
    this.#tell({ kind: "sample", sample });
  }

  noteWorker(service: string, view: WorkerView): void {
    this.#tell({ kind: "view", service, view });
  }

  sampleOf(service: string): Promise<Sample> {
    return this.#next((news) =>
      news.kind === "sample" && news.sample.service === service ? news.sample : undefined
    );
  }

  viewOf(service: string, state: WorkerView["state"]): Promise<WorkerView> {
    return this.#next((news) =>
      news.kind === "view" && news.service === service && news.view.state === state
        ? news.view
        : undefined
    );
  }

  #tell(news: News): void {
    for (const listener of [...this.#waiting]) listener(news);
  }

  #next<Wanted>(select: (news: News) => Wanted | undefined): Promise<Wanted> {
    return new Promise((resolve) => {
      const listener = (news: News): void => {
        const wanted = select(news);
        if (wanted === undefined) return;
        this.#waiting.delete(listener);
        resolve(wanted);
      };
      this.#waiting.add(listener);
    });
  }
}

type News =
  | { readonly kind: "sample"; readonly sample: Sample }
  | { readonly kind: "view"; readonly service: string; readonly view: WorkerView };

function systemClock(): Clock {
  return {
    now: () => Date.now(),
    monotonicMs: () => performance.now(),
    after(delayMs, run) {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
  };
}
