import { assertEquals } from "@std/assert";

import { describeBadge, parseBadgeQuery } from "@/lib/protocol/status_badge.ts";
import { AT, daysOf, serviceOf } from "@/tests/support/status_views.ts";

const DAY = 86_400_000;

Deno.test("parseBadgeQuery() takes what is documented", async (t) => {
  const rows: [query: string, parsed: ReturnType<typeof parseBadgeQuery>][] = [
    ["", { kind: "status", label: null }],
    ["label=Shop", { kind: "status", label: "Shop" }],
    ["show=uptime", { kind: "uptime", days: 30, label: null }],
    ["show=uptime&days=1", { kind: "uptime", days: 1, label: null }],
    ["show=uptime&days=90&label=", { kind: "uptime", days: 90, label: "" }],
    ["show=uptime&days=91", { kind: "invalid", reason: "days must be 1 to 90" }],
    ["show=uptime&days=0", { kind: "invalid", reason: "days must be 1 to 90" }],
    ["show=uptime&days=1e1", { kind: "invalid", reason: "days must be 1 to 90" }],
    ["show=latency", { kind: "invalid", reason: "show must be status or uptime" }],
  ];
  for (const [query, parsed] of rows) {
    await t.step(query, () => assertEquals(parseBadgeQuery(new URLSearchParams(query)), parsed));
  }
});

Deno.test("describeBadge() tells status and uptime", async (t) => {
  const days = daysOf([
    { from: 0, to: AT - 40 * DAY, status: "up" },
    { from: AT - 40 * DAY, to: AT - 39 * DAY, status: "down" },
    { from: AT - 39 * DAY, to: AT, status: "up" },
  ]);
  const service = serviceOf({ days });
  const status = { kind: "status", label: null } as const;
  const uptime = { kind: "uptime", days: 30, label: null } as const;
  const rows: [string, ReturnType<typeof describeBadge>, [string, string, string]][] = [
    ["well", describeBadge(service, status), ["Payments", "operational", "ok"]],
    ["slow", describeBadge({ ...service, status: "degraded" }, status), [
      "Payments",
      "degraded",
      "warn",
    ]],
    ["down", describeBadge({ ...service, status: "down" }, status), ["Payments", "down", "crit"]],
    ["maintained", describeBadge({ ...service, status: "maintenance" }, status), [
      "Payments",
      "maintenance",
      "calm",
    ]],
    ["unheard of", describeBadge({ ...service, status: "unknown" }, status), [
      "Payments",
      "no data",
      "idle",
    ]],
    ["with a label", describeBadge(service, { ...status, label: "pay" }), [
      "pay",
      "operational",
      "ok",
    ]],
    ["uptime", describeBadge(service, uptime), ["Payments uptime (30 d)", "100 %", "ok"]],
    ["more days", describeBadge(service, { ...uptime, days: 90 }), [
      "Payments uptime (90 d)",
      "98.88 %",
      "crit",
    ]],
    ["no record", describeBadge({ ...service, days: [] }, uptime), [
      "Payments uptime (30 d)",
      "no data",
      "idle",
    ]],
  ];
  for (const [name, { label, value, tone }, wanted] of rows) {
    await t.step(name, () => assertEquals([label, value, tone], wanted));
  }
});
