import { assertEquals } from "@std/assert";
import fc from "fast-check";

import { parseConfig } from "@/lib/config/parse_config.ts";
import { DEFAULT_RETENTION } from "@/lib/domain/retention.ts";
import type { HistoryConfig } from "@/lib/ports/monitor_config.ts";

import { issuesOf } from "./issues_of.ts";

const DAY_MS = 86_400_000;

function historyOf(history: unknown): HistoryConfig {
  return parseConfig(JSON.stringify({ history })).history;
}

Deno.test("resolveHistory() takes the default for each part that is left out", () => {
  const defaults = { path: null, retention: DEFAULT_RETENTION };
  assertEquals(historyOf(undefined), defaults);
  assertEquals(historyOf({}), defaults);
  assertEquals(historyOf({ retention: {} }), defaults);
  assertEquals(historyOf({ retention: { raw: "36h" } }).retention, {
    ...DEFAULT_RETENTION,
    rawMs: 1.5 * DAY_MS,
  });
});

Deno.test("resolveHistory() takes the folder and each retention at its word", () => {
  const retention = { raw: "1h", "10s": "1h", "1m": "8d", "1h": "10y" };
  assertEquals(historyOf({ path: "/var/lib/my vitals", retention }), {
    path: "/var/lib/my vitals",
    retention: {
      ...{ rawMs: 3_600_000, tenSecondsMs: 3_600_000 },
      ...{ minuteMs: 8 * DAY_MS, hourMs: 3_650 * DAY_MS },
    },
  });
  assertEquals(historyOf({ path: ":memory:" }).path, ":memory:");
});

Deno.test("resolveHistory() names what makes no sense", async (t) => {
  const A_PATH = 'must be the path of a folder, on one line and without commas, or ":memory:"';
  const rows: readonly [name: string, history: unknown, issues: readonly string[]][] = [
    ["another kind of value", "data", [
      'history: must be an object such as { "path": "data" }, got "data"',
    ]],
    ["no path", { path: "" }, [`history.path: ${A_PATH}, got ""`]],
    ["a path of two lines", { path: "a\nb" }, [`history.path: ${A_PATH}, got "a\\nb"`]],
    ["a path for two folders", { path: "a,b" }, [`history.path: ${A_PATH}, got "a,b"`]],
    ["a tier that there is not", { retention: { "10m": "30d" } }, [
      'history.retention.10m: unknown key; did you mean "10s"?',
    ]],
    ["a number", { retention: { raw: 24 } }, [
      'history.retention.raw: must be a duration such as "24h", got 24',
    ]],
    ["less than the windows need", { retention: { raw: "59m" } }, [
      'history.retention.raw: must be from 1h to 10y, got "59m"',
    ]],
    ["more than ten years", { retention: { "1h": "11y" } }, [
      'history.retention.1h: must be from 1h to 10y, got "11y"',
    ]],
    ["a tier shorter than the one before", { retention: { raw: "48h", "10s": "1d" } }, [
      'history.retention.10s: must not be shorter than "raw", "48h", got "1d"',
    ]],
    ["a tier longer than the next is by default", { retention: { raw: "14d" } }, [
      'history.retention.10s: must not be shorter than "raw", "14d", got "7d" by default',
    ]],
    ["a tier shorter than the one before is by default", { retention: { "1h": "10d" } }, [
      'history.retention.1h: must not be shorter than "1m", "30d" by default, got "10d"',
    ]],
    ["each pair", { retention: { raw: "5d", "10s": "4d", "1m": "3d", "1h": "2d" } }, [
      'history.retention.10s: must not be shorter than "raw", "5d", got "4d"',
      'history.retention.1m: must not be shorter than "10s", "4d", got "3d"',
      'history.retention.1h: must not be shorter than "1m", "3d", got "2d"',
    ]],
  ];
  for (const [name, history, issues] of rows) {
    await t.step(name, () => assertEquals(issuesOf({ history }), issues));
  }
});

Deno.test("resolveHistory() takes exactly what is in bounds and in order", () => {
  const hours = fc.integer({ min: 0, max: 20 });
  fc.assert(fc.property(fc.tuple(hours, hours, hours, hours), ([raw, ten, minute, hour]) => {
    const all = [raw, ten, minute, hour];
    const retention = { raw: `${raw}h`, "10s": `${ten}h`, "1m": `${minute}h`, "1h": `${hour}h` };
    const isGood = raw >= 1 && all.every((each, index) => each >= (all[index - 1] ?? 0));
    assertEquals(issuesOf({ history: { retention } }).length === 0, isGood);
  }));
});
