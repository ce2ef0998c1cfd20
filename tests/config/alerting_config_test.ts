import { assert, assertEquals, assertFalse, assertThrows } from "@std/assert";

import { ConfigError, formatConfigError } from "@/lib/config/config_error.ts";
import { createConfigFile } from "@/lib/config/config_file.ts";
import { parseConfig } from "@/lib/config/parse_config.ts";
import { MATCH_ALL } from "@/lib/domain/matcher.ts";
import type { MonitorConfig } from "@/lib/ports/monitor_config.ts";

import { FakeClock } from "../support/fake_clock.ts";
import { RecordedLog } from "../support/recorded_log.ts";
import { issuesOf } from "./issues_of.ts";

const KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const ENV: Readonly<Record<string, string>> = {
  HOOK_URL: "https://hooks.example.com/secret-path?token=secret-query",
  HOOK_SECRET: KEY,
  SMTP_PASSWORD: "secret-word",
  BROKEN: "secret-\nword",
  BROKEN_MAIL: "smtp://vitals:word@secret-host/word@mail.example.com",
};
const env = (name: string) => ENV[name];

const CPU = { name: "R", metric: "cpu", above: 85 };
const SILENCE = { name: "S", missingHeartbeat: "5s" };

function parse(file: unknown): MonitorConfig {
  return parseConfig(JSON.stringify(file), { env });
}

function rule(entry: unknown): MonitorConfig["rules"][number] | undefined {
  return parse({ rules: [entry] }).rules[0];
}

Deno.test("a rule may ask for a duration, keep firing, and have a second limit", () => {
  const threshold = rule({ ...CPU, for: "2m", keepFiringFor: "30s", critical: 95 });
  assert(threshold?.kind === "threshold");
  assertEquals(threshold.hold, { kind: "duration", durationMs: 120_000 });
  assertEquals([threshold.keepFiringForMs, threshold.critical], [30_000, 95]);
  const silence = rule({ ...SILENCE, critical: "30s", keepFiringFor: "1m" });
  assert(silence?.kind === "missingHeartbeat");
  assertEquals([silence.severity, silence.criticalMs], ["warning", 30_000]);
  assertEquals(silence.keepFiringForMs, 60_000);
});

Deno.test("a service overrides each of these", () => {
  const rules = [{ ...CPU, critical: 95 }, SILENCE];
  const overrides = {
    R: { for: "1m", keepFiringFor: "5s", critical: 97 },
    S: { critical: "1m", keepFiringFor: "2s" },
  };
  const services = [{ name: "a", rules: overrides }, {
    name: "b",
    rules: { R: { critical: false } },
  }];
  const [a, b] = parse({ rules, services }).services;
  const [threshold, silence] = a?.rules ?? [];
  assert(threshold?.kind === "threshold" && silence?.kind === "missingHeartbeat");
  assertEquals(threshold.hold, { kind: "duration", durationMs: 60_000 });
  assertEquals([threshold.critical, threshold.keepFiringForMs], [97, 5_000]);
  assertEquals([silence.criticalMs, silence.severity], [60_000, "warning"]);
  const [without] = b?.rules ?? [];
  assert(without?.kind === "threshold");
  assertEquals(without.critical, null);
});

