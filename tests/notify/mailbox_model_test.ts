import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import type { Notification } from "@/lib/domain/notification.ts";
import type { DeliveryUpdate } from "@/lib/notify/delivery_update.ts";
import { Mailbox } from "@/lib/notify/mailbox.ts";
import { ABORT_GRACE_MS } from "@/lib/notify/try_receiver.ts";

import { FakeClock } from "../support/fake_clock.ts";
import {
  BUSY,
  DELIVERED,
  type FakeAnswer,
  FakeReceiver,
  REFUSED,
} from "../support/fake_receiver.ts";
import { notification } from "../support/notifications.ts";
import { RecordedLog } from "../support/recorded_log.ts";

const RATE = { count: 2, spanMs: 5_000 };
const LIMITS = { queue: 3, attemptMs: 1_000, giveUpMs: 20_000 };

type Act =
  | { readonly kind: "post"; readonly incident: string; readonly state: "firing" | "resolved" }
  | { readonly kind: "pass"; readonly durationMs: number }
  | { readonly kind: "answer"; readonly result: Exclude<FakeAnswer, "hang" | Error> }
  | { readonly kind: "expect"; readonly answers: readonly FakeAnswer[] };

/** What is known of one notification. */
interface Known {
  readonly notification: Notification;
  readonly postedAt: number;
  /** The order in which it is to be sent: where it was posted, or where the one stood that it replaced. */
  place: number;
  state: DeliveryUpdate["state"];
  tries: number;
  nextTryAt: number;
}

/** A mailbox under watch: each law is checked at the moment at which it could be broken. */
class Watched {
  readonly clock = new FakeClock(0);
  readonly receiver = new FakeReceiver();
  readonly mailbox: Mailbox;
  readonly known = new Map<string, Known>();
  readonly begun: number[] = [];
  /** A mailbox outlives what its receiver or its listener throws, so broken laws are thrown later. */
  readonly #broken: unknown[] = [];
  /** Incidents that began here and of which nothing was delivered. */
  readonly #unheard = new Set<string>();
  #replaced: string[] = [];
  #pushedOut: string[] = [];

  constructor(random: () => number) {
    const { clock, receiver } = this;
    this.mailbox = new Mailbox({
      clock,
      random,
      receiver,
      log: new RecordedLog(),
      rate: RATE,
      limits: LIMITS,
      onUpdate: (id, change) => this.#keepBroken(() => this.#onUpdate(id, change)),
    });
    receiver.onSent = (sent) => this.#keepBroken(() => this.#onSent(sent));
  }

