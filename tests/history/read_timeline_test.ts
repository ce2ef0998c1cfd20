import { assertEquals, assertRejects } from "@std/assert";

import { readTimeline, type TimelineQuery } from "@/lib/history/read_timeline.ts";
import { HistoryError } from "@/lib/ports/history.ts";
import type { AlertSpanView, TimelineView } from "@/lib/protocol/history_views.ts";
import { alert, NOW } from "@/tests/components/views.ts";
import { FakeMonitor } from "@/tests/routes/fake_monitor.ts";
import { FakeHistory } from "@/tests/support/fake_history.ts";

const DAY = 86_400_000;

const QUERY: TimelineQuery = { service: "checkout", from: NOW - 1_000, to: NOW, now: NOW };

class Sources {
  readonly history = new FakeHistory();
  readonly monitor = new FakeMonitor();

  read(query: Partial<TimelineQuery> = {}): Promise<TimelineView> {
    return readTimeline(this, { ...QUERY, ...query });
  }
}

function span(id: string, firedAt: number, resolvedAt: number | null): AlertSpanView {
  return {
    ...{ id, rule: "HIGH_CPU", metric: "cpu", severity: "warning" },
    ...{ firedAt, resolvedAt, message: "CPU 93.1 % above 85 % for 3 samples" },
  };
}

Deno.test("readTimeline() asks for the range, and for thirty days before now", async () => {
  const sources = new Sources();
  await sources.read({ from: 5, to: 9 });
  const range = { from: 5, to: 9 };
  const month = { from: NOW - 30 * DAY, to: NOW };
  assertEquals(sources.history.asked.map((question) => JSON.stringify(question)).sort(), [
    JSON.stringify(["endedAlerts", "checkout", range]),
    JSON.stringify(["gaps", month]),
    JSON.stringify(["gaps", range]),
    JSON.stringify(["statuses", "checkout", month]),
    JSON.stringify(["statuses", "checkout", range]),
  ]);
  assertEquals(sources.monitor.queries, [
    { state: "active", service: "checkout", severity: null, after: null, limit: 1_000 },
  ]);
});

Deno.test("readTimeline() knows nothing of what has not come yet", async () => {
  const sources = new Sources();
  sources.history.statusList = [{ at: 0, status: "HEALTHY" }];
  const { spans } = await sources.read({ to: NOW + 500 });
  assertEquals(spans, [
    { from: NOW - 1_000, to: NOW, status: "HEALTHY" },
    { from: NOW, to: NOW + 500, status: "UNKNOWN" },
  ]);
});

Deno.test("readTimeline() without a record is UNKNOWN, of unknown uptime", async () => {
  assertEquals(await new Sources().read(), {
    ...{ from: NOW - 1_000, to: NOW, alerts: [] },
    spans: [{ from: NOW - 1_000, to: NOW, status: "UNKNOWN" }],
    uptime: [1, 7, 30].map((days) => ({ spanMs: days * DAY, ratio: null, knownMs: 0 })),
  });
});

Deno.test("readTimeline() adds the alerts that fire to those that ended", async (t) => {
  const firing = (id: string, firedAt: number) => alert("HIGH_CPU", "checkout", { id, firedAt });
  await t.step("by when they fired", async () => {
    const sources = new Sources();
    sources.history.alertList = [span("b", NOW - 20, NOW - 5)];
    sources.monitor.alertList = [firing("c", NOW - 10), firing("a", NOW - 30)];
    assertEquals((await sources.read()).alerts, [
      span("a", NOW - 30, null),
      span("b", NOW - 20, NOW - 5),
      span("c", NOW - 10, null),
    ]);
  });
  await t.step("but none that fired after the range", async () => {
    const sources = new Sources();
    sources.monitor.alertList = [firing("late", NOW - 500), firing("early", NOW - 501)];
    const { alerts } = await sources.read({ to: NOW - 500 });
    assertEquals(alerts.map(({ id }) => id), ["early"]);
  });
  await t.step("but none that is pending", async () => {
    const sources = new Sources();
    sources.monitor.alertList = [
      alert("HIGH_CPU", "checkout", { state: "pending", firedAt: null }),
    ];
    assertEquals((await sources.read()).alerts, []);
  });
  await t.step("once, if one ends meanwhile", async () => {
    const sources = new Sources();
    sources.history.alertList = [span("a", NOW - 20, NOW)];
    sources.monitor.alertList = [firing("a", NOW - 20)];
    assertEquals((await sources.read()).alerts, [span("a", NOW - 20, NOW)]);
  });
});

Deno.test("readTimeline() rejects as history does", async () => {
  const sources = new Sources();
  sources.history.fault = new HistoryError("broken", "Cannot read: no; try again");
  assertEquals(await assertRejects(() => sources.read()), sources.history.fault);
});
