import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

import { MAX_LOG_ENTRIES, NotificationLog } from "@/lib/notify/notification_log.ts";
import type { NotificationQuery } from "@/lib/ports/alert_desk.ts";
import type { AttemptView, NotificationView } from "@/lib/protocol/views.ts";

const ALL: NotificationQuery = {
  receiver: null,
  service: null,
  alert: null,
  state: null,
  limit: 100,
  before: null,
};

function entry(id: string, fields: Partial<Omit<NotificationView, "id">> = {}): NotificationView {
  return {
    id,
    at: 1_700_000_000_000,
    receiver: "ops",
    receiverKind: "webhook",
    service: "checkout",
    incident: "checkout 1",
    alerts: ["a1"],
    severity: "critical",
    decision: { kind: "send", reason: "first" },
    title: "checkout is DOWN",
    state: "queued",
    reason: null,
    attempts: [],
    tries: 0,
    nextTryAt: null,
    ...fields,
  };
}

function attempt(at: number, result: AttemptView["result"] = "passing"): AttemptView {
  return { at, result, detail: "" };
}

function idsOf(views: readonly NotificationView[]): string {
  return views.map(({ id }) => id).join(" ");
}

Deno.test("NotificationLog.find() returns an entry as it was added", () => {
  const log = new NotificationLog();
  log.add(entry("n1"));
  assertEquals([log.find("n1"), log.find("n2")], [entry("n1"), undefined]);
});

Deno.test("NotificationLog.add() refuses an id that it knows", () => {
  const log = new NotificationLog();
  log.add(entry("n1"));
  assertThrows(() => log.add(entry("n1")), Error, `Cannot add notification "n1"`);
});

Deno.test("NotificationLog.update() takes the state and the next try, and adds the attempt", () => {
  const log = new NotificationLog();
  log.add(entry("n1"));
  log.update("n1", { state: "queued", nextTryAt: 5 });
  assertEquals(log.find("n1"), entry("n1", { nextTryAt: 5 }));
  const changed = log.update("n1", { state: "retrying", attempt: attempt(7), nextTryAt: 9 });
  const expected = entry("n1", {
    state: "retrying",
    attempts: [attempt(7)],
    tries: 1,
    nextTryAt: 9,
  });
  assertEquals([changed, log.find("n1")], [expected, expected]);
});

Deno.test("NotificationLog.update() keeps the latest ten attempts, and counts all", () => {
  const log = new NotificationLog();
  log.add(entry("n1"));
  for (let at = 1; at <= 13; at++) {
    log.update("n1", { state: "retrying", attempt: attempt(at), nextTryAt: at + 1 });
  }
  const found = log.find("n1");
  assertEquals(found?.attempts.map(({ at }) => at), [4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  assertEquals(found?.tries, 13);
});

Deno.test("NotificationLog.update() leaves alone what is over or not there", async (t) => {
  for (const state of ["held", "delivered", "failed", "dropped"] as const) {
    await t.step(state, () => {
      const log = new NotificationLog();
      log.add(entry("n1", { state }));
      assertEquals(log.update("n1", { state: "retrying", nextTryAt: 9 }), undefined);
      assertEquals(log.find("n1"), entry("n1", { state }));
    });
  }
  await t.step("unknown", () => {
    const log = new NotificationLog();
    assertEquals(log.update("n1", { state: "retrying", nextTryAt: 9 }), undefined);
    assertEquals(log.size, 0);
  });
});

Deno.test("NotificationLog.query() returns what fits, newest first", async (t) => {
  const log = new NotificationLog();
  log.add(entry("n1", { state: "held" }));
  log.add(entry("n2", { receiver: "mail", state: "delivered" }));
  log.add(entry("n3", { service: "search", alerts: ["b1", "b2"] }));
  log.add(entry("n4", { alerts: ["a1", "a2"], state: "held" }));
  const rows: [string, Partial<NotificationQuery>, string][] = [
    ["all", {}, "n4 n3 n2 n1"],
    ["the newest", { limit: 2 }, "n4 n3"],
    ["of a receiver", { receiver: "mail" }, "n2"],
    ["of a service", { service: "search" }, "n3"],
    ["of an alert", { alert: "a1" }, "n4 n2 n1"],
    ["of a further alert", { alert: "b2" }, "n3"],
    ["in a state", { state: "held" }, "n4 n1"],
    ["of all that at once", { state: "held", alert: "a2", service: "checkout" }, "n4"],
    ["the newest that fits", { state: "held", limit: 1 }, "n4"],
    ["older than one", { before: "n3" }, "n2 n1"],
    ["older than one that does not fit itself", { before: "n3", state: "held" }, "n1"],
    ["a page of the older ones", { before: "n4", limit: 2 }, "n3 n2"],
    ["older than the oldest", { before: "n1" }, ""],
    ["older than one that is not there", { before: "n9" }, ""],
    ["of nobody", { receiver: "nobody" }, ""],
  ];
  for (const [name, query, ids] of rows) {
    await t.step(name, () => assertEquals(idsOf(log.query({ ...ALL, ...query })), ids));
  }
});

Deno.test("NotificationLog forgets the oldest beyond its bound", () => {
  const log = new NotificationLog();
  for (let n = 0; n <= MAX_LOG_ENTRIES; n++) log.add(entry(`n${n}`, { state: "held" }));
  assertEquals(log.size, 2_000);
  assertEquals([log.find("n0"), log.find("n1")?.id], [undefined, "n1"]);
});

Deno.test("NotificationLog never forgets what waits, and catches up once it does not", () => {
  const log = new NotificationLog({ maxEntries: 3 });
  for (const id of ["n1", "n2", "n3"]) log.add(entry(id));
  log.update("n2", { state: "delivered", nextTryAt: null });
  log.add(entry("n4"));
  assertEquals(idsOf(log.query(ALL)), "n4 n3 n1");
  assertEquals(log.add(entry("n5")), []);
  assertEquals(idsOf(log.query(ALL)), "n5 n4 n3 n1");
  log.update("n3", { state: "delivered", nextTryAt: null });
  log.update("n1", { state: "delivered", nextTryAt: null });
  assertEquals(log.add(entry("n6")), ["n1", "n3"]);
  assertEquals(idsOf(log.query(ALL)), "n6 n5 n4");
});

Deno.test("NotificationLog equals a plain list", () => {
  const states = fc.constantFrom<NotificationView["state"]>("queued", "held", "delivered");
  const acts = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant("add" as const), state: states }),
      fc.record({ kind: fc.constant("end" as const), which: fc.nat({ max: 20 }) }),
    ),
    { maxLength: 40, size: "max" },
  );
  fc.assert(fc.property(acts, (list) => {
    const log = new NotificationLog({ maxEntries: 5 });
    const model: { id: string; waits: boolean }[] = [];
    let added = 0;
    for (const act of list) {
      if (act.kind === "end") {
        const id = `n${act.which}`;
        log.update(id, { state: "failed", nextTryAt: null });
        for (const one of model) if (one.id === id) one.waits = false;
        continue;
      }
      const id = `n${added++}`;
      log.add(entry(id, { state: act.state }));
      while (model.length >= 5 && model.some(({ waits }) => !waits)) {
        model.splice(model.findIndex(({ waits }) => !waits), 1);
      }
      model.push({ id, waits: act.state === "queued" });
      assert(log.size <= Math.max(5, 1 + model.filter(({ waits }) => waits).length));
      assertEquals(idsOf(log.query(ALL)), model.map(({ id }) => id).reverse().join(" "));
    }
  }));
});