  async run(act: Act): Promise<void> {
    switch (act.kind) {
      case "post":
        this.post(act);
        break;
      case "pass":
        await this.clock.advance(act.durationMs);
        break;
      case "answer":
        this.receiver.answer(act.result);
        break;
      case "expect":
        this.receiver.script.push(...act.answers);
        break;
    }
    await this.clock.advance(0);
    for (const error of this.#broken) throw error;
    this.#checkSums();
    assertEquals(
      this.clock.pending,
      this.mailbox.queued > 0 ? 1 : 0,
      "one timer, if anything waits",
    );
  }

  /** Posts, and checks who had to make room. */
  post({ incident, state }: { incident: string; state: "firing" | "resolved" }): void {
    const id = `n${this.known.size}`;
    const outdated = state === "firing" ? this.#outdatedBy(incident) : [];
    const isFull = outdated.length === 0 && this.#waiting().length === LIMITS.queue;
    const isFirst = state === "firing" && !this.#isOpen(incident);
    const reason = state === "resolved" ? state : isFirst ? "first" : "more";
    const posted = notification(id, { incident, state, reason });
    if (isFirst && this.#waitingOf(incident).length === 0) this.#unheard.add(incident);
    const place = outdated[0]?.place ?? this.known.size;
    const postedAt = this.clock.now();
    this.#replaced = [];
    this.#pushedOut = [];
    const fresh = {
      notification: posted,
      postedAt,
      place,
      state: "queued",
      tries: 0,
      nextTryAt: 0,
    };
    this.known.set(id, { ...fresh, state: "queued" });
    const victims = isFull ? this.#leastMissed() : [[]];
    this.mailbox.post(posted);
    assert(this.mailbox.queued <= LIMITS.queue, "within the bound");
    assertEquals(this.#replaced, outdated.map(({ notification }) => notification.id));
    const options = victims.map((group) => group.map(({ notification }) => notification.id));
    assert(
      options.some((ids) => ids.join() === this.#pushedOut.join()),
      `drops what is missed least: ${this.#pushedOut} of ${options.join(" or ")}`,
    );
  }

  /** What may go when there is too much: any of these groups. */
  #leastMissed(): readonly (readonly Known[])[] {
    const waiting = this.#waiting();
    const untold = [...this.#unheard].flatMap((incident) => {
      const all = this.#waitingOf(incident);
      const end = all.findLastIndex(({ notification }) => notification.state === "resolved");
      return end < 0 || all.some(({ tries }) => tries > 0) ? [] : [all.slice(0, end + 1)];
    });
    if (untold.length > 0) return untold;
    const firing = waiting.find(({ notification, tries }) =>
      notification.state === "firing" && tries === 0
    );
    const rest = waiting.find(({ notification }) => notification !== this.#inFlight());
    return [[firing ?? rest].filter((one) => one !== undefined)];
  }

  /** Whether the incident was begun and not ended, as far as was posted. */
  #isOpen(incident: string): boolean {
    const all = [...this.known.values()].map(({ notification }) => notification);
    return all.findLast((one) => one.incident === incident)?.state === "firing";
  }

  #waitingOf(incident: string): Known[] {
    return this.#waiting().filter(({ notification }) => notification.incident === incident);
  }

  #keepBroken(check: () => void): void {
    try {
      check();
    } catch (error) {
      this.#broken.push(error);
    }
  }

  /** Checks that everything posted is over or waits, and that the counters say so. */
  #checkSums(): void {
    const states = [...this.known.values()].map(({ state }) => state);
    const count = (state: DeliveryUpdate["state"]) => states.filter((one) => one === state).length;
    assertEquals(this.mailbox.counters(), {
      posted: this.known.size,
      delivered: count("delivered"),
      failed: count("failed"),
      dropped: count("dropped"),
      attempts: this.receiver.sent.length,
      retries: this.receiver.sent.length - new Set(this.receiver.ids).size,
    });
    assertEquals(
      this.mailbox.unfinished().map(({ id }) => id),
      this.#waiting().map(({ notification }) => notification.id),
    );
  }

  #onSent(sent: Notification): void {
    const [first] = this.#waiting();
    const known = this.#find(sent.id);
    const now = this.clock.now();
    assertEquals(sent, known.notification, "the same under the same id");
    assertEquals(first, known, "in order, and nothing that is over");
    assertEquals(this.receiver.hanging, 0, "one in flight");
    assert(now >= known.nextTryAt, "not before the time that was told");
    assert(now < known.postedAt + LIMITS.giveUpMs, "not once it is too old");
    const isEnd = sent.state === "resolved";
    assert(!isEnd || !this.#unheard.has(sent.incident), "no end of what nobody was told");
    if (known.tries++ === 0) this.begun.push(now);
    const [oldest = -Infinity] = this.begun.slice(-RATE.count - 1);
    assert(this.begun.length <= RATE.count || now - oldest >= RATE.spanMs, "within the rate");
  }

  #onUpdate(id: string, change: DeliveryUpdate): void {
    const known = this.#find(id);
    assert(["queued", "retrying"].includes(known.state), "nothing after the end");
    assert(change.state !== "queued" || known.state === "queued", "not queued once it failed");
    assert(change.state !== "delivered" || change.attempt?.result === "delivered");
    assert(change.nextTryAt === null || change.nextTryAt >= this.clock.now(), "told beforehand");
    if (change.reason === "the queue was full") this.#pushedOut.push(id);
    if (change.reason === "replaced by a newer one") this.#replaced.push(id);
    known.state = change.state;
    this.#noteHeard(known);
    known.nextTryAt = change.nextTryAt ?? 0;
  }

  #noteHeard({ state, notification: { incident, state: about } }: Known): void {
    if (about === "firing" && state === "delivered") this.#unheard.delete(incident);
    const isOver = about === "resolved" && state !== "queued" && state !== "retrying";
    if (isOver && this.#waitingOf(incident).length === 0) this.#unheard.delete(incident);
  }

  /** Those that wait, in the order in which they are to be sent. */
  #waiting(): Known[] {
    return [...this.known.values()]
      .filter(({ state }) => state === "queued" || state === "retrying")
      .sort((a, b) => a.place - b.place);
  }

  #inFlight(): Notification | undefined {
    return this.receiver.hanging > 0 ? this.receiver.sent.at(-1) : undefined;
  }

  #outdatedBy(incident: string): Known[] {
    const all = [...this.known.values()].filter(({ notification }) =>
      notification.incident === incident
    );
    const sinceEnd = all.slice(
      all.findLastIndex(({ notification }) => notification.state === "resolved") + 1,
    );
    return sinceEnd.filter(({ state, tries }) => state === "queued" && tries === 0);
  }

  #find(id: string): Known {
    const known = this.known.get(id);
    assert(known !== undefined, `known: ${id}`);
    return known;
  }
}

