import { assertEquals } from "@std/assert";

import type { Notification } from "@/lib/domain/notification.ts";
import type { DeliveryUpdate } from "@/lib/notify/delivery_update.ts";
import { Mailbox, type MailboxOptions } from "@/lib/notify/mailbox.ts";
import { ABORT_GRACE_MS } from "@/lib/notify/try_receiver.ts";

import { FakeClock } from "../support/fake_clock.ts";
import { BUSY, DELIVERED, FakeReceiver, REFUSED } from "../support/fake_receiver.ts";
import { notification } from "../support/notifications.ts";
import { RecordedLog } from "../support/recorded_log.ts";

/** A mailbox whose pauses are half their bound: 1 s, 2 s, 4 s and so on. */
class Desk {
  readonly clock = new FakeClock(0);
  readonly log = new RecordedLog();
  readonly receiver = new FakeReceiver();
  /** `id state` of each update; with `@` and the next try, if there is one. */
  readonly news: string[] = [];
  readonly updates: [string, DeliveryUpdate][] = [];
  readonly mailbox: Mailbox;

  constructor(options: Partial<Pick<MailboxOptions, "rate" | "limits" | "onUpdate">> = {}) {
    const { clock, log, receiver } = this;
    this.mailbox = new Mailbox({
      clock,
      log,
      receiver,
      random: () => 0.5,
      rate: { count: 100, spanMs: 60_000 },
      ...options,
      onUpdate: (id, change) => {
        this.updates.push([id, change]);
        this.news.push(
          `${id} ${change.state}` + (change.nextTryAt === null ? "" : ` @${change.nextTryAt}`),
        );
        options.onUpdate?.(id, change);
      },
    });
  }

  post(id: string, fields: Partial<Omit<Notification, "id">> = {}): void {
    this.mailbox.post(notification(id, fields));
  }
}

Deno.test("Mailbox sends what is posted at once, and says so", async () => {
  const desk = new Desk();
  desk.post("a");
  await desk.clock.advance(0);
  assertEquals(desk.receiver.sent, [notification("a")]);
  assertEquals(desk.updates, [["a", {
    state: "delivered",
    attempt: { at: 0, result: "delivered", detail: "HTTP 204" },
    nextTryAt: null,
  }]]);
  assertEquals(desk.mailbox.state(), {
    state: "ok",
    queued: 0,
    failure: null,
    deliveredAt: 0,
  });
  assertEquals(desk.clock.pending, 0);
});

Deno.test("Mailbox sends in order, one at a time", async () => {
  const desk = new Desk();
  desk.receiver.script.push("hang");
  for (const id of ["a", "b", "c"]) desk.post(id);
  await desk.clock.advance(5_000);
  assertEquals([desk.receiver.ids, desk.mailbox.queued], [["a"], 3]);
  desk.receiver.answer(DELIVERED);
  await desk.clock.advance(0);
  assertEquals([desk.receiver.ids, desk.mailbox.queued], [["a", "b", "c"], 0]);
});

Deno.test("Mailbox tries again under the same id, after growing pauses, before it sends the next", async () => {
  const desk = new Desk();
  desk.receiver.script.push(BUSY, BUSY, BUSY);
  desk.post("a");
  desk.post("b");
  await desk.clock.advance(7_000);
  assertEquals(desk.receiver.ids, ["a", "a", "a", "a", "b"]);
  assertEquals(desk.news, [
    "a retrying @1000",
    "a retrying",
    "a retrying @3000",
    "a retrying",
    "a retrying @7000",
    "a retrying",
    "a delivered",
    "b delivered",
  ]);
  assertEquals(desk.mailbox.counters(), {
    posted: 2,
    delivered: 2,
    failed: 0,
    dropped: 0,
    attempts: 5,
    retries: 3,
  });
});

Deno.test("Mailbox leaves the receiver alone for as long as that asks", async () => {
  const desk = new Desk();
  desk.receiver.script.push({ kind: "passing", reason: "HTTP 429", retryAfterMs: 60_000 });
  desk.post("a");
  await desk.clock.advance(59_999);
  assertEquals([desk.receiver.ids, desk.news], [["a"], ["a retrying @60000"]]);
  await desk.clock.advance(1);
  assertEquals(desk.receiver.ids, ["a", "a"]);
});