Deno.test("rules that make no sense are named", async (t) => {
  const rows: readonly [name: string, entry: unknown, issue: string][] = [
    ["too long a hold", { ...CPU, for: "2d" }, 'rules[0].for: must be from 1s to 24h, got "2d"'],
    [
      "a critical limit on the good side",
      { ...CPU, critical: 80 },
      'rules[0].critical: must be above 85 and below 100: worse than "above" and in the range of cpu, got 80',
    ],
    [
      "a critical limit that cannot be exceeded",
      { ...CPU, critical: 100 },
      'rules[0].critical: must be above 85 and below 100: worse than "above" and in the range of cpu, got 100',
    ],
    [
      "two critical levels",
      { ...CPU, critical: 95, severity: "critical" },
      'rules[0].severity: must be "warning" where there is a "critical" limit',
    ],
    [
      "a critical silence that is shorter",
      { ...SILENCE, critical: "3s" },
      'rules[0].critical: must be longer than "missingHeartbeat", "5s", got "3s"',
    ],
    [
      "a number for a critical silence",
      { ...SILENCE, critical: 30 },
      'rules[0].critical: must be a duration such as "30s", got 30',
    ],
    [
      "too long kept",
      { ...CPU, keepFiringFor: "2d" },
      'rules[0].keepFiringFor: must be from 0s to 24h, got "2d"',
    ],
  ];
  for (const [name, entry, issue] of rows) {
    await t.step(name, () => assertEquals(issuesOf({ rules: [entry] }), [issue]));
  }
  await t.step("a duration for the critical limit of a threshold", () => {
    const services = [{ name: "a", rules: { R: { critical: "30s" } } }];
    const issues = issuesOf({ rules: [CPU], services });
    assertEquals(issues, ['services[0].rules.R.critical: must be a number, got "30s"']);
  });
});

Deno.test("a receiver has defaults that suit most", () => {
  const [receiver] = parse({ receivers: [{ name: "log", kind: "log" }] }).receivers;
  assertEquals(receiver, {
    name: "log",
    target: { kind: "log" },
    matcher: MATCH_ALL,
    minSeverity: "warning",
    repeatMs: 4 * 3_600_000,
    groupWaitMs: 2_000,
    groupIntervalMs: 60_000,
    sendResolved: true,
    rate: { count: 20, spanMs: 60_000 },
  });
});

Deno.test("every kind of receiver, its secrets from the environment", () => {
  const { receivers } = parse({
    receivers: [
      { name: "a", kind: "webhook", url: "${HOOK_URL}", secret: "${HOOK_SECRET}", repeat: false },
      { name: "b", kind: "slack", url: "https://hooks.example.com/b", match: { tag: "shop" } },
      { name: "c", kind: "discord", url: "https://hooks.example.com/c", rate: "5 in 10s" },
      { name: "d", kind: "ntfy", url: "https://ntfy.example.com/topic", token: "tk_1" },
      {
        ...{ name: "e", kind: "email", url: "smtp://vitals:${SMTP_PASSWORD}@mail.example.com" },
        ...{ from: "Vitals <vitals@example.com>", to: ["ops@example.com"] },
      },
    ],
  });
  const [a, b, c, d, e] = receivers;
  assert(a?.target.kind === "webhook" && d?.target.kind === "ntfy" && e?.target.kind === "email");
  assertEquals(a.target.url.reveal(), ENV.HOOK_URL);
  assertEquals([a.target.secret?.reveal(), a.repeatMs], [KEY, null]);
  assertEquals(b?.matcher, { ...MATCH_ALL, tag: "shop" });
  assertEquals(c?.rate, { count: 5, spanMs: 10_000 });
  assertEquals(d.target.token?.reveal(), "tk_1");
  assertEquals(e.target.url.reveal(), "smtp://vitals:secret-word@mail.example.com");
});

