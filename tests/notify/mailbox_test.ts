import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { type DeliveryUpdate, Mailbox, type MailboxLimits } from "@/lib/notify/mailbox.ts";
import type { DeliveryResult } from "@/lib/ports/receiver.ts";

import { FakeClock } from "../support/fake_clock.ts";
import { FakeReceiver } from "../support/fake_receiver.ts";
import { RecordedLog } from "../support/recorded_log.ts";
import { notification } from "./notifications.ts";

const DELIVERED: DeliveryResult = { kind: "delivered", detail: "HTTP 204" };
const BUSY: DeliveryResult = { kind: "passing", reason: "HTTP 503", retryAfterMs: null };
const GONE: DeliveryResult = { kind: "permanent", reason: "HTTP 410" };

interface Post {
  readonly mailbox: Mailbox;
  readonly receiver: FakeReceiver;
  readonly clock: FakeClock;
  readonly log: RecordedLog;
  /** The latest update of each notification. */
  readonly updates: Map<string, DeliveryUpdate>;
  /** `"<ms> <id> <state>"` of each update. */
  readonly story: string[];
}

function open(
  options: { readonly count?: number; readonly limits?: Partial<MailboxLimits> } = {},
): Post {
  const clock = new FakeClock();
  const receiver = new FakeReceiver();
  const log = new RecordedLog();
  const updates = new Map<string, DeliveryUpdate>();
  const story: string[] = [];
  const mailbox = new Mailbox({
    ...{ clock, log, receiver, random: () => 0.5 },
    rate: { count: options.count ?? 100, spanMs: 60_000 },
    limits: options.limits ?? {},
    onUpdate: (id, update) => {
      updates.set(id, update);
      story.push(`${clock.monotonicMs()} ${id} ${update.state}`);
    },
  });
  return { mailbox, receiver, clock, log, updates, story };
}

Deno.test("Mailbox delivers what is posted, in order, one at a time", async () => {
  const { mailbox, receiver, clock, updates } = open();
  for (const id of ["a", "b", "c"]) mailbox.post(notification(id, { incident: id }));
  await clock.advance(0);
  assertEquals(receiver.sent.map(({ id }) => id), ["a", "b", "c"]);
  assertEquals(receiver.mostInFlight, 1);
  assertEquals(updates.get("a")?.state, "delivered");
  assertEquals(mailbox.state(), {
    state: "ok",
    queued: 0,
    failure: null,
    deliveredAt: clock.now(),
  });
  assertEquals(clock.pending, 0);
});

Deno.test("Mailbox tries again with growing pauses, under the same id, and keeps the order", async () => {
  const { mailbox, receiver, clock, story } = open();
  receiver.script.push(BUSY, BUSY);
  mailbox.post(notification("a"));
  mailbox.post(notification("b", { incident: "other" }));
  await clock.advance(10_000);
  assertEquals(receiver.tried.map(({ id }) => id), ["a", "a", "a", "b"]);
  assertEquals(story, [
    "0 a retrying",
    "1000 a retrying",
    "3000 a delivered",
    "3000 b delivered",
  ]);
});

Deno.test("Mailbox tells when it tries next, and that the receiver fails", async () => {
  const { mailbox, receiver, clock, updates } = open();
  receiver.script.push({ ...BUSY, retryAfterMs: 30_000 });
  mailbox.post(notification("a"));
  await clock.advance(0);
  const start = clock.now();
  assertEquals(updates.get("a"), {
    state: "retrying",
    nextTryAt: start + 30_000,
    attempt: { at: start, result: "passing", detail: "HTTP 503" },
  });
  const { state, failure, queued } = mailbox.state();
  assertEquals([state, failure, queued], ["failing", "HTTP 503", 1]);
  await clock.advance(29_999);
  assertEquals(receiver.tried.length, 1);
  await clock.advance(1);
  assertEquals(mailbox.state().state, "ok");
});

Deno.test("Mailbox gives up at once where trying again makes no sense, and goes on", async () => {
  const { mailbox, receiver, clock, updates, log } = open();
  receiver.script.push(GONE);
  mailbox.post(notification("a"));
  mailbox.post(notification("b", { incident: "other" }));
  await clock.advance(0);
  assertEquals(updates.get("a")?.state, "failed");
  assertEquals(updates.get("b")?.state, "delivered");
  assertEquals(log.lines, ["error: notification failed"]);
});

Deno.test("Mailbox gives up after its time", async () => {
  const { mailbox, receiver, clock, updates } = open({ limits: { giveUpMs: 10_000 } });
  receiver.script.push(...Array.from({ length: 50 }, () => BUSY));
  mailbox.post(notification("a"));
  await clock.advance(60_000);
  assertEquals(updates.get("a")?.state, "failed");
  assertEquals([mailbox.state().queued, clock.pending], [0, 0]);
});

Deno.test("Mailbox aborts an attempt that takes too long, and tries again", async () => {
  const { mailbox, receiver, clock, updates } = open();
  receiver.script.push("hang");
  mailbox.post(notification("a"));
  await clock.advance(10_000);
  assertEquals(updates.get("a")?.attempt?.detail, "no answer within 10 s");
  assertEquals(receiver.inFlight, 0);
  await clock.advance(1_000);
  assertEquals(updates.get("a")?.state, "delivered");
});

