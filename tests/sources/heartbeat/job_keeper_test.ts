import { assert, assertEquals } from "@std/assert";

import { Collector } from "@/lib/collector/collector.ts";
import { parseConfig } from "@/lib/config/parse_config.ts";
import type { JobDesk } from "@/lib/ports/job_desk.ts";
import type { SourceFailure } from "@/lib/ports/sample_source.ts";
import { JobKeeper } from "@/lib/sources/heartbeat/job_keeper.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

const MINUTE = 60_000;
const SUCCESS = { run: "", failure: null };
const EXIT_3 = { reason: "exit 3", detail: "exit 3: disk full" };

/** A collector with one job, and what follows its runs. */
class Jobs {
  readonly clock = new FakeClock();
  readonly collector: Collector;
  readonly desk: JobDesk & { follow(): void; stop(): void };
  readonly failures: (SourceFailure | null)[] = [];

  constructor(source: Readonly<Record<string, string>> = {}) {
    const job = { kind: "heartbeat", expectEvery: "1h", grace: "5m", maxRun: "2m", ...source };
    const services = [{ name: "backup", source: job }, { name: "checkout" }];
    const config = parseConfig(JSON.stringify({ services }));
    this.collector = new Collector({ clock: this.clock, config, publish: () => {} });
    this.desk = new JobKeeper({
      clock: this.clock,
      state: this.collector,
      failures: {
        noteFailure: (service, failure) => {
          this.failures.push(failure);
          this.collector.noteFailure(service, failure);
        },
      },
    });
  }

  get view() {
    const view = this.collector.service("backup");
    assert(view?.source.kind === "heartbeat");
    return { ...view, runs: view.source.runs };
  }

  get alerts(): string[] {
    return this.collector.alertsOf("backup").map(({ rule, state }) => `${rule} ${state}`);
  }
}

Deno.test("JobKeeper measures how long a run took", async () => {
  const { clock, desk, view, collector } = new Jobs();
  assertEquals(view.runs, []);
  assertEquals(desk.start("backup", "")?.kind, "accepted");
  const since = clock.now();
  const source = () => collector.service("backup")?.source;
  assertEquals(source(), {
    ...{ kind: "heartbeat", about: "every 1 h" },
    runs: [{ id: "", startedAt: since }],
  });
  await clock.advance(12_340);
  assertEquals(desk.end("backup", SUCCESS)?.kind, "accepted");
  const metrics = collector.service("backup")?.metrics;
  assertEquals([metrics?.duration?.value, metrics?.errorRate?.value], [12.34, 0]);
  assertEquals(source(), { kind: "heartbeat", about: "every 1 h", runs: [] });
});

Deno.test("JobKeeper takes an end whose beginning it does not know", () => {
  const jobs = new Jobs();
  jobs.desk.end("backup", SUCCESS);
  assertEquals(Object.keys(jobs.view.metrics), ["errorRate"]);
});

Deno.test("JobKeeper tells runs apart that overlap", async () => {
  const jobs = new Jobs();
  jobs.desk.start("backup", "a");
  await jobs.clock.advance(10_000);
  jobs.desk.start("backup", "b");
  await jobs.clock.advance(5_000);
  jobs.desk.end("backup", { run: "a", failure: null });
  assertEquals(jobs.view.metrics.duration?.value, 15);
  assertEquals(jobs.view.runs.map(({ id }) => id), ["b"]);
  jobs.desk.end("backup", { run: "b", failure: null });
  assertEquals(jobs.view.metrics.duration?.value, 5);
});

Deno.test("JobKeeper fires with the first failure, says why until a run succeeds", async () => {
  const jobs = new Jobs();
  jobs.desk.end("backup", { run: "", failure: EXIT_3 });
  assertEquals([jobs.alerts, jobs.view.status], [["JOB_FAILED firing"], "DEGRADED"]);
  assertEquals(jobs.view.failure?.detail, EXIT_3.detail);
  await jobs.clock.advance(MINUTE);
  jobs.desk.start("backup", "");
  assertEquals([jobs.alerts, jobs.view.failure?.reason], [["JOB_FAILED firing"], "exit 3"]);
  await jobs.clock.advance(1_000);
  jobs.desk.end("backup", SUCCESS);
  assertEquals([jobs.alerts, jobs.view.failure, jobs.view.status], [[], null, "HEALTHY"]);
  assertEquals(jobs.failures, [EXIT_3, null]);
});

Deno.test("JobKeeper calls a run too long at the very instant, which is no sign of life", async () => {
  const jobs = new Jobs();
  jobs.desk.start("backup", "");
  const heardAt = jobs.clock.now();
  await jobs.clock.advance(2 * MINUTE - 1);
  assertEquals(jobs.alerts, []);
  await jobs.clock.advance(1);
  assertEquals(jobs.alerts, ["JOB_FAILED firing"]);
  assertEquals(jobs.failures, [
    { reason: "too long", detail: "The run that began 2 min ago is not over" },
  ]);
  assertEquals(jobs.view.lastHeartbeat, heardAt);
  await jobs.clock.advance(58 * MINUTE + 30_000);
  assertEquals(jobs.alerts.sort(), ["JOB_FAILED firing", "SERVICE_DOWN firing"]);
});

Deno.test("JobKeeper tells of a run that is too long once, and takes its end all the same", async () => {
  const jobs = new Jobs();
  jobs.desk.start("backup", "");
  await jobs.clock.advance(10 * MINUTE);
  assertEquals(jobs.failures.length, 1);
  jobs.desk.end("backup", SUCCESS);
  assertEquals([jobs.alerts, jobs.view.metrics.duration?.value], [[], 600]);
});

Deno.test("JobKeeper calls one of two overlapping runs too long though the other just ended well", async () => {
  const jobs = new Jobs();
  jobs.desk.start("backup", "a");
  await jobs.clock.advance(MINUTE);
  jobs.desk.start("backup", "b");
  jobs.desk.end("backup", { run: "b", failure: null });
  await jobs.clock.advance(MINUTE);
  assertEquals(jobs.alerts, ["JOB_FAILED firing"]);
  assertEquals(jobs.view.runs.map(({ id }) => id), ["a"]);
});

Deno.test("JobKeeper takes nothing from what is no job", () => {
  const { desk, collector } = new Jobs();
  for (const service of ["checkout", "nobody"]) {
    assertEquals([desk.start(service, ""), desk.end(service, SUCCESS)], [null, null]);
  }
  assertEquals(collector.counters().accepted, 0);
});

Deno.test("JobKeeper measures by time that passed, also when the clock is set meanwhile", async () => {
  const jobs = new Jobs();
  jobs.desk.start("backup", "");
  await jobs.clock.advance(MINUTE);
  jobs.clock.step(-3_600_000);
  await jobs.clock.advance(30_000);
  assertEquals(jobs.failures, []);
  jobs.desk.end("backup", SUCCESS);
  assertEquals(jobs.view.metrics.duration?.value, 90);
});

Deno.test("JobKeeper is silent once it is stopped", async () => {
  const jobs = new Jobs();
  jobs.desk.start("backup", "");
  jobs.desk.stop();
  await jobs.clock.advance(10 * MINUTE);
  assertEquals(jobs.failures, []);
  jobs.collector.stop();
  assertEquals(jobs.clock.pending, 0);
});
