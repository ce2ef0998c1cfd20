import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";

import { BOUNDS, type Encoding, InstrumentedProgram } from "./instrumented_program.ts";
import { QUIET, RunningApp } from "./running_app.ts";

const LISTED = { ...QUIET, services: [{ name: "checkout", source: { kind: "otlp" } }] };

interface Shown {
  readonly status: string;
  readonly source: { readonly kind: string };
  readonly failure: { readonly reason: string; readonly detail: string } | null;
  readonly metrics: Readonly<Record<string, { readonly value: number }>>;
}

/** Returns a service as everybody sees it; `null` if there is none. */
async function show(app: RunningApp, name = "checkout"): Promise<Shown | null> {
  const response = await fetch(`${app.origin}/api/services/${name}`);
  if (response.ok) return await response.json();
  await response.body?.cancel();
  return null;
}

async function valueOf(app: RunningApp, metric: string, name = "checkout"): Promise<number> {
  return (await show(app, name))?.metrics[metric]?.value ?? NaN;
}

/** Returns the value that 95 of 100 do not exceed. */
function percentile(seconds: readonly number[]): number {
  const ranked = seconds.toSorted((one, other) => one - other);
  return ranked[Math.ceil(0.95 * ranked.length) - 1] ?? NaN;
}

/** Returns the bounds of the bucket that a duration falls into, in milliseconds. */
function bucketOf(seconds: number): readonly [from: number, to: number] {
  const index = BOUNDS.findIndex((bound) => seconds <= bound);
  return [1_000 * (BOUNDS[index - 1] ?? 0), 1_000 * (BOUNDS[index] ?? NaN)];
}

async function assertLatency(app: RunningApp, seconds: readonly number[]): Promise<void> {
  const [from, to] = bucketOf(percentile(seconds));
  const latency = await valueOf(app, "latency");
  assert(latency > from && latency <= to, `${latency} ms is not in ${from} to ${to} ms`);
}

const QUICK = Array.from({ length: 95 }, (_, index) => 0.011 + index / 10_000);
const SLOW = Array.from({ length: 40 }, (_, index) => 0.3 + index / 200);

Deno.test("otlp: the card of a listed service shows what the SDK recorded, in every form", async (t) => {
  for (const encoding of ["protobuf", "json"] satisfies Encoding[]) {
    for (const isDelta of [false, true]) {
      await t.step(`${encoding}, ${isDelta ? "delta" : "cumulative"}`, async () => {
        await using app = await RunningApp.start(LISTED);
        const { origin } = app;
        await using program = new InstrumentedProgram({
          ...{ origin, service: "checkout", encoding, isDelta },
        });
        program.work(0.37);
        program.serve(QUICK);
        program.serve([2, 3, 4, 4.5, 4.9], 503);
        await program.export();
        const first = await show(app);
        assertEquals([first?.status, first?.source.kind], ["HEALTHY", "otlp"]);
        assertAlmostEquals(await valueOf(app, "cpu"), 37);
        assertAlmostEquals(await valueOf(app, "errorRate"), 5);
        await assertLatency(app, [...QUICK, 2, 3, 4, 4.5, 4.9]);
        // Only what has happened since counts.
        program.work(0.52);
        program.serve(SLOW);
        await program.export();
        assertAlmostEquals(await valueOf(app, "cpu"), 52);
        assertEquals(await valueOf(app, "errorRate"), 0);
        await assertLatency(app, SLOW);
        assertEquals((await show(app))?.failure, null);
      });
    }
  }
});

Deno.test("otlp: exponential histograms give the percentile within nine per cent", async () => {
  await using app = await RunningApp.start(LISTED);
  for (const isDelta of [false, true]) {
    await using program = new InstrumentedProgram({
      ...{ origin: app.origin, service: "checkout", isDelta, isExponential: true },
    });
    for (const seconds of [QUICK, SLOW]) {
      program.serve(seconds);
      await program.export();
      const exactMs = 1_000 * percentile(seconds);
      const latency = await valueOf(app, "latency");
      assert(
        Math.abs(latency / exactMs - 1) < 2 ** (1 / 8) - 1,
        `${latency} ms, not ${exactMs} ms`,
      );
    }
  }
});

Deno.test("otlp: a program that is started anew counts from zero again", async () => {
  await using app = await RunningApp.start(LISTED);
  const { origin } = app;
  {
    await using program = new InstrumentedProgram({ origin, service: "checkout", instance: "a" });
    program.serve(QUICK);
    program.serve(QUICK, 500);
    await program.export();
    assertAlmostEquals(await valueOf(app, "errorRate"), 50);
  }
  await using program = new InstrumentedProgram({ origin, service: "checkout", instance: "a" });
  program.serve([...SLOW, ...SLOW, ...SLOW]);
  program.serve(SLOW, 500);
  await program.export();
  assertAlmostEquals(await valueOf(app, "errorRate"), 25);
  await assertLatency(app, SLOW);
});

Deno.test("otlp: two instances are one service", async () => {
  await using app = await RunningApp.start(LISTED);
  const { origin } = app;
  await using one = new InstrumentedProgram({ origin, service: "checkout", instance: "a" });
  await using other = new InstrumentedProgram({ origin, service: "checkout", instance: "b" });
  one.work(0.2);
  other.work(0.6);
  await one.export();
  await other.export();
  assertAlmostEquals(await valueOf(app, "cpu"), 40);
});

Deno.test("otlp: services come by themselves by their cleaned name, and none that nobody has named", async () => {
  await using app = await RunningApp.start(QUIET);
  const { origin } = app;
  await using named = new InstrumentedProgram({ origin, service: "Shopping Cart" });
  await named.export();
  assertEquals((await show(app, "shopping-cart"))?.source.kind, "otlp");
  await using nameless = new InstrumentedProgram({ origin });
  await nameless.export();
  await using called = new InstrumentedProgram({ origin, query: "?service=orders" });
  await called.export();
  const services = await (await fetch(`${origin}/api/services`)).json();
  const names = services.map(({ name }: { readonly name: string }) => name);
  assertEquals(names.sort(), ["orders", "shopping-cart"]);
});

Deno.test("otlp: what cannot be read is told on the card until the next good export", async () => {
  await using app = await RunningApp.start({ ...LISTED, limits: { bodyBytes: 2_000 } });
  const { origin } = app;
  await using program = new InstrumentedProgram({ origin, service: "checkout" });
  const rows: [body: Uint8Array<ArrayBuffer>, status: number, reason: string][] = [
    [new Uint8Array([10, 200, 1, 10]), 400, "not otlp"],
    [new Uint8Array(3_000), 413, "too large"],
  ];
  for (const [body, status, reason] of rows) {
    await program.export();
    const response = await fetch(`${origin}/v1/metrics?service=checkout`, {
      method: "POST",
      headers: { "content-type": "application/x-protobuf" },
      body,
    });
    await response.body?.cancel();
    assertEquals(response.status, status);
    assertEquals((await show(app))?.failure?.reason, reason);
    assertStringIncludes(await (await fetch(`${origin}/`)).text(), reason);
  }
  await program.export();
  assertEquals((await show(app))?.failure, null);
});

Deno.test("otlp: what was answered with 200 survives a kill", async () => {
  await using app = await RunningApp.start(QUIET);
  await using program = new InstrumentedProgram({ origin: app.origin, service: "checkout" });
  program.work(0.37);
  await program.export();
  await app.end("SIGKILL");
  await app.start();
  assertEquals((await show(app))?.source.kind, "otlp");
  assertAlmostEquals(await valueOf(app, "cpu"), 37);
});
