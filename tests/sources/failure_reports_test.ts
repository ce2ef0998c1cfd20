import { assertEquals } from "@std/assert";

import type { SourceFailure } from "@/lib/ports/sample_source.ts";
import { FailureReports } from "@/lib/sources/failure_reports.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { RecordedLog } from "@/tests/support/recorded_log.ts";

const MINUTE_MS = 60_000;

/** Reports on a clock of their own; `told` is the log in short, with the minutes. */
class Reporting {
  readonly clock = new FakeClock();
  readonly log = new RecordedLog();
  readonly shown: [service: string, failure: SourceFailure | null][] = [];
  readonly reports = new FailureReports({
    ...{ clock: this.clock, log: this.log },
    sink: { noteFailure: (service, failure) => void this.shown.push([service, failure]) },
  });

  fail(reason: string, service = "shop"): void {
    this.reports.noteFailure(service, { reason, detail: `${reason} of ${service}` });
  }

  succeed(service = "shop"): void {
    this.reports.noteFailure(service, null);
  }

  get told(): string[] {
    return this.log.lines.map((line, index) => {
      const { service = "", reason, unlogged, failedForMs, count } = this.log.fields[index] ?? {};
      return [line, service, reason, unlogged, failedForMs, count].filter((word) =>
        word !== undefined
      ).join(" ");
    });
  }
}

Deno.test("FailureReports passes all on to be shown", () => {
  const it = new Reporting();
  for (let times = 0; times < 3; times++) it.fail("timeout");
  it.succeed();
  const failure = { reason: "timeout", detail: "timeout of shop" };
  assertEquals(it.shown, [["shop", failure], ["shop", failure], ["shop", failure], ["shop", null]]);
});

Deno.test("FailureReports logs a failure once, and reminds of it after an hour", async () => {
  const it = new Reporting();
  for (let minute = 0; minute <= 61; minute++) {
    it.fail("timeout");
    await it.clock.advance(MINUTE_MS);
  }
  assertEquals(it.told, [
    "warn: source failed shop timeout 0",
    "warn: source failed shop timeout 59",
  ]);
  assertEquals(it.log.fields[0]?.["detail"], "timeout of shop");
});

Deno.test("FailureReports logs another reason, but not more than once a minute", async () => {
  const it = new Reporting();
  for (const reason of ["timeout", "refused", "dns"]) {
    it.fail(reason);
    await it.clock.advance(MINUTE_MS / 2);
  }
  assertEquals(it.told, [
    "warn: source failed shop timeout 0",
    "warn: source failed shop dns 1",
  ]);
});

Deno.test("FailureReports logs the recovery, and for how long it has failed", async () => {
  const it = new Reporting();
  it.succeed();
  it.fail("timeout");
  await it.clock.advance(5 * MINUTE_MS);
  for (let times = 0; times < 3; times++) it.succeed();
  it.fail("timeout");
  assertEquals(it.told, [
    "warn: source failed shop timeout 0",
    "info: source recovered shop 300000",
    "warn: source failed shop timeout 0",
  ]);
});

Deno.test("FailureReports logs a quick recovery a minute later, as long as it was", async () => {
  const it = new Reporting();
  it.fail("timeout");
  await it.clock.advance(10_000);
  it.succeed();
  await it.clock.advance(MINUTE_MS);
  it.succeed();
  assertEquals(it.told, [
    "warn: source failed shop timeout 0",
    "info: source recovered shop 10000",
  ]);
});

Deno.test("FailureReports logs what fails every other time at most once a minute", async () => {
  const it = new Reporting();
  for (let second = 0; second < 180; second++) {
    if (second % 2 === 0) it.fail("timeout");
    else it.succeed();
    await it.clock.advance(1_000);
  }
  assertEquals(it.told, [
    "warn: source failed shop timeout 0",
    "warn: source failed shop timeout 29",
    "warn: source failed shop timeout 29",
  ]);
});

Deno.test("FailureReports keeps services apart", async () => {
  const it = new Reporting();
  it.fail("timeout", "a");
  it.fail("timeout", "b");
  await it.clock.advance(MINUTE_MS);
  it.succeed("a");
  assertEquals(it.told, [
    "warn: source failed a timeout 0",
    "warn: source failed b timeout 0",
    "info: source recovered a 60000",
  ]);
});

Deno.test("FailureReports writes few lines when everything fails at once, and says how many are not there", async () => {
  const it = new Reporting();
  for (let turn = 0; turn < 2; turn++) {
    for (let index = 0; index < 250; index++) it.fail("timeout", `s${index}`);
    assertEquals(it.log.lines.length, 100);
  }
  await it.clock.advance(MINUTE_MS);
  it.succeed("s200");
  it.fail("timeout", "s201");
  assertEquals(it.told.slice(100), [
    "warn: sources failed that were not logged  300",
    "warn: source failed s201 timeout 2",
  ]);
});

Deno.test("FailureReports remembers ten thousand services, the latest ones", async () => {
  const it = new Reporting();
  it.fail("timeout", "first");
  for (let index = 0; index < 10_000; index++) it.fail("timeout", `s${index}`);
  await it.clock.advance(MINUTE_MS);
  it.succeed("first");
  assertEquals(it.told.filter((line) => line.includes("recovered")), []);
  it.succeed("s1");
  assertEquals(it.told.filter((line) => line.includes("recovered")).length, 1);
});

Deno.test("FailureReports cuts a sentence that never ends, and leaves half a character out", () => {
  const it = new Reporting();
  it.reports.noteFailure("shop", { reason: "body", detail: "x".repeat(298) + "🙂".repeat(5_000) });
  const [[, shown] = []] = it.shown;
  assertEquals(shown?.detail, "x".repeat(298) + "…");
  assertEquals(it.log.fields[0]?.detail, shown?.detail);
});

Deno.test("FailureReports counts how long it failed in time that passed, also when the clock is set", async () => {
  for (const byMs of [-86_400_000, 86_400_000]) {
    const reporting = new Reporting();
    reporting.fail("timeout");
    reporting.clock.step(byMs);
    await reporting.clock.advance(3 * MINUTE_MS);
    reporting.succeed();
    assertEquals(reporting.log.fields.at(-1)?.failedForMs, 3 * MINUTE_MS);
  }
});
