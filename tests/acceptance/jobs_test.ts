import { assert, assertEquals } from "@std/assert";

import { parseConfig } from "@/lib/config/parse_config.ts";
import type { MonitorConfig } from "@/lib/ports/monitor_config.ts";

import { receiverConfig } from "../support/receiver_config.ts";
import { Lives } from "./lives.ts";
import { Timeline } from "./timeline.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function configured(source: Readonly<Record<string, unknown>>): MonitorConfig {
  const services = [{ name: "backup", source: { kind: "heartbeat", ...source } }];
  const config = parseConfig(JSON.stringify({ services }));
  return { ...config, receivers: [receiverConfig("ops", { groupWaitMs: 2_000 })] };
}

/** The clock of a timeline starts at some instant of the day: this is the crontab of three hours later. */
function nightly(now: number): Readonly<Record<string, unknown>> {
  const at = new Date(now + 3 * HOUR);
  return { cron: `${at.getUTCMinutes()} ${at.getUTCHours()} * * *`, grace: "30m", maxRun: "2h" };
}

Deno.test("a job of each day: in time, late, missing, failed and well again, told once each", async () => {
  const { clock } = new Timeline();
  const line = new Timeline(configured(nightly(clock.now())));
  const startMinuteMs = clock.now() % MINUTE;
  const { monitor: { jobs } } = line;
  const succeed = () => jobs.end("backup", { run: "", failure: null });
  // The first run, in time.
  await line.quiet(3 * HOUR - startMinuteMs + 5 * SECOND);
  jobs.start("backup", "");
  await line.quiet(10 * MINUTE);
  succeed();
  assertEquals([line.status("backup"), line.story], ["HEALTHY", []]);
  // The second one does not come for an hour.
  await line.quiet(DAY - 10 * MINUTE + 24 * SECOND);
  assertEquals(line.status("backup"), "HEALTHY");
  await line.quiet(SECOND);
  assertEquals(line.status("backup"), "DEGRADED");
  await line.quiet(29 * MINUTE + 29 * SECOND);
  assertEquals(line.status("backup"), "DEGRADED");
  await line.quiet(SECOND);
  assertEquals(line.status("backup"), "DOWN");
  await line.quiet(30 * MINUTE);
  jobs.end("backup", { run: "", failure: { reason: "exit 1", detail: "exit 1: no disk" } });
  await line.quiet(10 * SECOND);
  assertEquals(line.status("backup"), "DEGRADED");
  assertEquals(line.screen?.services.get("backup")?.failure?.detail, "exit 1: no disk");
  succeed();
  await line.quiet(10 * SECOND);
  assertEquals(line.status("backup"), "HEALTHY");
  assertEquals(line.told.map((each) => each.replace(/^\S+ /, "")), [
    "ops first backup: SERVICE_DOWN",
    "ops escalated backup: SERVICE_DOWN",
    "ops escalated backup: JOB_FAILED",
    "ops resolved backup: SERVICE_DOWN+JOB_FAILED",
  ]);
});

Deno.test("a run under way survives a restart, and so does why the last one failed", async () => {
  const lives = new Lives(configured({ expectEvery: "1h", maxRun: "10m" }));
  lives.monitor.jobs.end("backup", { run: "", failure: { reason: "exit 3", detail: "exit 3" } });
  await lives.clock.advance(MINUTE);
  lives.monitor.jobs.start("backup", "");
  const startedAt = lives.clock.now();
  await lives.clock.advance(MINUTE);
  await lives.restart(5 * SECOND);
  const view = lives.monitor.collector.service("backup");
  assert(view?.source.kind === "heartbeat");
  assertEquals(view.source.runs, [{ id: "", startedAt }]);
  assertEquals([view.failure?.reason, view.status], ["exit 3", "DEGRADED"]);
  await lives.clock.advance(MINUTE);
  lives.monitor.jobs.end("backup", { run: "", failure: null });
  const after = lives.monitor.collector.service("backup");
  assertEquals([after?.metrics.duration?.value, after?.status, after?.failure], [
    ...[125, "HEALTHY", null],
  ]);
});

Deno.test("a run that is too long is noticed by the process after a restart", async () => {
  const lives = new Lives(configured({ expectEvery: "1h", maxRun: "10m" }));
  lives.monitor.jobs.start("backup", "");
  await lives.clock.advance(SECOND);
  await lives.restart(5 * SECOND);
  await lives.clock.advance(10 * MINUTE - 7 * SECOND);
  assertEquals(lives.monitor.collector.alertsOf("backup"), []);
  await lives.clock.advance(SECOND);
  assertEquals(lives.monitor.collector.alertsOf("backup").map(({ rule }) => rule), ["JOB_FAILED"]);
});

Deno.test("a run whose end may have been lost is not called too long", async () => {
  const lives = new Lives(configured({ expectEvery: "1d", maxRun: "10m" }));
  lives.monitor.jobs.start("backup", "");
  await lives.clock.advance(SECOND);
  await lives.restart(20 * MINUTE);
  await lives.clock.advance(HOUR - SECOND);
  assertEquals(lives.monitor.collector.alertsOf("backup"), []);
  lives.monitor.jobs.end("backup", { run: "", failure: null });
  assertEquals(lives.monitor.collector.service("backup")?.metrics.duration?.value, 80 * 60);
});

