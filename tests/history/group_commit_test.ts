import { assert, assertEquals } from "@std/assert";

import { GroupCommit, type GroupCommitLimits } from "@/lib/history/group_commit.ts";
import type { HistoryBatch } from "@/lib/ports/history.ts";
import type { CommitResult } from "@/lib/ports/ledger.ts";

import { FakeClock } from "../support/fake_clock.ts";
import { RecordedLog } from "../support/recorded_log.ts";
import { FakeAppender } from "./fake_appender.ts";

function start(limits: Partial<GroupCommitLimits> = {}) {
  const [clock, log, history] = [new FakeClock(), new RecordedLog(), new FakeAppender()];
  const ledger = new GroupCommit({ clock, log, history, limits });
  return { clock, log, history, ledger };
}

function sample(at: number) {
  return { service: "checkout", at, metrics: { cpu: at } };
}

function watch(promise: Promise<CommitResult>): { result: string } {
  const seen = { result: "waits" };
  promise.then((result) => seen.result = result.kind);
  return seen;
}

function instants({ written }: FakeAppender): number[][] {
  return written.map(({ samples }) => samples.map(({ at }) => at));
}

Deno.test("GroupCommit writes what one act notes together, at once", async () => {
  const { clock, history, ledger } = start();
  ledger.addSample(sample(1));
  ledger.put({ kind: "service", key: "checkout", body: "{}" });
  ledger.addSample(sample(2));
  const seen = watch(ledger.committed());
  await clock.advance(0);
  assertEquals([instants(history), history.written[0]?.documents.length], [[[1, 2]], 1]);
  assertEquals(seen.result, "kept");
  await ledger.stop();
});

Deno.test("GroupCommit gathers what comes while a batch is written", async () => {
  const { clock, history, ledger } = start();
  history.holds = true;
  ledger.addSample(sample(1));
  const first = watch(ledger.committed());
  await clock.advance(0);
  const late = watch(ledger.committed());
  ledger.addSample(sample(2));
  ledger.addSample(sample(3));
  const second = watch(ledger.committed());
  await clock.advance(0);
  assertEquals([first.result, late.result, second.result], ["waits", "waits", "waits"]);
  history.holds = false;
  history.release();
  await clock.advance(0);
  assertEquals([first.result, late.result, second.result], ["kept", "kept", "kept"]);
  assertEquals(instants(history), [[1], [2, 3]]);
  await ledger.stop();
});

Deno.test("GroupCommit keeps the latest state of a document", async () => {
  const { clock, history, ledger } = start();
  for (const body of ["1", "2", null, "3"]) ledger.put({ kind: "silence", key: "a", body });
  await clock.advance(0);
  assertEquals(history.written.map(({ documents }) => documents.map(({ body }) => body)), [["3"]]);
  await ledger.stop();
});

Deno.test("GroupCommit says at once that nothing can be written, and catches up by itself", async () => {
  const { clock, history, ledger, log } = start();
  history.fault = "full";
  ledger.addSample(sample(1));
  ledger.put({ kind: "silence", key: "a", body: "old" });
  const first = watch(ledger.committed());
  await clock.advance(0);
  assertEquals([first.result, ledger.problem], ["unsafe", "Cannot write: full"]);
  ledger.addSample(sample(2));
  ledger.put({ kind: "silence", key: "a", body: "new" });
  assertEquals((await ledger.committed()).kind, "unsafe");
  history.fault = null;
  await clock.advance(500);
  assertEquals([instants(history), ledger.problem], [[[1], [2]], null]);
  const bodies = history.written.map(({ documents }) => documents.map(({ body }) => body));
  assertEquals(bodies, [["old"], ["new"]]);
  assertEquals((await ledger.committed()).kind, "kept");
  assertEquals(log.lines, ["error: history fails", "info: history works again"]);
  await ledger.stop();
});

Deno.test("GroupCommit waits longer and longer between attempts", async () => {
  const { clock, history, ledger } = start({ firstPauseMs: 100, maxPauseMs: 300 });
  history.fault = "readonly";
  ledger.addSample(sample(1));
  await clock.advance(0);
  const failures: number[] = [];
  for (let turn = 0; turn < 10; turn++) {
    await clock.advance(100);
    failures.push(ledger.counters().failures);
  }
  assertEquals(failures, [2, 2, 3, 3, 3, 4, 4, 4, 5, 5]);
  await ledger.stop();
});