Deno.test("receivers that cannot be told are named, and their secrets are not", async (t) => {
  const hook = { name: "ops", kind: "webhook", url: "https://hooks.example.com/secret-path" };
  const mail = (url: string) => {
    return { name: "ops", kind: "email", url, from: "a@b", to: ["c@d"] };
  };
  const UNENDED = 'url: must end each "${" with the name of a variable and "}"';
  const NO_SPACE = "url: must be an address without spaces and line breaks";
  const NO_HOST = 'url: must name one host such as "hooks.example.com" or "10.0.0.7"';
  const NO_PATH = "url: must end with the host or its port; in a password / is written %2F, " +
    "? is %3F and # is %23";
  const rows: readonly [name: string, entry: unknown, issue: string][] = [
    [
      "no such kind",
      { name: "ops", kind: "pager" },
      'kind: must be "webhook", "slack", "discord", "ntfy", "email" or "log", got "pager"',
    ],
    [
      "a key of another kind",
      { ...hook, token: "x" },
      'token: unknown key; known are "name", "match", "minSeverity", "repeat", "groupWait", "groupInterval", "sendResolved", "rate", "kind", "url" and "secret"',
    ],
    [
      "no address",
      { name: "ops", kind: "slack" },
      'url: is missing; it must be an address such as "${OPS_HOOK_URL}"',
    ],
    ["no variable", { ...hook, url: "${NO_SUCH}" }, "url: the environment has no NO_SUCH"],
    [
      "another protocol",
      { ...hook, url: "ftp://secret-host/" },
      "url: must be an address that begins with http:// or https://",
    ],
    [
      "no address at all",
      { ...hook, url: "secret-text" },
      "url: must be an address that begins with http:// or https://",
    ],
    [
      "a number for an address",
      { ...hook, url: 5 },
      'url: must be an address such as "${OPS_HOOK_URL}"',
    ],
    [
      "a key that is none",
      { ...hook, secret: "secret-word" },
      'secret: must be "whsec_" and 24 to 64 bytes in base64',
    ],
    [
      "a short key",
      { ...hook, secret: "whsec_c2VjcmV0" },
      'secret: must be "whsec_" and 24 to 64 bytes in base64',
    ],
    [
      "no topic",
      { name: "ops", kind: "ntfy", url: "https://ntfy.example.com/" },
      "url: must name a topic, as in https://ntfy.sh/my-topic",
    ],
    [
      "a bad rate",
      { ...hook, rate: "20 per minute" },
      'rate: must be such as "20 in 1m", got "20 per minute"',
    ],
    ["too short a reminder", { ...hook, repeat: "5s" }, 'repeat: must be from 1m to 30d, got "5s"'],
    [
      "a mistyped condition",
      { ...hook, match: { servce: "a" } },
      'match.servce: unknown key; did you mean "service"?',
    ],
    ["no mail address", {
      name: "ops",
      kind: "email",
      url: "smtp://h",
      from: "vitals",
      to: ["a@b"],
    }, 'from: must be an address such as "Ops <ops@example.com>"'],
    [
      "a line break in a name",
      { ...mail("smtp://h"), from: "${BROKEN} <a@b>" },
      'from: must be an address such as "Ops <ops@example.com>"',
    ],
    [
      "a % that encodes nothing, in a topic",
      { name: "ops", kind: "ntfy", url: "https://ntfy.example.com/secret-50%off" },
      "url: must be an address in which % itself is written as %25",
    ],
    [
      "a % that encodes nothing, in a password",
      mail("smtp://a:secret-50%off@h"),
      "url: must be an address in which % itself is written as %25",
    ],
    ["half a variable", { ...hook, url: "https://secret-host/${HOOK_URL" }, UNENDED],
    ["a line break", { ...hook, url: "${HOOK_URL}${BROKEN}" }, NO_SPACE],
    ["a space", { ...hook, url: "https://secret-host/a b" }, NO_SPACE],
    ["two hosts", { ...hook, url: "https://secret-host,b/x" }, NO_HOST],
    ["any host", { ...hook, url: "https://*/secret-path" }, NO_HOST],
    ["a host for mail that is none", mail("smtp://%41secret-host"), NO_HOST],
    ["a host for mail beyond ASCII", mail("smtp://bücher.example"), NO_HOST],
    ["a password that ends an address", mail("${BROKEN_MAIL}"), NO_PATH],
    ["a #fragment for mail", mail("smtp://h#secret-word"), NO_PATH],
    [
      "a token that no header can hold",
      { name: "ops", kind: "ntfy", url: "https://ntfy.example.com/t", token: "${BROKEN}" },
      "token: must be characters of ASCII without spaces and line breaks",
    ],
  ];
  for (const [name, entry, issue] of rows) {
    await t.step(name, () => {
      const issues = issuesOf({ receivers: [entry] }, { env });
      assertEquals(issues, [`receivers[0].${issue}`]);
      assertFalse(issues.join().includes("secret-"), issues.join());
    });
  }
  await t.step("an address where none belongs", () => {
    const address = "https://hooks.example.com/secret-path";
    assertEquals(
      [address, { ...hook, [address]: 1 }, { ...hook, sendResolved: true, secrets: address }]
        .map((entry) => issuesOf({ receivers: [entry] })),
      [
        ['receivers[0]: must be an object such as { "name": "log", "kind": "log" }'],
        ["receivers[0]: has an unknown key, which is not shown"],
        ['receivers[0].secrets: unknown key; did you mean "secret"?'],
      ],
    );
  });
  await t.step("the same name twice", () => {
    const log = { name: "log", kind: "log" };
    const issues = issuesOf({ receivers: [log, log] });
    assertEquals(issues, ['receivers[1].name: "log" is taken by receivers[0]']);
  });
});

