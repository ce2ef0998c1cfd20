import { assert, assertEquals, assertStringIncludes } from "@std/assert";

import { ABORT_GRACE_MS, tryReceiver } from "@/lib/notify/try_receiver.ts";
import type { DeliveryResult } from "@/lib/ports/receiver.ts";

import { BUSY, DELIVERED, FakeReceiver, REFUSED } from "../support/fake_receiver.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { notification } from "../support/notifications.ts";
import { RecordedLog } from "../support/recorded_log.ts";

/** One attempt, and what came of it so far. */
class Trial {
  readonly clock = new FakeClock();
  readonly log = new RecordedLog();
  readonly receiver = new FakeReceiver();
  readonly stop = new AbortController();
  result: DeliveryResult | "open" = "open";

  begin(): this {
    const { clock, log, receiver, stop: { signal } } = this;
    tryReceiver(receiver, notification("n1"), { clock, log, attemptMs: 10_000, signal })
      .then((result) => this.result = result);
    return this;
  }
}

Deno.test("tryReceiver() returns what the receiver says, and leaves no timer", async (t) => {
  for (const answer of [DELIVERED, REFUSED, BUSY]) {
    await t.step(answer.kind, async () => {
      const trial = new Trial();
      trial.receiver.script.push(answer);
      await trial.begin().clock.advance(0);
      assertEquals([trial.result, trial.clock.pending], [answer, 0]);
    });
  }
});

Deno.test("tryReceiver() aborts an attempt that gets no answer in time", async () => {
  const trial = new Trial();
  trial.receiver.script.push("hang");
  await trial.begin().clock.advance(9_999);
  assertEquals([trial.result, trial.receiver.hanging], ["open", 1]);
  await trial.clock.advance(1);
  assertEquals(trial.result, {
    kind: "passing",
    reason: "no answer within 10 s",
    retryAfterMs: null,
  });
  assertEquals([trial.receiver.hanging, trial.clock.pending], [0, 0]);
});

Deno.test("tryReceiver() ends when it is stopped", async () => {
  const trial = new Trial();
  trial.receiver.script.push("hang");
  await trial.begin().clock.advance(500);
  trial.stop.abort();
  await trial.clock.advance(0);
  assertEquals(trial.result, {
    kind: "passing",
    reason: "stopped before an answer came",
    retryAfterMs: null,
  });
  assertEquals(trial.clock.pending, 0);
});

Deno.test("tryReceiver() sends nothing once it is stopped", async () => {
  const trial = new Trial();
  trial.stop.abort();
  await trial.begin().clock.advance(0);
  assertEquals([trial.receiver.ids, trial.clock.pending], [[], 0]);
  assertEquals(trial.result !== "open" && trial.result.kind, "passing");
});

Deno.test("tryReceiver() does not wait for a receiver that ignores its signal", async () => {
  const trial = new Trial();
  trial.receiver.script.push("hang");
  trial.receiver.deaf = true;
  await trial.begin().clock.advance(10_000 + ABORT_GRACE_MS - 1);
  assertEquals(trial.result, "open");
  await trial.clock.advance(1);
  assertEquals(trial.result !== "open" && trial.result.kind, "passing");
  assertEquals([trial.log.lines, trial.clock.pending], [["error: receiver ignores its signal"], 0]);
});

Deno.test("tryReceiver() believes a receiver that has delivered while it was aborted", async () => {
  const trial = new Trial();
  trial.receiver.script.push("hang");
  trial.receiver.deaf = true;
  await trial.begin().clock.advance(10_000);
  trial.receiver.answer(DELIVERED);
  await trial.clock.advance(0);
  assertEquals([trial.result, trial.clock.pending, trial.log.lines], [DELIVERED, 0, []]);
});

Deno.test("tryReceiver() takes a receiver that breaks its contract for one that may work later", async (t) => {
  const rows: [string, (receiver: FakeReceiver) => void][] = [
    [
      "rejects",
      (receiver) =>
        void receiver.script.push(new TypeError("cannot reach https://hooks.example/key")),
    ],
    ["throws", (receiver) => {
      receiver.deliver = () => {
        throw new TypeError("cannot reach https://hooks.example/key");
      };
    }],
  ];
  for (const [name, breakIt] of rows) {
    await t.step(name, async () => {
      const trial = new Trial();
      breakIt(trial.receiver);
      await trial.begin().clock.advance(0);
      assertEquals(trial.result, {
        kind: "passing",
        reason: "the receiver is broken, see the log",
        retryAfterMs: null,
      });
      assertEquals([trial.log.lines, trial.clock.pending], [["error: receiver broken"], 0]);
      const logged = JSON.stringify(trial.log.fields);
      assertStringIncludes(logged, `"receiver":"ops","notification":"n1","error":"TypeError"`);
      assertStringIncludes(logged, "try_receiver_test.ts");
      assert(!logged.includes("hooks.example"), logged);
    });
  }
});