Deno.test("a job that died is missing though Vitals is restarted each hour", async () => {
  const lives = new Lives(configured({ expectEvery: "1d" }));
  lives.monitor.jobs.end("backup", { run: "", failure: null });
  for (let hour = 1; hour < 24; hour++) {
    await lives.clock.advance(HOUR - 5 * SECOND);
    await lives.restart(5 * SECOND);
    assertEquals(lives.monitor.collector.service("backup")?.status, "HEALTHY");
  }
  await lives.clock.advance(HOUR + 29 * SECOND);
  assertEquals(lives.monitor.collector.service("backup")?.status, "HEALTHY");
  await lives.clock.advance(SECOND);
  assertEquals(lives.monitor.collector.service("backup")?.status, "DEGRADED");
  await lives.restart(5 * SECOND);
  await lives.clock.advance(5 * MINUTE);
  assertEquals(lives.monitor.collector.service("backup")?.status, "DOWN");
  assertEquals(lives.told, ["first SERVICE_DOWN", "escalated SERVICE_DOWN"]);
});

Deno.test("a job that was due while Vitals was away for long is given a new turn", async () => {
  const lives = new Lives(configured({ expectEvery: "1h" }));
  lives.monitor.jobs.end("backup", { run: "", failure: null });
  await lives.clock.advance(50 * MINUTE);
  await lives.restart(20 * MINUTE);
  assertEquals(lives.monitor.collector.service("backup")?.status, "UNKNOWN");
  await lives.clock.advance(HOUR);
  assertEquals(lives.told, []);
  await lives.clock.advance(6 * MINUTE);
  assertEquals(lives.told, ["first SERVICE_DOWN", "escalated SERVICE_DOWN"]);
});

Deno.test("a ping at the very instant at which a job is late is in time", async () => {
  const line = new Timeline(configured({ expectEvery: "1h", grace: "5m" }));
  const { jobs } = line.monitor;
  for (let run = 0; run < 3; run++) {
    jobs.end("backup", { run: "", failure: null });
    await line.quiet(HOUR + 30 * SECOND - 1);
  }
  jobs.end("backup", { run: "", failure: null });
  await line.quiet(HOUR);
  assertEquals(line.story, []);
});

Deno.test("a ping a little early is that of the time that comes, one that is earlier is not", async () => {
  const { clock } = new Timeline();
  const line = new Timeline(configured(nightly(clock.now())));
  const dueMs = 3 * HOUR - clock.now() % MINUTE;
  await line.quiet(dueMs - 10 * SECOND);
  line.monitor.jobs.end("backup", { run: "", failure: null });
  await line.quiet(DAY - MINUTE);
  assertEquals(line.status("backup"), "HEALTHY");
  // By hand, well before the time: the next one is expected all the same.
  line.monitor.jobs.end("backup", { run: "", failure: null });
  await line.quiet(2 * MINUTE);
  assertEquals(line.status("backup"), "DEGRADED");
});

Deno.test("a job of each week is missing though Vitals is restarted each day", async () => {
  const lives = new Lives(configured({ expectEvery: "7d", grace: "1h" }));
  lives.monitor.jobs.end("backup", { run: "", failure: null });
  for (let day = 1; day < 7; day++) {
    await lives.clock.advance(DAY - 10 * MINUTE);
    await lives.restart(10 * MINUTE);
    assertEquals(lives.monitor.collector.service("backup")?.status, "HEALTHY");
  }
  await lives.clock.advance(DAY + 29 * SECOND);
  assertEquals(lives.told, []);
  await lives.clock.advance(HOUR + SECOND);
  assertEquals(lives.told, ["first SERVICE_DOWN", "escalated SERVICE_DOWN"]);
});

Deno.test("a run under way goes on through a change of its job, and ends with another source", async () => {
  const config = configured({ expectEvery: "1h", maxRun: "10m" });
  const line = new Timeline(config);
  const runs = () => {
    const source = line.monitor.collector.service("backup")?.source;
    return source?.kind === "heartbeat" ? source.runs.length : null;
  };
  line.monitor.jobs.start("backup", "a");
  line.monitor.jobs.start("backup", "b");
  await line.monitor.reconfigure(configured({ expectEvery: "2h", maxRun: "10m" }));
  assertEquals(runs(), 2);
  const [job] = config.services;
  assert(job !== undefined);
  await line.monitor.reconfigure({ ...config, services: [{ ...job, source: { kind: "push" } }] });
  assertEquals(line.monitor.jobs.end("backup", { run: "a", failure: null }), null);
  await line.monitor.reconfigure(config);
  assertEquals(runs(), 0);
  line.monitor.jobs.end("backup", { run: "", failure: null });
  await line.quiet(30 * MINUTE);
  assertEquals(line.status("backup"), "HEALTHY");
});

Deno.test("a job of each day is not called late because the clock is set", async (t) => {
  for (const byMs of [HOUR, -HOUR, DAY, -DAY]) {
    for (const source of ["cron", "every"]) {
      await t.step(`${source}, ${byMs}`, async () => {
        const { clock } = new Timeline();
        const every = { expectEvery: "1d", grace: "30m" };
        const line = new Timeline(configured(source === "cron" ? nightly(clock.now()) : every));
        await line.quiet(3 * HOUR);
        line.monitor.jobs.end("backup", { run: "", failure: null });
        await line.quiet(12 * HOUR);
        line.clock.step(byMs);
        await line.quiet(10 * HOUR);
        assertEquals([line.status("backup"), line.story], ["HEALTHY", []]);
      });
    }
  }
});
