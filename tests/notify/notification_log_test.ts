import { assertEquals } from "@std/assert";

import { NotificationLog } from "@/lib/notify/notification_log.ts";
import type { NotificationQuery } from "@/lib/ports/alert_desk.ts";
import type { NotificationView } from "@/lib/protocol/views.ts";

const ALL: NotificationQuery = {
  receiver: null,
  service: null,
  alert: null,
  state: null,
  limit: 100,
  before: null,
};

function entry(id: string, change: Partial<NotificationView> = {}): NotificationView {
  return {
    ...{ id, at: 0, receiver: "ops", receiverKind: "webhook", service: "checkout" },
    ...{ incident: "checkout:1", alerts: ["HIGH_CPU:checkout:1"], severity: "warning" },
    decision: { kind: "send", reason: "first" },
    ...{ title: id, state: "queued", attempts: [], tries: 0, nextTryAt: null },
    ...change,
  };
}

function idsOf(log: NotificationLog, query: Partial<NotificationQuery> = {}): string[] {
  return log.query({ ...ALL, ...query }).map(({ id }) => id);
}

Deno.test("query() returns the newest first, filtered and page by page", () => {
  const log = new NotificationLog();
  log.add(entry("a"));
  log.add(entry("b", { receiver: "pager" }));
  log.add(entry("c", { service: "cart", alerts: ["HIGH_CPU:cart:1"] }));
  log.add(entry("d", { state: "held" }));
  assertEquals(idsOf(log), ["d", "c", "b", "a"]);
  assertEquals(idsOf(log, { receiver: "pager" }), ["b"]);
  assertEquals(idsOf(log, { service: "cart" }), ["c"]);
  assertEquals(idsOf(log, { alert: "HIGH_CPU:cart:1" }), ["c"]);
  assertEquals(idsOf(log, { state: "held" }), ["d"]);
  assertEquals(idsOf(log, { limit: 2 }), ["d", "c"]);
  assertEquals(idsOf(log, { limit: 2, before: "c" }), ["b", "a"]);
  assertEquals(idsOf(log, { before: "gone" }), []);
});

Deno.test("update() keeps the latest ten attempts and counts all", () => {
  const log = new NotificationLog();
  log.add(entry("a"));
  for (let at = 0; at < 12; at++) {
    const attempt = { at, result: "passing", detail: "HTTP 503" } as const;
    log.update("a", { state: "retrying", attempt, nextTryAt: at + 1 });
  }
  log.update("gone", { state: "failed", nextTryAt: null });
  const [found] = log.query(ALL);
  assertEquals([found?.tries, found?.attempts.length, found?.attempts[0]?.at], [12, 10, 2]);
  assertEquals([found?.state, found?.nextTryAt], ["retrying", 12]);
});

Deno.test("add() forgets the oldest that waits for nothing", () => {
  const log = new NotificationLog(3);
  log.add(entry("waits"));
  log.add(entry("held", { state: "held" }));
  log.add(entry("done", { state: "delivered" }));
  log.add(entry("new"));
  assertEquals(idsOf(log), ["new", "done", "waits"]);
  for (const id of ["x", "y", "z"]) log.add(entry(id));
  assertEquals(idsOf(log).length, 3);
});
