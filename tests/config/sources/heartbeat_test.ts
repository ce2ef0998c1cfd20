import { assert, assertEquals } from "@std/assert";

import { parseConfig } from "@/lib/config/parse_config.ts";
import type { HeartbeatConfig } from "@/lib/ports/source_config.ts";

import { issuesOf } from "../issues_of.ts";

function job(source: Readonly<Record<string, unknown>>, rules: unknown = {}) {
  return { services: [{ name: "backup", source: { kind: "heartbeat", ...source }, rules }] };
}

function sourceOf(source: Readonly<Record<string, unknown>>): HeartbeatConfig {
  const [service] = parseConfig(JSON.stringify(job(source))).services;
  assert(service?.source.kind === "heartbeat");
  return service.source;
}

Deno.test("resolveHeartbeat() takes a distance between signs of life", () => {
  assertEquals(sourceOf({ expectEvery: "1h" }), {
    ...{ kind: "heartbeat", about: "every 1 h", hosts: [], silenceMs: 3_630_000 },
    schedule: { kind: "every", everyMs: 3_600_000, slackMs: 30_000, graceMs: 300_000 },
    maxRunMs: 300_000,
  });
});

Deno.test("resolveHeartbeat() takes a cron expression", () => {
  const source = { cron: "0 3 * * *", timeZone: "Europe/Berlin", grace: "30m", maxRun: "2h" };
  assertEquals(sourceOf(source), {
    ...{ kind: "heartbeat", about: "0 3 * * * Europe/Berlin", hosts: [], silenceMs: 86_430_000 },
    schedule: {
      ...{ kind: "cron", cron: "0 3 * * *", timeZone: "Europe/Berlin" },
      ...{ slackMs: 30_000, graceMs: 1_800_000 },
    },
    maxRunMs: 7_200_000,
  });
  assertEquals(sourceOf({ cron: "@daily" }).about, "@daily UTC");
});

Deno.test("resolveHeartbeat() takes less for no lateness where jobs run often, or may be little late", () => {
  assertEquals(sourceOf({ expectEvery: "10s" }).schedule.slackMs, 2_500);
  assertEquals(sourceOf({ expectEvery: "1h", grace: "10s" }).schedule.slackMs, 5_000);
  assertEquals(sourceOf({ cron: "* * * * *" }).schedule.slackMs, 15_000);
});

Deno.test("resolveHeartbeat() says what is wrong, and where", async (t) => {
  const at = "services[0].source";
  const fields = 'must be the five fields of a crontab such as "0 3 * * *", or such as "@daily"';
  const rows: [source: Readonly<Record<string, unknown>>, issues: string[]][] = [
    [{}, [`${at}: must have either "expectEvery" or "cron", got neither`]],
    [{ expectEvery: "1h", cron: "@daily" }, [
      `${at}: must have either "expectEvery" or "cron", got both`,
    ]],
    [{ expectEvery: "1h", timeZone: "UTC" }, [
      `${at}.timeZone: does not fit: it is the zone of "cron", which is left out`,
    ]],
    [{ expectEvery: "hourly" }, [
      `${at}.expectEvery: must be a duration such as "1h", got "hourly"`,
    ]],
    [{ expectEvery: "3y" }, [`${at}.expectEvery: must be from 1s to 2y, got "3y"`]],
    [{ expectEvery: "1h", grace: "0s" }, [`${at}.grace: must be from 1s to 30d, got "0s"`]],
    [{ expectEvery: "1h", maxRun: "60d" }, [`${at}.maxRun: must be from 1s to 30d, got "60d"`]],
    [{ cron: "0 3 * *" }, [`${at}.cron: ${fields}, got "0 3 * *"`]],
    [{ cron: "0 0 30 2 *" }, [`${at}.cron: must name a time that comes, got "0 0 30 2 *"`]],
    [{ cron: "0 25 * * *", timeZone: "Europe/Belin" }, [
      `${at}.cron: must be a cron expression such as "0 3 * * *" (Invalid value for hour: 25), ` +
      'got "0 25 * * *"',
      `${at}.timeZone: must be the name of a time zone such as "Europe/Berlin", got "Europe/Belin"; ` +
      'did you mean "Europe/Berlin"?',
    ]],
    [{ expectEvery: "1h", gracee: "5m" }, [
      `${at}.gracee: unknown key; did you mean "grace"?`,
    ]],
  ];
  for (const [source, issues] of rows) {
    await t.step(JSON.stringify(source), () => assertEquals(issuesOf(job(source)), issues));
  }
});

