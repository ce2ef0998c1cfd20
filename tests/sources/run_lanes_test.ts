import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { RunLanes } from "@/lib/sources/run_lanes.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

/** A job that runs until it is told to end. */
class ManualJob {
  runs = 0;
  #running = Promise.withResolvers<void>();

  readonly run = () => {
    this.runs++;
    this.#running = Promise.withResolvers<void>();
    return this.#running.promise;
  };

  end(): void {
    this.#running.resolve();
  }
}

function start(limits: Partial<ConstructorParameters<typeof RunLanes>[1]> = {}) {
  const clock = new FakeClock();
  const lanes = new RunLanes(clock, {
    ...{ untried: 2, quick: 1, slow: 1, slowAfterMs: 1_000 },
    ...limits,
  });
  const jobs = Array.from({ length: 6 }, () => new ManualJob());
  return { clock, lanes, jobs, runs: () => jobs.map(({ runs }) => runs) };
}

Deno.test("RunLanes runs no more at once than there is room for, in the order in which they come", async () => {
  const { clock, lanes, jobs, runs } = start();
  for (const job of jobs) lanes.enter(job);
  assertEquals(runs(), [1, 1, 0, 0, 0, 0]);
  assertEquals(jobs.map((job) => lanes.isWaiting(job)), [false, false, true, true, true, true]);
  jobs[1]?.end();
  await clock.advance(0);
  assertEquals(runs(), [1, 1, 1, 0, 0, 0]);
  jobs[0]?.end();
  jobs[2]?.end();
  await clock.advance(0);
  assertEquals(runs(), [1, 1, 1, 1, 1, 0]);
});

Deno.test("RunLanes makes room when a run becomes slow, as long as there is room for slow ones", async () => {
  const { clock, lanes, jobs, runs } = start();
  for (const job of jobs) lanes.enter(job);
  await clock.advance(999);
  assertEquals(runs(), [1, 1, 0, 0, 0, 0]);
  await clock.advance(1);
  assertEquals(runs(), [1, 1, 1, 0, 0, 0]);
  // The other slow one takes the place of the first when that is over.
  jobs[0]?.end();
  await clock.advance(0);
  assertEquals(runs(), [1, 1, 1, 1, 0, 0]);
});

Deno.test("RunLanes lets those that were slow wait for each other, not the others for them", async () => {
  const { clock, lanes, jobs, runs } = start({ untried: 1 });
  const [slow, slower, quick] = jobs;
  assert(slow && slower && quick);
  for (const job of [slow, slower]) {
    lanes.enter(job);
    await clock.advance(1_000);
    job.end();
    await clock.advance(0);
  }
  for (const job of [slow, slower, quick]) lanes.enter(job);
  assertEquals(runs().slice(0, 3), [2, 1, 1]);
  slow.end();
  await clock.advance(0);
  assertEquals(runs().slice(0, 3), [2, 2, 1]);
  // Once quick, it is among the quick again.
  quick.end();
  await clock.advance(0);
  lanes.enter(slow);
  assertEquals(runs()[0], 3);
});

Deno.test("RunLanes lets those that were quick wait for nobody of whom nothing is known", async () => {
  const { clock, lanes, jobs, runs } = start();
  const [good, ...hanging] = jobs;
  assert(good);
  lanes.enter(good);
  good.end();
  await clock.advance(0);
  for (const job of hanging) lanes.enter(job);
  await clock.advance(1_000);
  lanes.enter(good);
  assertEquals(runs(), [2, 1, 1, 1, 0, 0]);
});

Deno.test("RunLanes forgets a job that is taken back", async () => {
  const { clock, lanes, jobs, runs } = start();
  for (const job of jobs) lanes.enter(job);
  for (const job of jobs.slice(2)) lanes.withdraw(job);
  for (const job of jobs) job.end();
  await clock.advance(0);
  assertEquals(runs(), [1, 1, 0, 0, 0, 0]);
  assertEquals(clock.pending, 0);
});

Deno.test("RunLanes never has more under way than its lanes hold, and runs all in the end", async () => {
  const job = fc.record({ entersMs: fc.nat(3_000), takesMs: fc.nat(5_000) });
  await fc.assert(fc.asyncProperty(fc.array(job, { maxLength: 40 }), async (jobs) => {
    const clock = new FakeClock();
    const lanes = new RunLanes(clock, { untried: 3, quick: 1, slow: 2, slowAfterMs: 1_000 });
    const counts = { running: 0, ended: 0 };
    for (const { entersMs, takesMs } of jobs) {
      const run = async () => {
        assert(++counts.running <= 5);
        await new Promise<void>((resolve) => void clock.after(takesMs, resolve));
        counts.running--;
        counts.ended++;
      };
      clock.after(entersMs, () => lanes.enter({ run }));
    }
    await clock.advance(3_000 + 40 * 5_000);
    assertEquals([counts.ended, clock.pending], [jobs.length, 0]);
  }));
});
