import { assertEquals } from "@std/assert";

import type { ServiceConfig } from "@/lib/ports/monitor_config.ts";
import type { SampleSource } from "@/lib/ports/sample_source.ts";
import { Secret } from "@/lib/ports/secret.ts";
import type { SourceConfig } from "@/lib/ports/source_config.ts";
import { SourceRunner } from "@/lib/sources/source_runner.ts";

import { FakeSampleSink, httpProbe } from "./probe/probes.ts";

const PUSH: SourceConfig = { kind: "push" };

function service(name: string, source: SourceConfig = httpProbe()): ServiceConfig {
  return { name, tags: [], dependsOn: [], source, rules: [] };
}

/** Makes sources that say what they do. */
class FakeSources {
  readonly steps: string[] = [];
  readonly sink = new FakeSampleSink();
  /** Ends are not over before it resolves. */
  ended: Promise<void> = Promise.resolve();

  readonly create = ({ name, source }: Pick<ServiceConfig, "name" | "source">) => {
    if (source.kind === "push") return null;
    this.steps.push(`create ${name}`);
    return this.#source(name);
  };

  #source(name: string): SampleSource {
    return {
      start: (sink) => {
        this.steps.push(`start ${name}`);
        sink.accept({ service: name, metrics: {} });
      },
      stop: async () => {
        this.steps.push(`stop ${name}`);
        await this.ended;
        this.steps.push(`ended ${name}`);
      },
    };
  }

  /** Returns the steps since the last call. */
  take(): string[] {
    return this.steps.splice(0);
  }
}

Deno.test("SourceRunner starts the sources of all services, once", () => {
  const fakes = new FakeSources();
  const runner = new SourceRunner(fakes.create, [service("a"), service("b", PUSH), service("c")]);
  assertEquals(fakes.take(), ["create a", "create c"]);
  runner.start(fakes.sink);
  runner.start(fakes.sink);
  assertEquals(fakes.take(), ["start a", "start c"]);
  assertEquals(fakes.sink.samples.map((sample) => sample.service), ["a", "c"]);
});

Deno.test("SourceRunner follows the configuration, and leaves alone what stays", async () => {
  const fakes = new FakeSources();
  const runner = new SourceRunner(fakes.create, [service("a"), service("b"), service("c")]);
  runner.start(fakes.sink);
  fakes.take();
  const other = httpProbe({ url: new Secret("https://shop.example.com/other") });
  await runner.reconfigure([
    { ...service("a"), tags: ["new"] },
    service("b", other),
    service("d"),
    service("c", PUSH),
  ]);
  const steps = ["create b", "start b", "create d", "start d", "stop b", "stop c"];
  assertEquals(fakes.take(), [...steps, "ended b", "ended c"]);
  await runner.reconfigure([service("b", other)]);
  assertEquals(fakes.take(), ["stop a", "stop d", "ended a", "ended d"]);
});

Deno.test("SourceRunner takes a configuration before its start", async () => {
  const fakes = new FakeSources();
  const runner = new SourceRunner(fakes.create, [service("a")]);
  await runner.reconfigure([service("b")]);
  assertEquals(fakes.take(), ["create a", "create b", "stop a", "ended a"]);
  runner.start(fakes.sink);
  assertEquals(fakes.take(), ["start b"]);
});

Deno.test("SourceRunner ends all and awaits it, and begins nothing afterwards", async () => {
  const fakes = new FakeSources();
  const runner = new SourceRunner(fakes.create, [service("a"), service("b")]);
  runner.start(fakes.sink);
  fakes.take();
  const ending = Promise.withResolvers<void>();
  fakes.ended = ending.promise;
  const stopped = runner.stop();
  assertEquals(fakes.take(), ["stop a", "stop b"]);
  ending.resolve();
  await stopped;
  assertEquals(fakes.take(), ["ended a", "ended b"]);
  await runner.stop();
  await runner.reconfigure([service("c")]);
  runner.start(fakes.sink);
  assertEquals(fakes.take(), []);
});

Deno.test("SourceRunner awaits at its end what a configuration has ended before", async () => {
  const fakes = new FakeSources();
  const runner = new SourceRunner(fakes.create, [service("a")]);
  runner.start(fakes.sink);
  const ending = Promise.withResolvers<void>();
  fakes.ended = ending.promise;
  const reconfigured = runner.reconfigure([]);
  let isStopped = false;
  const stopped = runner.stop().then(() => void (isStopped = true));
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  assertEquals(isStopped, false);
  ending.resolve();
  await Promise.all([stopped, reconfigured]);
});