const EVERY_HOUR = { expectEvery: "1h", grace: "5m" };

function rulesOf(rules: unknown, others: Readonly<Record<string, unknown>> = {}) {
  const { services } = parseConfig(JSON.stringify({ ...job(EVERY_HOUR, rules), ...others }));
  return services[0]?.rules ?? [];
}

function namesOf(rules: unknown, others: Readonly<Record<string, unknown>> = {}): string[] {
  return rulesOf(rules, others).map(({ name }) => name);
}

function silenceOf(rules: unknown, others: Readonly<Record<string, unknown>> = {}): unknown[] {
  return rulesOf(rules, others).flatMap((rule) =>
    rule.kind === "missingHeartbeat"
      ? [[rule.severity, rule.limitMs, rule.criticalMs, rule.schedule?.kind ?? null]]
      : []
  );
}

Deno.test("a job is late as a warning, and missing as critical", async (t) => {
  const silent = [{ name: "QUIET", missingHeartbeat: "1m" }];
  const rows: [name: string, found: unknown[], wanted: unknown[]][] = [
    ["by default", silenceOf({}), [["warning", 3_630_000, 3_900_000, "every"]]],
    ["without any rules", silenceOf({}, { rules: [] }), [
      ["warning", 3_630_000, 3_900_000, "every"],
    ]],
    ["by a rule of another name", silenceOf({}, { rules: silent }), [
      ["warning", 3_630_000, 3_900_000, "every"],
    ]],
    ["missing alone", silenceOf({ SERVICE_DOWN: { severity: "critical" } }), [
      ["critical", 3_900_000, null, "every"],
    ]],
    ["late alone", silenceOf({ SERVICE_DOWN: { severity: "warning" } }), [
      ["warning", 3_630_000, null, "every"],
    ]],
    ["with a limit of its own", silenceOf({ SERVICE_DOWN: { missingHeartbeat: "2h" } }), [
      ["critical", 7_200_000, null, null],
    ]],
    ["not at all", silenceOf({ SERVICE_DOWN: false }), []],
  ];
  for (const [name, found, wanted] of rows) await t.step(name, () => assertEquals(found, wanted));
});

Deno.test("a job has a rule for runs that fail in the place of the one for requests that do", () => {
  const usual = ["HIGH_CPU", "HIGH_MEMORY", "HIGH_LATENCY", "SERVICE_DOWN"];
  assertEquals(namesOf({}), [...usual, "JOB_FAILED"]);
  assertEquals(namesOf({ JOB_FAILED: false }), usual);
  assertEquals(namesOf({ HIGH_ERROR_RATE: {} }).includes("HIGH_ERROR_RATE"), true);
  const failed = rulesOf({ JOB_FAILED: { for: 2, severity: "warning" } }).at(-1);
  assert(failed?.kind === "threshold");
  assertEquals([failed.limit, failed.severity, failed.hold, failed.says], [
    ...[0, "warning", { kind: "samples", breaches: 2, of: 2 }, "the last run failed"],
  ]);
  const own = [{ name: "JOB_FAILED", metric: "errorRate", above: 50 }];
  assertEquals(namesOf({}, { rules: own }), ["JOB_FAILED", "SERVICE_DOWN"]);
});

Deno.test("rules of jobs are not known to what is no job", () => {
  const file = { services: [{ name: "checkout", rules: { JOB_FAILED: false } }] };
  assertEquals(issuesOf(file).length, 1);
});

Deno.test("how long runs take is a metric where there are jobs", () => {
  const ids = (file: unknown) => parseConfig(JSON.stringify(file)).metrics.map(({ id }) => id);
  const builtIn = ["cpu", "memory", "latency", "errorRate"];
  assertEquals(ids({}), builtIn);
  assertEquals(ids(job(EVERY_HOUR)), [...builtIn, "duration"]);
  const metrics = [{ id: "duration", label: "Own" }];
  assertEquals(ids({ metrics }), [...builtIn, "duration"]);
  assertEquals(issuesOf({ ...job(EVERY_HOUR), metrics }), ["metrics[0].id: duration is built in"]);
});
