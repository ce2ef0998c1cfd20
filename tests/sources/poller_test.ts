import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { Poller, type PollerOptions } from "@/lib/sources/poller.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

/** Uniform, and the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function start(options: Partial<PollerOptions> = {}) {
  const clock = new FakeClock();
  const errors: unknown[] = [];
  const poller = new Poller({
    ...{ clock, random: () => 0.5, onError: (error) => void errors.push(error) },
    ...options,
  });
  return { clock, errors, poller };
}

/** Resolves once the signal is aborted. */
function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
}

Deno.test("Poller begins soon, however long the interval is", async () => {
  for (const random of [0, 0.5, 0.999]) {
    const { clock, poller } = start({ random: () => random });
    const runs: number[] = [];
    const run = () => Promise.resolve(void runs.push(clock.monotonicMs()));
    const ends = [1_000, 86_400_000].map((intervalMs) => poller.add({ intervalMs, run }));
    await clock.advance(2_000);
    assert(runs.length >= 2, `${runs}`);
    assert(Math.min(...runs) <= 1_000);
    await Promise.all(ends.map((end) => end()));
  }
});

Deno.test("Poller keeps the interval, whatever a run takes and however late timers are", async () => {
  const { clock, poller } = start();
  const runs: number[] = [];
  const end = poller.add({
    intervalMs: 10_000,
    run: () => {
      runs.push(clock.monotonicMs());
      // The event loop is busy with something else.
      clock.stall(runs.length % 7 * 300);
      return Promise.resolve();
    },
  });
  await clock.advance(3_600_000);
  await end();
  assertEquals(runs.length, 360);
  for (const [index, at] of runs.entries()) assertEquals(at, 1_000 + index * 10_000);
  assertEquals(poller.counters(), { started: 360, skipped: 0 });
});

Deno.test("Poller never runs a poll twice at once, and counts what it leaves out", async () => {
  const { clock, poller } = start();
  const runs: number[] = [];
  const ending = Promise.withResolvers<void>();
  const end = poller.add({
    intervalMs: 1_000,
    run: () => {
      runs.push(clock.monotonicMs());
      return runs.length === 1 ? ending.promise : Promise.resolve();
    },
  });
  await clock.advance(5_250);
  assertEquals(runs.length, 1);
  assertEquals(poller.counters(), { started: 1, skipped: 4 });
  ending.resolve();
  await clock.advance(1_000);
  assertEquals(runs, [500, 5_500]);
  await end();
});

Deno.test("Poller does not make up for turns that nothing could run in", async () => {
  const { clock, poller } = start();
  let runs = 0;
  const end = poller.add({ intervalMs: 1_000, run: () => Promise.resolve(void runs++) });
  await clock.advance(2_600);
  assertEquals(runs, 3);
  clock.stall(60_000);
  await clock.advance(0);
  assertEquals(runs, 4);
  await clock.advance(1_000);
  assertEquals(runs, 5);
  assertEquals(poller.counters(), { started: 5, skipped: 59 });
  await end();
});

Deno.test("Poller spreads polls over the interval, each with its own place", async () => {
  const { clock, poller } = start({ random: randomOf(1) });
  const slots = new Array<number>(10).fill(0);
  const ends = Array.from({ length: 1_000 }, () =>
    poller.add({
      intervalMs: 60_000,
      run: () => {
        const minute = clock.monotonicMs() - 120_000;
        const slot = Math.floor(minute / 6_000);
        if (slot in slots) slots[slot] = (slots[slot] ?? 0) + 1;
        return Promise.resolve();
      },
    }));
  await clock.advance(180_000);
  await Promise.all(ends.map((end) => end()));
  assertEquals(slots.reduce((sum, count) => sum + count), 1_000);
  assert(slots.every((count) => count > 60 && count < 140), `${slots}`);
});

Deno.test("Poller reports what a run throws, and goes on", async () => {
  const { clock, poller, errors } = start();
  let runs = 0;
  const end = poller.add({
    intervalMs: 1_000,
    run: () => Promise.reject(new Error(`run ${++runs}`)),
  });
  await clock.advance(2_000);
  assertEquals(errors.map(String), ["Error: run 1", "Error: run 2"]);
  await end();
});

