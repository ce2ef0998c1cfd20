import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import type { PushOutcome } from "@/agent/push.ts";
import { type AgentCounts, runAgent } from "@/agent/run.ts";
import { RecordedLog } from "../support/recorded_log.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

const ACCEPTED: PushOutcome = { kind: "accepted" };
const AWAY: PushOutcome = { kind: "unreachable", reason: "connection refused" };

function refused(status: number, detail = "", retryAfterMs = 0): PushOutcome {
  return { kind: "refused", status, detail, retryAfterMs };
}

/** What is to happen to one sample: how it ends, and after how long. */
interface Plan {
  readonly outcome: PushOutcome;
  readonly tookMs?: number;
}

/** An agent whose every push ends as planned; after the plan, every sample is accepted at once. */
class Story {
  readonly clock = new FakeClock();
  readonly log = new RecordedLog();
  /** When each push began, in milliseconds since the start. */
  readonly sentAt: number[] = [];
  /** How many pushes are under way, and the most there ever were. */
  underWay = 0;
  mostUnderWay = 0;
  readonly #stop = new AbortController();
  readonly #plans: Plan[];
  readonly #running: Promise<AgentCounts>;

  constructor(...plans: Plan[]) {
    this.#plans = plans;
    this.#running = runAgent({
      ...{ service: "web-1", intervalMs: 1_000, clock: this.clock, log: this.log },
      readings: { read: () => Promise.resolve({ cpu: 40 }) },
      push: (sample) => {
        assertEquals(sample, { service: "web-1", metrics: { cpu: 40 } });
        return this.#push(this.#plans.shift() ?? { outcome: ACCEPTED });
      },
      random: () => 0.5,
      signal: this.#stop.signal,
    });
  }

  /** Stops the agent and returns what it counted. */
  async stop(): Promise<AgentCounts> {
    this.#stop.abort();
    return await this.#running;
  }

  async #push({ outcome, tookMs = 0 }: Plan): Promise<PushOutcome> {
    this.sentAt.push(this.clock.monotonicMs());
    this.underWay++;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    if (tookMs > 0) await this.#wait(tookMs);
    this.underWay--;
    return outcome;
  }

  /** As a real push does, gives up when the agent is stopped. */
  #wait(durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.clock.after(durationMs, resolve);
      this.#stop.signal.addEventListener("abort", () => {
        cancel();
        resolve();
      });
    });
  }
}

Deno.test("runAgent() sends at once, then on a steady grid", async () => {
  const story = new Story({ outcome: ACCEPTED, tookMs: 300 }, { outcome: ACCEPTED, tookMs: 999 });
  await story.clock.advance(3_500);
  assertEquals(story.sentAt, [0, 1_000, 2_000, 3_000]);
  assertEquals(await story.stop(), { sent: 4, dropped: 0 });
});

Deno.test("runAgent() has one push under way and drops what falls due meanwhile", async () => {
  const story = new Story({ outcome: ACCEPTED, tookMs: 2_500 });
  await story.clock.advance(4_000);
  assertEquals(story.sentAt, [0, 3_000, 4_000]);
  assertEquals(story.mostUnderWay, 1);
  assertEquals(await story.stop(), { sent: 3, dropped: 2 });
});

Deno.test("runAgent() keeps its grid however long pushes take", async () => {
  const durations = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(durations, async (durations) => {
      const story = new Story(...durations.map((tookMs) => ({ outcome: ACCEPTED, tookMs })));
      await story.clock.advance(20_500);
      const isIdle = story.underWay === 0;
      const { sent, dropped } = await story.stop();
      assert(story.sentAt.every((at) => at % 1_000 === 0));
      assertEquals(new Set(story.sentAt).size, story.sentAt.length);
      assertEquals(story.mostUnderWay, 1);
      // Every point of the grid, from 0 to 20 s, was either used or dropped.
      if (isIdle) assertEquals(sent + dropped, 21);
    }),
    { numRuns: 50 },
  );
});

Deno.test("runAgent() tries again with growing pauses, and says so once", async () => {
  const story = new Story(...Array(5).fill({ outcome: AWAY }));
  await story.clock.advance(16_000);
  // Pauses of 0.5, 1, 2, 4 and 7.5 s, each up to the next point of the grid.
  assertEquals(story.sentAt.slice(0, 6), [0, 1_000, 2_000, 4_000, 8_000, 16_000]);
  assertEquals(story.log.lines, ["warn: unreachable, trying on", "info: connected"]);
  assertEquals(story.log.fields, [{ reason: "connection refused" }, { dropped: 16 }]);
  assertEquals(await story.stop(), { sent: 1, dropped: 16 });
});

Deno.test("runAgent() begins with a short pause again after success", async () => {
  const away = { outcome: AWAY };
  const story = new Story(away, away, away, { outcome: ACCEPTED }, away);
  await story.clock.advance(6_000);
  assertEquals(story.sentAt, [0, 1_000, 2_000, 4_000, 5_000, 6_000]);
  await story.stop();
});

Deno.test("runAgent() waits as long as it is asked to", async () => {
  const story = new Story({ outcome: refused(429, "busy", 6_200) });
  await story.clock.advance(8_000);
  assertEquals(story.sentAt, [0, 7_000, 8_000]);
  await story.stop();
});

Deno.test("runAgent() tries on slowly when the sample is refused, and says why once", async () => {
  const wrong = { outcome: refused(422, "service: is too long") };
  const story = new Story(wrong, wrong);
  await story.clock.advance(24_000);
  assertEquals(story.sentAt, [0, 12_000, 24_000]);
  assertEquals(story.log.lines, ["warn: refused, trying on", "info: connected"]);
  assertEquals(story.log.fields[0], { status: 422, detail: "service: is too long" });
  await story.stop();
});

Deno.test("runAgent() logs each change of trouble, and what was lost in it", async () => {
  const story = new Story(
    { outcome: ACCEPTED },
    { outcome: AWAY },
    { outcome: refused(503, "starting") },
    { outcome: refused(401, "no token") },
    { outcome: ACCEPTED },
  );
  await story.clock.advance(20_000);
  assertEquals(story.log.lines, [
    "info: connected",
    "warn: unreachable, trying on",
    "warn: refused, trying on",
    "warn: refused, trying on",
    "info: connected",
  ]);
  assertEquals(story.log.fields[0], { dropped: 0 });
  // Lost: 1, 2 and 3 s by failing, then 11 points of the grid in the pause after the third.
  assertEquals(story.log.fields[4], { dropped: 14 });
  await story.stop();
});

Deno.test("runAgent() ends in a pause", async () => {
  const story = new Story({ outcome: AWAY });
  await story.clock.advance(100);
  assertEquals(await story.stop(), { sent: 0, dropped: 1 });
  assertEquals(story.clock.pending, 0);
});

Deno.test("runAgent() ends during a push", async () => {
  const story = new Story({ outcome: ACCEPTED, tookMs: 5_000 });
  await story.clock.advance(100);
  assertEquals(await story.stop(), { sent: 0, dropped: 0 });
  assertEquals([story.clock.pending, story.sentAt.length], [0, 1]);
});

Deno.test("runAgent() sends nothing when it is stopped already", async () => {
  const counts = await runAgent({
    ...{ service: "a", intervalMs: 1_000, clock: new FakeClock(), log: new RecordedLog() },
    readings: { read: () => Promise.reject(new Error("must not be read")) },
    push: () => Promise.reject(new Error("must not be sent")),
    random: () => 0.5,
    signal: AbortSignal.abort(),
  });
  assertEquals(counts, { sent: 0, dropped: 0 });
});
