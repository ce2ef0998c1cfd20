import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
import type { NotificationQuery } from "@/lib/ports/alert_desk.ts";

import { configOf } from "../support/config.ts";
import { BUSY, DELIVERED, type FakeAnswer, REFUSED } from "../support/fake_receiver.ts";
import { receiverConfig } from "../support/receiver_config.ts";
import { Timeline } from "./timeline.ts";

const HOUR_MS = 3_600_000;
const OPS = receiverConfig("ops", { repeatMs: 4 * HOUR_MS });

/** A monitor that tells `ops`, which answers like this at first. */
function answering(...script: readonly FakeAnswer[]): Timeline {
  const timeline = new Timeline(configOf({ receivers: [OPS] }));
  timeline.receiver("ops").script.push(...script);
  return timeline;
}

/** The attempts: minutes since the beginning, and the reason. */
function attempts({ told }: Timeline): string[] {
  return told.map((line) => {
    const [seconds, , reason] = line.split(" ");
    return `${Math.round(Number(seconds) / 60)} ${reason}`;
  });
}

Deno.test("what was refused for good is told again, after pauses from five minutes to an hour", async () => {
  const timeline = answering(REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED);
  await timeline.send("checkout", { cpu: 99 }, 4 * 3_600);
  assertEquals(attempts(timeline), [
    "0 first",
    "5 first",
    "15 first",
    "35 first",
    "75 first",
    "135 first",
    "195 first",
  ]);
  const { decisions } = timeline.monitor.desk.notificationCounts();
  assertEquals(decisions, { first: 7, refused: 6 });
  await timeline.monitor.stop();
});

Deno.test("a worse alert that was refused is told again; what was told stays told", async () => {
  const timeline = answering(DELIVERED, REFUSED, DELIVERED);
  await timeline.send("checkout", { cpu: 99 }, 5);
  await timeline.quiet(HOUR_MS);
  assertEquals(attempts(timeline), ["0 first", "0 escalated", "5 escalated"]);
  await timeline.send("checkout", { cpu: 20 }, 2);
  assertEquals(attempts(timeline).slice(3), ["60 resolved"]);
  await timeline.monitor.stop();
});

Deno.test("nobody is told of the end of what was refused, and everybody of what was told", async () => {
  const silent = answering(REFUSED);
  await silent.send("checkout", { cpu: 99 }, 5);
  await silent.send("checkout", { cpu: 20 }, 600);
  assertEquals(attempts(silent), ["0 first"]);
  const half = answering(DELIVERED, REFUSED);
  await half.send("checkout", { cpu: 99 }, 5);
  await half.quiet(10_000);
  await half.send("checkout", { cpu: 20 }, 600);
  assertEquals(attempts(half), ["0 first", "0 escalated", "0 resolved"]);
  for (const timeline of [silent, half]) await timeline.monitor.stop();
});

Deno.test("a receiver that refuses hears of other outages at once, and a delivery makes pauses short", async () => {
  const rules = DEFAULT_RULES.filter(({ kind }) => kind === "threshold");
  const timeline = new Timeline(configOf({ receivers: [OPS], rules }));
  timeline.receiver("ops").script.push(REFUSED, DELIVERED, REFUSED);
  await timeline.send("checkout", { cpu: 99 }, 5);
  await timeline.send("search", { cpu: 99 }, 5);
  await timeline.quiet(HOUR_MS);
  const services = timeline.told.map((line) => line.split(" ")[3]);
  assertEquals(services, ["checkout:", "search:", "checkout:", "checkout:"]);
  assertEquals(attempts(timeline).slice(2), ["5 first", "10 first"]);
  await timeline.monitor.stop();
});

Deno.test("a receiver whose address was put right is told at once", async () => {
  const timeline = answering(REFUSED);
  await timeline.send("checkout", { cpu: 99 }, 5);
  const moved = { ...OPS, groupWaitMs: 1 };
  await timeline.monitor.reconfigure(configOf({ receivers: [moved] }));
  await timeline.send("checkout", { cpu: 99 }, 5);
  assertEquals(attempts(timeline), ["0 first", "0 first"]);
  await timeline.monitor.stop();
});

Deno.test("the log says why nothing is told meanwhile", async () => {
  const timeline = answering(REFUSED);
  await timeline.send("checkout", { cpu: 99 }, 60);
  const log = timeline.monitor.desk.notifications(EVERYTHING);
  assertEquals(
    log.map(({ decision, state }) =>
      `${decision.kind === "send" ? decision.reason : decision.reason.code} ${state}`
    ),
    ["refused held", "first failed"],
  );
  await timeline.monitor.stop();
});

/** Seconds of one service with a value of CPU, while the receiver gives these answers. */
function histories() {
  const answers = fc.array(
    fc.constantFrom<FakeAnswer[]>(DELIVERED, REFUSED, REFUSED, BUSY),
    { maxLength: 3 },
  );
  const service = fc.constantFrom("checkout", "search");
  const cpu = fc.constantFrom(20, 99);
  const seconds = fc.constantFrom(1, 4, 8, 400);
  return fc.array(fc.record({ answers, service, cpu, seconds }), { maxLength: 25, size: "max" });
}

Deno.test("whatever is refused: no end without a beginning, and in the end all is told", async () => {
  await fc.assert(
    fc.asyncProperty(histories(), async (history) => {
      const timeline = new Timeline(configOf({ receivers: [OPS] }));
      const receiver = timeline.receiver("ops");
      const knows = new Set<string>();
      receiver.onTaken = ({ service, state }) => {
        assert(state === "firing" || knows.has(service), "no end without a beginning");
        if (state === "firing") knows.add(service);
        else knows.delete(service);
      };
      for (const { answers, service, cpu, seconds } of history) {
        receiver.script.push(...answers);
        await timeline.send(service, { cpu }, seconds);
      }
      receiver.script.length = 0;
      // The longest pause, and a retry that may be under way.
      await timeline.quiet(HOUR_MS + 600_000);
      const firing = timeline.alerts.filter(({ state }) => state === "firing");
      assertEquals(knows, new Set(firing.map(({ service }) => service)));
      await timeline.monitor.stop();
    }),
    { numRuns: 40 },
  );
});

const EVERYTHING: NotificationQuery = {
  ...{ receiver: null, service: null, alert: null, state: null, limit: 100, before: null },
};