Deno.test("Poller ends a poll: a run under way is aborted and awaited, and nothing is left", async () => {
  const { clock, poller, errors } = start();
  const steps: string[] = [];
  const end = poller.add({
    intervalMs: 1_000,
    run: async (signal) => {
      await untilAborted(signal);
      steps.push("aborted");
      await Promise.resolve();
      steps.push("over");
      throw new Error("aborted");
    },
  });
  await clock.advance(1_000);
  await end();
  assertEquals(steps, ["aborted", "over"]);
  assertEquals(errors, []);
  await end();
  await clock.advance(10_000);
  assertEquals([poller.counters().started, clock.pending], [1, 0]);
});

Deno.test("Poller ends a poll that waits for room, without running it", async () => {
  const { clock, poller } = start({ limits: { untried: 1, slow: 0 } });
  const hanging = poller.add({ intervalMs: 1_000, run: untilAborted });
  let runs = 0;
  const end = poller.add({ intervalMs: 1_000, run: () => Promise.resolve(void runs++) });
  await clock.advance(3_000);
  await end();
  await hanging();
  await clock.advance(3_000);
  assertEquals([runs, clock.pending], [0, 0]);
});

Deno.test("Poller runs each poll at its interval, never twice at once, in any company", async () => {
  const poll = fc.record({
    intervalMs: fc.integer({ min: 1_000, max: 60_000 }),
    takesMs: fc.integer({ min: 0, max: 499 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(poll, { maxLength: 20 }), fc.integer(), async (polls, seed) => {
      const { clock, poller } = start({ random: randomOf(seed) });
      const all = polls.map(({ intervalMs, takesMs }) => {
        const runs: number[] = [];
        let under = 0;
        const end = poller.add({
          intervalMs,
          run: async () => {
            assertEquals(++under, 1);
            runs.push(clock.monotonicMs());
            await new Promise<void>((resolve) => void clock.after(takesMs, resolve));
            under--;
          },
        });
        return { intervalMs, runs, end };
      });
      await clock.advance(300_000);
      for (const { intervalMs, runs, end } of all) {
        const [first = Infinity, second = Infinity, ...rest] = runs;
        assert(first <= 2_000);
        assert(second - first >= intervalMs / 2 - 1 && second - first <= 1.5 * intervalMs + 1);
        for (const [index, at] of rest.entries()) {
          assert(Math.abs(at - second - (index + 1) * intervalMs) < 1e-3);
        }
        assert(runs.length >= Math.floor(300_000 / intervalMs) - 1);
        await Promise.all([end(), clock.advance(1_000)]);
      }
    }),
    { numRuns: 30 },
  );
});

Deno.test("Poller runs 5,000 polls for an hour: each at its interval, and few at once", async () => {
  const { clock, poller } = start({ random: randomOf(7) });
  const counts = { running: 0, most: 0 };
  const polls = Array.from({ length: 5_000 }, (_, index) => {
    const intervalMs = index % 50 === 0 ? 10_000 : 60_000;
    const poll = { intervalMs, runs: 0, firstMs: 0, lastMs: 0, isOutOfTurn: false };
    const end = poller.add({
      intervalMs,
      run: async () => {
        const nowMs = clock.monotonicMs();
        if (poll.runs > 1) poll.isOutOfTurn ||= Math.abs(nowMs - poll.lastMs - intervalMs) > 1e-3;
        if (poll.runs === 1) poll.firstMs = nowMs;
        poll.lastMs = nowMs;
        poll.runs++;
        counts.most = Math.max(counts.most, ++counts.running);
        await new Promise<void>((resolve) => void clock.after(40, resolve));
        counts.running--;
      },
    });
    return { poll, end };
  });
  await clock.advance(3_600_000);
  assertEquals(polls.filter(({ poll }) => poll.isOutOfTurn).length, 0);
  for (const { poll: { intervalMs, runs, firstMs, lastMs } } of polls) {
    assert(Math.abs(lastMs - firstMs - (runs - 2) * intervalMs) < 1e-3);
    assert(runs >= 3_600_000 / intervalMs - 1, `${runs} runs`);
  }
  // 5,000 begin within two seconds; 40 ms each are some 100 at once.
  assert(counts.most <= 256, `${counts.most} at once`);
  assertEquals(poller.counters().skipped, 0);
  await Promise.all(polls.map(({ end }) => end()).concat(clock.advance(1_000)));
});