Deno.test("GroupCommit loses the oldest samples when nothing can be written for too long", async () => {
  const { clock, history, ledger } = start({ samples: 3 });
  history.fault = "full";
  for (let at = 1; at <= 5; at++) {
    ledger.addSample(sample(at));
    await clock.advance(0);
  }
  assertEquals([ledger.counters().lostSamples, ledger.isFull], [1, false]);
  history.fault = null;
  await clock.advance(60_000);
  assertEquals(instants(history).slice(0, 2), [[1], [3, 4, 5]]);
  await ledger.stop();
});

Deno.test("GroupCommit is full when writing is too slow, and loses what comes all the same", async () => {
  const { clock, history, ledger } = start({ samples: 2 });
  history.holds = true;
  ledger.addSample(sample(1));
  await clock.advance(0);
  ledger.addSample(sample(2));
  assertEquals(ledger.isFull, false);
  ledger.addSample(sample(3));
  assertEquals(ledger.isFull, true);
  ledger.addSample(sample(4));
  assertEquals(ledger.counters().lostSamples, 1);
  history.holds = false;
  history.release();
  await clock.advance(0);
  assertEquals([instants(history), ledger.isFull], [[[1], [2, 3]], false]);
  await ledger.stop();
});

Deno.test("GroupCommit lets nobody wait for a batch that hangs", async () => {
  const { clock, history, ledger } = start({ patienceMs: 5_000 });
  history.holds = true;
  ledger.addSample(sample(1));
  const first = watch(ledger.committed());
  await clock.advance(4_999);
  assertEquals([first.result, ledger.problem], ["waits", null]);
  await clock.advance(1);
  assertEquals([first.result, ledger.problem], ["unsafe", "nothing was written for 5.0 s"]);
  history.holds = false;
  history.release();
  await clock.advance(0);
  assertEquals([instants(history), ledger.problem], [[[1]], null]);
  await ledger.stop();
});

Deno.test("GroupCommit writes much in parts, and what was decided with the last of them", async () => {
  const { clock, history, ledger } = start({ batchSamples: 2 });
  for (let at = 1; at <= 5; at++) ledger.addSample(sample(at));
  ledger.put({ kind: "silence", key: "a", body: "{}" });
  const seen = watch(ledger.committed());
  await clock.advance(0);
  assertEquals(instants(history), [[1, 2], [3, 4], [5]]);
  assertEquals(history.written.map(({ documents }) => documents.length), [0, 0, 1]);
  assertEquals(seen.result, "kept");
  await ledger.stop();
});

Deno.test("GroupCommit notes that the monitor is alive when nothing else happens", async () => {
  const { clock, history, ledger } = start({ aliveMs: 5_000 });
  const begin = clock.now();
  await clock.advance(11_000);
  assertEquals(history.written.map(({ at }) => at - begin), [5_000, 10_000]);
  await ledger.stop();
  assertEquals(history.written.map(({ at }) => at - begin), [5_000, 10_000, 11_000]);
});

Deno.test("GroupCommit.stop() writes what is noted", async () => {
  const { history, ledger } = start();
  ledger.addSample(sample(1));
  await ledger.stop();
  assertEquals(instants(history)[0], [1]);
});

Deno.test("GroupCommit lets samples that come faster than they are written keep nobody waiting for ever", async () => {
  const clock = new FakeClock();
  const written: HistoryBatch[] = [];
  const ledger = new GroupCommit({
    clock,
    log: new RecordedLog(),
    limits: { batchSamples: 10, samples: 100 },
    history: {
      append: (batch) =>
        new Promise((resolve) =>
          clock.after(100, () => {
            written.push(batch);
            resolve();
          })
        ),
    },
  });
  let n = 0;
  ledger.addSample(sample(n++));
  ledger.put({ kind: "incident", key: "x", body: "{}" });
  await clock.advance(10);
  ledger.put({ kind: "incident", key: "y", body: "{}" });
  ledger.addSample(sample(n++));
  let answered = false;
  ledger.committed().then(() => answered = true);
  for (let i = 0; i < 600; i++) { // one minute: 15 samples each 100 ms, 10 are written
    for (let k = 0; k < 15; k++) if (!ledger.isFull) ledger.addSample(sample(n++));
    await clock.advance(100);
  }
  assertEquals(ledger.problem, null);
  assert(written.some(({ samples }) => samples.some(({ at }) => at === 1)), "sample 1 written");
  assert(answered, "push answered within a minute");
  assert(
    written.some(({ documents }) => documents.some(({ key }) => key === "y")),
    "document written",
  );
});