Deno.test("secrets are seen by receivers only: not in a print, in JSON, in errors or in the log", async () => {
  const config = parse({
    receivers: [{ name: "a", kind: "webhook", url: "${HOOK_URL}", secret: "${HOOK_SECRET}" }],
  });
  const wrong = JSON.stringify({
    receivers: [{ name: "a", kind: "webhook", url: "${HOOK_URL}#x", secret: "${HOOK_URL}" }],
  });
  const error = assertThrows(() => parseConfig(wrong, { env }), ConfigError);
  const log = new RecordedLog();
  const clock = new FakeClock();
  const texts = [JSON.stringify({ receivers: [] }), wrong];
  const file = await createConfigFile({
    ...{ path: "v.jsonc", required: true, clock, log, env },
    files: {
      read: () => Promise.resolve(new TextEncoder().encode(texts.shift() ?? wrong)),
      watch: () => ({ stop: () => Promise.resolve() }),
    },
  });
  file.start(() => {});
  await clock.advance(0);
  assertEquals(log.lines, ["error: config refused, the last good one stays"]);
  const seen = [
    Deno.inspect(config, { depth: 9 }),
    JSON.stringify(config),
    formatConfigError(error),
    String(error.stack),
    JSON.stringify(log.fields),
    file.problem()?.message,
  ].join("\n");
  await file.stop();
  for (const secret of ["secret-path", "secret-query", KEY]) {
    assertFalse(seen.includes(secret), seen);
  }
});

Deno.test("maintenance windows, once and each week", () => {
  const { maintenance } = parse({
    maintenance: [
      { name: "a", from: "2026-12-01T22:00:00+01:00", to: "2026-12-01T23:00:00Z" },
      { name: "b", from: "2026-12-01T22:00", to: "2026-12-02T02:00", timeZone: "Europe/Berlin" },
      { name: "c", every: ["sun", "mon"], at: "02:30", duration: "90m", reason: "backup" },
      { name: "d", every: "day", at: "00:00", duration: "1h", match: { service: "db-*" } },
    ],
  });
  const at = (text: string) => Date.parse(text);
  assertEquals(maintenance.map(({ schedule }) => schedule), [
    { kind: "once", startsAt: at("2026-12-01T21:00:00Z"), endsAt: at("2026-12-01T23:00:00Z") },
    { kind: "once", startsAt: at("2026-12-01T21:00:00Z"), endsAt: at("2026-12-02T01:00:00Z") },
    { kind: "weekly", days: [1, 7], startMinute: 150, durationMs: 5_400_000, timeZone: "UTC" },
    {
      ...{ kind: "weekly", days: [1, 2, 3, 4, 5, 6, 7], startMinute: 0 },
      ...{ durationMs: 3_600_000, timeZone: "UTC" },
    },
  ]);
  assertEquals(maintenance[3]?.matcher, { ...MATCH_ALL, service: "db-*" });
  assertEquals(maintenance[2]?.reason, "backup");
});