Deno.test("Mailbox begins with short pauses again after a delivery", async () => {
  const desk = new Desk();
  desk.receiver.script.push(BUSY, BUSY, DELIVERED, BUSY);
  desk.post("a");
  desk.post("b");
  await desk.clock.advance(4_000);
  assertEquals(desk.news.filter((line) => line.includes("@")), [
    "a retrying @1000",
    "a retrying @3000",
    "b retrying @4000",
  ]);
});

Deno.test("Mailbox begins with short pauses again once the receiver has refused something", async () => {
  const desk = new Desk();
  desk.receiver.script.push(BUSY, BUSY, REFUSED, BUSY);
  desk.post("a");
  desk.post("b");
  await desk.clock.advance(3_000);
  assertEquals(desk.news.slice(-2), ["a failed", "b retrying @4000"]);
});

Deno.test("Mailbox goes on with the next when one is refused for good", async () => {
  const desk = new Desk();
  desk.receiver.script.push(REFUSED);
  desk.post("a");
  desk.post("b");
  await desk.clock.advance(0);
  assertEquals(desk.updates, [
    ["a", {
      state: "failed",
      attempt: { at: 0, result: "permanent", detail: "HTTP 401" },
      nextTryAt: null,
    }],
    ["b", {
      state: "delivered",
      attempt: { at: 0, result: "delivered", detail: "HTTP 204" },
      nextTryAt: null,
    }],
  ]);
  assertEquals(desk.log.lines, [
    "warn: receiver fails",
    "error: notification failed",
    "info: receiver works again",
    "debug: notification delivered",
  ]);
});

Deno.test("Mailbox gives up what cannot be delivered for a day, and the next after its own day", async () => {
  const desk = new Desk();
  desk.receiver.script.push(...Array.from({ length: 2_000 }, () => BUSY));
  desk.post("a");
  await desk.clock.advance(3_600_000);
  desk.post("b");
  await desk.clock.advance(86_400_000 - 3_600_000);
  assertEquals(desk.news.findLast((line) => line.startsWith("a")), "a failed");
  const [, gaveUp] = desk.updates.find(([, { state }]) => state === "failed") ?? [];
  assertEquals(gaveUp?.reason, "not delivered within 1 d");
  assertEquals(gaveUp?.attempt?.detail, "HTTP 503");
  await desk.clock.advance(3_600_000);
  assertEquals(desk.news.at(-1), "b failed");
  assertEquals([desk.mailbox.counters().failed, desk.clock.pending], [2, 0]);
});

Deno.test("Mailbox leaves a failing receiver alone also when the first in the queue is given up", async () => {
  const desk = new Desk({ limits: { giveUpMs: 2_500 } });
  desk.receiver.script.push(BUSY, BUSY);
  desk.post("a");
  await desk.clock.advance(900);
  desk.post("b");
  await desk.clock.advance(2_099);
  assertEquals(desk.receiver.ids, ["a", "a"]);
  assertEquals(desk.news.slice(-2), ["a failed", "b queued @3000"]);
  await desk.clock.advance(1);
  assertEquals(desk.news.slice(-2), ["b queued", "b delivered"]);
});

Deno.test("Mailbox gives up what is too old before it was ever tried", async () => {
  const desk = new Desk({ limits: { giveUpMs: 5_000 } });
  desk.receiver.script.push("hang");
  desk.post("a");
  desk.post("b");
  desk.clock.stall(6_000);
  desk.receiver.answer(DELIVERED);
  await desk.clock.advance(0);
  assertEquals([desk.receiver.ids, desk.news], [["a"], ["a delivered", "b failed"]]);
});

Deno.test("Mailbox aborts an attempt without an answer, and tries again", async () => {
  const desk = new Desk();
  desk.receiver.script.push("hang");
  desk.post("a");
  await desk.clock.advance(10_000);
  assertEquals(desk.updates, [["a", {
    state: "retrying",
    attempt: { at: 10_000, result: "passing", detail: "no answer within 10 s" },
    nextTryAt: 11_000,
  }]]);
  assertEquals(desk.mailbox.state().failure, "no answer within 10 s");
  await desk.clock.advance(1_000);
  assertEquals(desk.news.at(-1), "a delivered");
});

Deno.test("Mailbox carries on after a receiver that rejects", async () => {
  const desk = new Desk();
  desk.receiver.script.push(new TypeError("x is undefined"));
  desk.post("a");
  await desk.clock.advance(1_000);
  assertEquals(desk.news.at(-1), "a delivered");
  assertEquals(desk.log.lines[0], "error: receiver broken");
});