Deno.test("Mailbox takes a receiver that throws for one that may work later, without its words", async () => {
  const { mailbox, receiver, clock, updates } = open();
  receiver.script.push(new TypeError("https://hooks.example.com/secret"));
  mailbox.post(notification("a"));
  await clock.advance(0);
  assertEquals(updates.get("a")?.attempt?.detail, "the receiver failed: TypeError");
  await clock.advance(1_000);
  assertEquals(updates.get("a")?.state, "delivered");
});

Deno.test("Mailbox begins no more than the rate allows, and says until when others wait", async () => {
  const { mailbox, receiver, clock, updates } = open({ count: 2 });
  for (const id of ["a", "b", "c"]) mailbox.post(notification(id, { incident: id }));
  await clock.advance(59_999);
  assertEquals(receiver.sent.map(({ id }) => id), ["a", "b"]);
  assertEquals(updates.get("c"), { state: "queued", nextTryAt: clock.now() + 1 });
  await clock.advance(1);
  assertEquals(receiver.sent.length, 3);
});

Deno.test("Mailbox lets a newer word replace an older one about the same incident that nobody heard", async () => {
  const { mailbox, receiver, clock, updates } = open();
  receiver.script.push("hang");
  mailbox.post(notification("other", { incident: "other" }));
  mailbox.post(notification("first"));
  mailbox.post(notification("more", { reason: "more" }));
  mailbox.post(notification("end", { state: "resolved", reason: "resolved" }));
  await clock.advance(60_000);
  assertEquals(updates.get("first")?.state, "dropped");
  assertEquals(receiver.sent.map(({ id }) => id), ["other", "more", "end"]);
});

Deno.test("Mailbox keeps what was tried: it may have been heard", async () => {
  const { mailbox, receiver, clock } = open();
  receiver.script.push(BUSY);
  mailbox.post(notification("first"));
  await clock.advance(0);
  mailbox.post(notification("more", { reason: "more" }));
  await clock.advance(60_000);
  assertEquals(receiver.sent.map(({ id }) => id), ["first", "more"]);
});

Deno.test("Mailbox is bounded: the oldest that waits is dropped, counted and logged", async () => {
  const { mailbox, receiver, clock, updates, log } = open({ limits: { queue: 2 } });
  receiver.script.push("hang");
  for (const id of ["a", "b", "c", "d"]) mailbox.post(notification(id, { incident: id }));
  assertEquals(updates.get("b")?.state, "dropped");
  assertEquals(log.lines, ["warn: notification dropped"]);
  await clock.advance(60_000);
  assertEquals(receiver.sent.map(({ id }) => id), ["a", "c", "d"]);
  const { posted, delivered, dropped } = mailbox.counters();
  assertEquals([posted, delivered, dropped], [4, 3, 1]);
});

Deno.test("stop() aborts what is under way, leaves no timer, and sends nothing after", async () => {
  const { mailbox, receiver, clock } = open();
  receiver.script.push("hang");
  mailbox.post(notification("a"));
  mailbox.post(notification("b", { incident: "other" }));
  await Promise.all([mailbox.stop(), mailbox.stop()]);
  mailbox.post(notification("c"));
  await clock.advance(86_400_000);
  assertEquals([receiver.tried.length, receiver.inFlight, clock.pending], [1, 0, 0]);
});

Deno.test("stop() ends a pause", async () => {
  const { mailbox, receiver, clock } = open();
  receiver.script.push(BUSY);
  mailbox.post(notification("a"));
  await clock.advance(0);
  assertEquals(clock.pending, 1);
  await mailbox.stop();
  assertEquals(clock.pending, 0);
});

Deno.test("Mailbox loses nothing, repeats under the same id, and keeps order and rate, whatever comes", async () => {
  const result = fc.constantFrom<DeliveryResult | "hang">(DELIVERED, DELIVERED, BUSY, GONE, "hang");
  const act = fc.record({
    incident: fc.constantFrom("1", "2", "3"),
    state: fc.constantFrom("firing" as const, "resolved" as const),
    pauseMs: fc.constantFrom(0, 0, 100, 5_000, 40_000),
  });
  const runs = fc.asyncProperty(
    fc.array(act, { maxLength: 30 }),
    fc.array(result, { maxLength: 40 }),
    async (acts, results) => {
      const { mailbox, receiver, clock, updates } = open({ count: 3, limits: { queue: 5 } });
      receiver.script.push(...results);
      const ids = acts.map((_, index) => `n${index}`);
      for (const [index, { incident, state, pauseMs }] of acts.entries()) {
        mailbox.post(notification(`n${index}`, { incident, state }));
        await clock.advance(pauseMs);
      }
      await clock.advance(3_600_000);
      assertEquals(receiver.mostInFlight <= 1, true);
      const order = receiver.tried.map(({ id }) => Number(id.slice(1)));
      assertEquals(order, order.toSorted((a, b) => a - b));
      for (const id of ids) {
        assert(["delivered", "failed", "dropped"].includes(updates.get(id)?.state ?? "none"));
      }
      assertEquals(mailbox.state().queued, 0);
      assertEquals(clock.pending, 0);
    },
  );
  await fc.assert(runs, { numRuns: 60 });
});