const results = fc.constantFrom(DELIVERED, BUSY, REFUSED, {
  kind: "passing" as const,
  reason: "HTTP 429",
  retryAfterMs: 7_000,
});

const posts: fc.Arbitrary<Act> = fc.record({
  kind: fc.constant("post"),
  incident: fc.constantFrom("1", "2", "3", "4"),
  state: fc.constantFrom("firing", "firing", "resolved"),
});

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: posts },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant("pass"),
        durationMs: fc.oneof(
          fc.integer({ min: 0, max: 1_500 }),
          fc.integer({ max: 9_000, min: 0 }),
        ),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("answer"), result: results }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant("expect"),
        answers: fc.array(
          fc.oneof(
            results,
            fc.constant("hang"),
            fc.constant("hang"),
            fc.constant(new Error("bug")),
          ),
          { minLength: 1, maxLength: 4 },
        ),
      }),
    },
  ),
  { maxLength: 60, size: "max" },
);

const part = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

Deno.test("Mailbox keeps order, rate, ids and pauses, and loses nothing, whatever happens", async () => {
  await fc.assert(
    fc.asyncProperty(acts, part, async (list, random) => {
      const watched = new Watched(() => random);
      for (const act of list) await watched.run(act);
      watched.receiver.script.length = 0;
      await watched.run({ kind: "pass", durationMs: 3 * LIMITS.giveUpMs });
      assertEquals([watched.mailbox.queued, watched.clock.pending], [0, 0]);
    }),
    { numRuns: 300 },
  );
});

Deno.test("Mailbox.stop() leaves no timer and sends nothing more, whatever happened before", async () => {
  await fc.assert(
    fc.asyncProperty(acts, part, fc.boolean(), async (list, random, deaf) => {
      const watched = new Watched(() => random);
      for (const act of list) await watched.run(act);
      watched.receiver.deaf = deaf;
      const stopped = watched.mailbox.stop();
      await watched.clock.advance(ABORT_GRACE_MS);
      await stopped;
      assertEquals(watched.clock.pending, 0);
      const sent = watched.receiver.sent.length;
      watched.receiver.answer(DELIVERED);
      watched.post({ incident: "1", state: "firing" });
      await watched.clock.advance(3 * LIMITS.giveUpMs);
      assertEquals([watched.receiver.sent.length, watched.clock.pending], [sent, 0]);
    }),
  );
});