Deno.test("Mailbox begins no more notifications than the rate allows, and says until when they wait", async () => {
  const desk = new Desk({ rate: { count: 2, spanMs: 10_000 } });
  for (const id of ["a", "b", "c"]) desk.post(id);
  await desk.clock.advance(4_000);
  desk.post("d");
  assertEquals([desk.receiver.ids, desk.news], [["a", "b"], [
    "a delivered",
    "b delivered",
    "c queued @10000",
  ]]);
  await desk.clock.advance(5_999);
  assertEquals(desk.receiver.ids, ["a", "b"]);
  await desk.clock.advance(1);
  assertEquals(desk.receiver.ids, ["a", "b", "c", "d"]);
});

Deno.test("Mailbox does not count attempts to repeat a notification against the rate", async () => {
  const desk = new Desk({ rate: { count: 1, spanMs: 60_000 } });
  desk.receiver.script.push(BUSY, BUSY);
  desk.post("a");
  await desk.clock.advance(3_000);
  assertEquals(desk.news.at(-1), "a delivered");
});

Deno.test("Mailbox holds its rate and its pauses however the wall clock is set", async () => {
  for (const stepMs of [-3_600_000, 3_600_000]) {
    const desk = new Desk({ rate: { count: 1, spanMs: 10_000 } });
    desk.post("a");
    desk.post("b");
    await desk.clock.advance(0);
    desk.clock.step(stepMs);
    await desk.clock.advance(9_999);
    assertEquals(desk.receiver.ids, ["a"]);
    await desk.clock.advance(1);
    assertEquals(desk.receiver.ids, ["a", "b"]);
  }
});

Deno.test("Mailbox replaces what is outdated before it was tried", async (t) => {
  const incident = "checkout 1";
  const firing = { incident };
  const resolved = { incident, state: "resolved" } as const;
  const rows: [string, [string, Partial<Notification>][], string[]][] = [
    ["by the newer of the same incident", [["a", firing], ["b", firing]], ["b"]],
    ["time and again", [["a", firing], ["b", firing], ["c", firing]], ["c"]],
    ["in its place", [["a", firing], ["x", {}], ["b", firing]], ["b", "x"]],
    ["not across incidents", [["a", firing], ["b", { incident: "other" }]], ["a", "b"]],
    ["not by the end", [["a", firing], ["b", resolved]], ["a", "b"]],
    ["not the end", [["a", resolved], ["b", firing]], ["a", "b"]],
    ["not past the end", [["a", firing], ["b", resolved], ["c", firing]], ["a", "b", "c"]],
    ["not by the end again", [["a", resolved], ["b", resolved]], ["a", "b"]],
  ];
  for (const [name, posts, sent] of rows) {
    await t.step(name, async () => {
      const desk = new Desk();
      desk.receiver.script.push("hang");
      desk.post("first");
      for (const [id, fields] of posts) desk.post(id, fields);
      desk.receiver.answer(DELIVERED);
      await desk.clock.advance(0);
      assertEquals(desk.receiver.ids.slice(1), sent);
      assertEquals(desk.mailbox.counters().dropped, posts.length - sent.length);
    });
  }
});

Deno.test("Mailbox says that an outdated one is dropped", () => {
  const desk = new Desk();
  desk.receiver.script.push("hang");
  desk.post("first");
  desk.post("a", { incident: "1" });
  desk.post("b", { incident: "1" });
  assertEquals(desk.updates, [["a", {
    state: "dropped",
    nextTryAt: null,
    reason: "replaced by a newer one",
  }]]);
});

Deno.test("Mailbox does not replace what was tried, be it in flight or waiting to be repeated", async () => {
  const desk = new Desk();
  desk.receiver.script.push("hang");
  desk.post("a", { incident: "1" });
  desk.post("b", { incident: "1" });
  desk.receiver.answer(BUSY);
  await desk.clock.advance(0);
  desk.post("c", { incident: "1" });
  await desk.clock.advance(1_000);
  assertEquals(desk.receiver.ids, ["a", "a", "c"]);
});

Deno.test("Mailbox drops the oldest beyond its bound, but not the one in flight", async () => {
  const desk = new Desk({ limits: { queue: 3 } });
  desk.receiver.script.push("hang");
  for (const id of ["a", "b", "c", "d", "e"]) desk.post(id);
  assertEquals([desk.news, desk.mailbox.queued], [["b dropped", "c dropped"], 3]);
  assertEquals(desk.updates[0]?.[1].reason, "the queue was full");
  assertEquals(desk.log.lines, ["error: notification dropped", "error: notification dropped"]);
  desk.receiver.answer(DELIVERED);
  await desk.clock.advance(0);
  assertEquals(desk.receiver.ids, ["a", "d", "e"]);
});