Deno.test("maintenance windows that make no sense are named", async (t) => {
  const weekly = { name: "a", every: "day", at: "02:00", duration: "1h" };
  const once = { name: "a", from: "2026-12-01T22:00:00Z", to: "2026-12-02T02:00:00Z" };
  const rows: readonly [name: string, entry: unknown, issue: string][] = [
    [
      "an unknown zone",
      { ...weekly, timeZone: "Europe/Berlim" },
      'timeZone: must be the name of a time zone such as "Europe/Berlin", got "Europe/Berlim"; did you mean "Europe/Berlin"?',
    ],
    [
      "a mistyped region of a zone",
      { ...weekly, timeZone: "Eurpe/Berlin" },
      'timeZone: must be the name of a time zone such as "Europe/Berlin", got "Eurpe/Berlin"; did you mean "Europe/Berlin"?',
    ],
    [
      "a city without its region",
      { ...weekly, timeZone: "berlin" },
      'timeZone: must be the name of a time zone such as "Europe/Berlin", got "berlin"; did you mean "Europe/Berlin"?',
    ],
    [
      "an instant for a zone",
      { ...weekly, timeZone: "2026-01-01T00:00+01:00[Europe/Berlin]" },
      'timeZone: must be the name of a time zone such as "Europe/Berlin", got "2026-01-01T00:00+01:00[Europe/Berlin]"',
    ],
    [
      "an instant of another zone than its own",
      { ...once, from: "2026-12-01T20:00[Asia/Tokyo]", timeZone: "Europe/Berlin" },
      'from: must be such as "2026-12-01T22:00:00+01:00", or without an offset beside a "timeZone", got "2026-12-01T20:00[Asia/Tokyo]"',
    ],
    ["no time of day", { ...weekly, at: "2 am" }, 'at: must be a time such as "02:00", got "2 am"'],
    [
      "longer than a week",
      { ...weekly, duration: "8d" },
      'duration: must be from 1m to 167h, got "8d"',
    ],
    [
      "an unknown day",
      { ...weekly, every: ["sunday"] },
      'every[0]: must be "day", or a list of "mon", "tue", "wed", "thu", "fri", "sat", "sun", got "sunday"',
    ],
    [
      "an end before the start",
      { ...once, to: "2026-12-01T21:00:00Z" },
      'to: must be after "from", "2026-12-01T22:00:00Z", got "2026-12-01T21:00:00Z"',
    ],
    [
      "an instant without a zone",
      { ...once, from: "2026-12-01T20:00" },
      'from: must be such as "2026-12-01T22:00:00+01:00", or without an offset beside a "timeZone", got "2026-12-01T20:00"',
    ],
    [
      "a day that does not exist",
      { ...once, from: "2026-02-30T20:00:00Z" },
      'from: must be such as "2026-12-01T22:00:00+01:00", or without an offset beside a "timeZone", got "2026-02-30T20:00:00Z"',
    ],
  ];
  for (const [name, entry, issue] of rows) {
    await t.step(name, () => {
      assertEquals(issuesOf({ maintenance: [entry] }), [`maintenance[0].${issue}`]);
    });
  }
});

Deno.test("alerting as a whole has defaults, and can be set", () => {
  assertEquals(parse({}).alerting, {
    flapping: { changes: 5, windowMs: 600_000 },
    parentGraceMs: 30_000,
  });
  const alerting = { flapping: { changes: 3, window: "1m" }, parentGrace: "2m" };
  assertEquals(parse({ alerting }).alerting, {
    flapping: { changes: 3, windowMs: 60_000 },
    parentGraceMs: 120_000,
  });
  assertEquals(issuesOf({ alerting: { parentGrace: "2h" } }), [
    'alerting.parentGrace: must be from 0s to 1h, got "2h"',
  ]);
});
