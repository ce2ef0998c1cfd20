import { assertEquals } from "@std/assert";

import {
  endRun,
  type JobRun,
  MAX_RUNS,
  moveRuns,
  nextRunDue,
  overdueRuns,
  resumeRuns,
  startRun,
} from "@/lib/domain/job_run.ts";

const MINUTE = 60_000;

function begun(id: string, startedAt: number, dueAt: number | null = startedAt + MINUTE): JobRun {
  return { id, startedAt, dueAt };
}

Deno.test("startRun() begins a run of the same name anew, and keeps those of others", () => {
  const start = { id: "", maxRunMs: MINUTE };
  assertEquals(startRun([begun("", 0), begun("b", 5)], start, 7), [begun("b", 5), begun("", 7)]);
});

Deno.test("startRun() forgets runs that were overdue, they died without a word", () => {
  const start = { id: "new", maxRunMs: MINUTE };
  assertEquals(startRun([begun("old", 0, null)], start, 7), [begun("new", 7)]);
});

Deno.test("startRun() is bounded", () => {
  let runs: readonly JobRun[] = [];
  for (let index = 0; index < MAX_RUNS + 2; index++) {
    runs = startRun(runs, { id: `${index}`, maxRunMs: MINUTE }, index);
  }
  assertEquals([runs.length, runs[0]?.id], [MAX_RUNS, "2"]);
});

Deno.test("endRun() measures the run of that name, also one that was overdue", () => {
  const runs = [begun("a", 10), begun("b", 20, null)];
  assertEquals(endRun(runs, "a", 35), { runs: [runs[1] ?? begun("", 0)], durationMs: 25 });
  assertEquals(endRun(runs, "b", 35).durationMs, 15);
  assertEquals(endRun(runs, "c", 35), { runs, durationMs: null });
  assertEquals(endRun(runs, "a", 5).durationMs, 0);
});

Deno.test("overdueRuns() and nextRunDue() leave out what was told of", () => {
  const runs = [begun("a", 0), begun("b", 5), begun("c", 0, null)];
  assertEquals(nextRunDue(runs), MINUTE);
  assertEquals(overdueRuns(runs, MINUTE - 1), []);
  assertEquals(overdueRuns(runs, MINUTE).map(({ id }) => id), ["a"]);
  assertEquals(nextRunDue([]), null);
});

Deno.test("moveRuns() moves with our clock", () => {
  assertEquals(moveRuns([begun("a", 0), begun("b", 0, null)], 5), [
    ...[begun("a", 5), begun("b", 5, null)],
  ]);
});

Deno.test("resumeRuns() calls no run too long whose end may have been lost", () => {
  const runs = [begun("a", 0, 10 * MINUTE)];
  const dueAfter = (aliveAt: number, now: number) => resumeRuns(runs, { aliveAt, now })[0]?.dueAt;
  assertEquals(dueAfter(MINUTE, MINUTE + 5_000), 10 * MINUTE);
  assertEquals(dueAfter(10 * MINUTE - 1_000, 10 * MINUTE + 5_000), 11 * MINUTE + 5_000);
  assertEquals(dueAfter(MINUTE, 4 * MINUTE), null);
});