const END = { state: "resolved", reason: "resolved" } as const;

interface Crowded {
  readonly name: string;
  /** Id, incident and whether it is an end; the first one is delivered, the second one hangs. */
  readonly posts: readonly (readonly [id: string, incident: string, isEnd?: "end"])[];
  readonly dropped: readonly string[];
}

const CROWDED: readonly Crowded[] = [
  {
    name: "an outage of which nothing was told, together with its end",
    posts: [["a", "1"], ["b", "2"], ["c", "3"], ["d", "4"], ["e", "4", "end"], ["f", "5"]],
    dropped: ["d", "e"],
  },
  {
    name: "else what was never tried, the oldest first, before any end of what was told",
    posts: [["a", "1"], ["b", "2"], ["c", "1", "end"], ["d", "3"], ["e", "2", "end"], ["f", "4"]],
    dropped: ["d"],
  },
  {
    name: "an end only if there are but ends",
    posts: [["a", "1"], ["b", "2"], ["c", "6", "end"], ["d", "7", "end"], ["e", "8", "end"], [
      "f",
      "9",
      "end",
    ]],
    dropped: ["c"],
  },
];

Deno.test("Mailbox drops what is missed least beyond its bound", async (t) => {
  for (const { name, posts, dropped } of CROWDED) {
    await t.step(name, async () => {
      const desk = new Desk({ limits: { queue: 4 } });
      desk.receiver.script.push(DELIVERED, "hang");
      for (const [id, incident, isEnd] of posts) {
        desk.post(id, { incident, ...isEnd === "end" ? END : {} });
        await desk.clock.advance(0);
      }
      assertEquals(desk.news, ["a delivered", ...dropped.map((id) => `${id} dropped`)]);
      assertEquals(desk.updates.at(-1)?.[1].reason, "the queue was full");
    });
  }
});

Deno.test("Mailbox tells no end of what nobody was told, be it dropped or refused", async () => {
  const desk = new Desk({ limits: { queue: 2 } });
  desk.receiver.script.push("hang");
  for (const incident of ["1", "2", "3"]) desk.post(`begin ${incident}`, { incident });
  desk.receiver.answer(REFUSED);
  await desk.clock.advance(0);
  for (const incident of ["1", "2", "3"]) desk.post(`end ${incident}`, { incident, ...END });
  await desk.clock.advance(0);
  assertEquals(desk.receiver.ids, ["begin 1", "begin 3", "end 3"]);
  const [, change] = desk.updates.find(([id]) => id === "end 1") ?? [];
  assertEquals([change?.state, change?.reason], ["dropped", "nobody was told that it began"]);
});

Deno.test("Mailbox replaces nothing that it dropped before", () => {
  const desk = new Desk({ limits: { queue: 2 } });
  desk.receiver.script.push("hang");
  desk.post("first");
  desk.post("a", { incident: "1" });
  desk.post("b", { incident: "2" });
  desk.post("c", { incident: "1" });
  assertEquals(desk.updates.map(([id, { reason }]) => [id, reason]), [
    ["a", "the queue was full"],
    ["b", "the queue was full"],
  ]);
});

Deno.test("Mailbox drops one that waits to be repeated, and keeps the pause", async () => {
  const desk = new Desk({ limits: { queue: 1 } });
  desk.receiver.script.push(BUSY);
  desk.post("a");
  await desk.clock.advance(500);
  desk.post("b", { state: "resolved" });
  assertEquals(desk.news, ["a retrying @1000", "a dropped", "b queued @1000"]);
  await desk.clock.advance(500);
  assertEquals(desk.receiver.ids, ["a", "b"]);
});

Deno.test("Mailbox.state() tells of the latest failure until a delivery", async () => {
  const desk = new Desk();
  desk.receiver.script.push(DELIVERED, BUSY, DELIVERED);
  desk.post("a");
  await desk.clock.advance(100);
  desk.post("b");
  await desk.clock.advance(0);
  assertEquals(desk.mailbox.state(), {
    state: "failing",
    queued: 1,
    failure: "HTTP 503",
    deliveredAt: 0,
  });
  await desk.clock.advance(1_000);
  assertEquals(desk.mailbox.state(), {
    state: "ok",
    queued: 0,
    failure: null,
    deliveredAt: 1_100,
  });
});

Deno.test("Mailbox says once that a receiver fails, and once that it works again", async () => {
  const desk = new Desk();
  desk.receiver.script.push(BUSY, BUSY, BUSY);
  desk.post("a");
  await desk.clock.advance(10_000);
  assertEquals(desk.log.lines, [
    "warn: receiver fails",
    "info: receiver works again",
    "debug: notification delivered",
  ]);
});

Deno.test("Mailbox.stop() aborts the attempt in flight, awaits it, and sends nothing more", async () => {
  const desk = new Desk();
  desk.receiver.script.push("hang");
  desk.post("a");
  desk.post("b");
  await desk.mailbox.stop();
  assertEquals(desk.receiver.hanging, 0);
  assertEquals(desk.updates, [["a", {
    state: "retrying",
    attempt: { at: 0, result: "passing", detail: "stopped before an answer came" },
    nextTryAt: null,
  }]]);
  desk.post("c");
  await desk.clock.advance(3_600_000);
  assertEquals(desk.receiver.ids, ["a"]);
  assertEquals(desk.mailbox.unfinished().map(({ id }) => id), ["a", "b", "c"]);
  assertEquals([desk.mailbox.state().failure, desk.clock.pending], [null, 0]);
});

Deno.test("Mailbox.stop() believes a delivery that comes meanwhile", async () => {
  const desk = new Desk();
  desk.receiver.script.push("hang");
  desk.receiver.deaf = true;
  desk.post("a");
  const stopped = desk.mailbox.stop();
  desk.receiver.answer(DELIVERED);
  await stopped;
  assertEquals([desk.news, desk.mailbox.queued], [["a delivered"], 0]);
});

Deno.test("Mailbox.stop() does not wait for a receiver that ignores it", async () => {
  const desk = new Desk();
  desk.receiver.script.push("hang");
  desk.receiver.deaf = true;
  desk.post("a");
  let stopped = false;
  desk.mailbox.stop().then(() => stopped = true);
  await desk.clock.advance(ABORT_GRACE_MS - 1);
  assertEquals(stopped, false);
  await desk.clock.advance(1);
  assertEquals([stopped, desk.clock.pending], [true, 0]);
});

Deno.test("Mailbox.stop() ends the waiting for a pause or the rate, and may be called again", async (t) => {
  const rows: [string, (desk: Desk) => void][] = [
    ["a pause", (desk) => desk.receiver.script.push(BUSY)],
    ["the rate", (desk) => desk.post("before")],
    ["nothing", () => {}],
  ];
  for (const [name, prepare] of rows) {
    await t.step(name, async () => {
      const desk = new Desk({ rate: { count: 1, spanMs: 60_000 } });
      prepare(desk);
      desk.post("a");
      await desk.clock.advance(0);
      await Promise.all([desk.mailbox.stop(), desk.mailbox.stop()]);
      await desk.mailbox.stop();
      assertEquals(desk.clock.pending, 0);
      const sent = desk.receiver.sent.length;
      await desk.clock.advance(120_000);
      assertEquals(desk.receiver.sent.length, sent);
    });
  }
});

Deno.test("Mailbox may be posted to by its listener", async () => {
  const desk: Desk = new Desk({
    limits: { queue: 2 },
    onUpdate: (id, { state }) => {
      if (id.length < 4 && state !== "queued") desk.post(`${id}+`);
    },
  });
  desk.receiver.script.push("hang");
  desk.post("a");
  desk.post("b");
  desk.post("c");
  desk.receiver.answer(DELIVERED);
  for (let turn = 0; turn < 5; turn++) await desk.clock.advance(0);
  const counters = { posted: 12, delivered: 5, failed: 0, dropped: 7, attempts: 5, retries: 0 };
  assertEquals(desk.receiver.ids, ["a", "c+++", "a+", "a++", "a+++"]);
  assertEquals(desk.mailbox.counters(), counters);
  assertEquals([desk.mailbox.queued, desk.clock.pending], [0, 0]);
});

Deno.test("Mailbox carries on when its listener throws", async () => {
  const desk = new Desk({
    onUpdate: () => {
      throw new Error("no room");
    },
  });
  desk.post("a");
  desk.post("b");
  await desk.clock.advance(0);
  assertEquals(desk.receiver.ids, ["a", "b"]);
  assertEquals(desk.log.lines.filter((line) => line.startsWith("error")), [
    "error: listener of deliveries broken",
    "error: listener of deliveries broken",
  ]);
});
