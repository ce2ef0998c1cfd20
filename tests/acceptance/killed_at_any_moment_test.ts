/**
 * Promise 4 as a law: whatever happens when, and whenever the monitor is killed, nothing that was
 * acknowledged is lost, nothing is told twice under another id, and nothing resolves without a good sample.
 */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import type { AlertTransition } from "@/lib/domain/alert.ts";
import type { Notification } from "@/lib/domain/notification.ts";

import { configOf } from "../support/config.ts";
import { BUSY, DELIVERED } from "../support/fake_receiver.ts";
import { receiverConfig } from "../support/receiver_config.ts";
import { Lives } from "./lives.ts";

const SERVICES = ["api", "db", "web"] as const;

type Deed =
  | { readonly kind: "send"; readonly service: string; readonly cpu: number }
  | { readonly kind: "pass"; readonly durationMs: number }
  | { readonly kind: "kill"; readonly awayMs: number }
  | { readonly kind: "commits take"; readonly commitMs: number }
  | { readonly kind: "set clock"; readonly byMs: number }
  | { readonly kind: "receiver"; readonly answer: "busy" | "hang" | "delivers" };

const DEED: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant("send" as const),
      service: fc.constantFrom(...SERVICES),
      cpu: fc.constantFrom(20, 99),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("pass" as const),
      durationMs: fc.constantFrom(1, 10, 200, 1_000, 6_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("kill" as const),
      awayMs: fc.constantFrom(0, 100, 4_000, 3_600_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("commits take" as const),
      commitMs: fc.constantFrom(0, 1, 5, 300),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("set clock" as const),
      byMs: fc.constantFrom(-3_600_000, -5_000, 5_000, 3_600_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("receiver" as const),
      answer: fc.constantFrom("busy" as const, "hang" as const, "delivers" as const),
    }),
  },
);

/** Plays a story, and keeps what was acknowledged. */
class Story {
  readonly lives = new Lives(
    configOf({ receivers: [receiverConfig("ops", { groupWaitMs: 500, groupIntervalMs: 2_000 })] }),
  );
  /** `"<service> <at>"` of each sample whose sender was told that it is kept. */
  readonly acknowledged: string[] = [];

  async play(deeds: readonly Deed[]): Promise<void> {
    for (const deed of deeds) await this.do(deed);
  }

  /** Ends well: all services are good for long enough, and nothing hinders the receiver. */
  async end(): Promise<void> {
    const { lives } = this;
    lives.commitMs = 0;
    lives.receiver.script.length = 0;
    lives.receiver.answer(DELIVERED);
    await lives.restart(1_000);
    for (let second = 0; second < 900; second++) {
      for (const service of SERVICES) await this.do({ kind: "send", service, cpu: 20 });
      await lives.clock.advance(1_000);
    }
  }

  async do(deed: Deed): Promise<void> {
    const { lives } = this;
    switch (deed.kind) {
      case "send":
        return this.#send(deed);
      case "pass":
        return await lives.clock.advance(deed.durationMs);
      case "kill":
        return await lives.restart(deed.awayMs);
      case "commits take":
        lives.commitMs = deed.commitMs;
        return;
      case "set clock":
        return lives.clock.step(deed.byMs);
      case "receiver":
        if (deed.answer === "delivers") lives.receiver.answer(DELIVERED);
        else lives.receiver.script.push(deed.answer === "busy" ? BUSY : "hang");
    }
  }

  #send({ service, cpu }: Extract<Deed, { kind: "send" }>): void {
    const { monitor, clock } = this.lives;
    const at = clock.now();
    const result = monitor.collector.ingest([{ service, at, metrics: { cpu } }]);
    assertEquals(result.kind, "accepted");
    monitor.gate.committed().then(({ kind }) => {
      if (kind === "kept") this.acknowledged.push(`${service} ${at}`);
    });
  }
}

/** What a notification tells, whatever its id. */
function contentOf({ incident, reason, alerts }: Notification): string {
  const parts = alerts.map(({ id, severity }) => `${id} ${severity}`).sort();
  return [incident, reason, ...parts].join(" | ");
}

function checkNotifications(sent: readonly Notification[]): void {
  const idsOf = new Map<string, Set<string>>();
  for (const notification of sent) {
    const content = contentOf(notification);
    idsOf.set(content, (idsOf.get(content) ?? new Set()).add(notification.id));
  }
  for (const [content, ids] of idsOf) assertEquals(ids.size, 1, `two ids: ${content}`);
  for (const incident of new Set(sent.map((each) => each.incident))) {
    const reasons = new Map(
      sent.filter((each) => each.incident === incident).map(({ id, reason }) => [id, reason]),
    );
    const told = [...reasons.values()];
    assertEquals(told.filter((reason) => reason === "resolved").length, 1, told.join());
    assertEquals(told.at(-1), "resolved", told.join());
  }
}

function checkResolved(transitions: readonly AlertTransition[]): void {
  for (const { change, rule, value, limit, message } of transitions) {
    if (change !== "resolved") continue;
    assert(rule.kind === "missingHeartbeat" ? value <= limit : value <= rule.clear, message);
  }
}

/** Nobody hears of an end that is not on record. */
function checkEnds(
  sent: readonly Notification[],
  transitions: readonly AlertTransition[],
): void {
  const ended = new Set(
    transitions.filter(({ change }) => change === "resolved").map(({ id }) => id),
  );
  for (const { reason, alerts } of sent) {
    if (reason !== "resolved") continue;
    assert(alerts.length > 0, "an end of nothing");
    assertEquals(alerts.filter(({ id }) => !ended.has(id)), []);
  }
}

Deno.test("killed at any moment: nothing acknowledged is lost, nothing is told anew, nothing resolves falsely", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(DEED, { minLength: 10, maxLength: 120 }), async (deeds) => {
      const story = new Story();
      await story.play(deeds);
      await story.end();
      const { kept, receiver, monitor } = story.lives;
      const samples = new Set(kept.samples.map(({ service, at }) => `${service} ${at}`));
      assertEquals(story.acknowledged.filter((sample) => !samples.has(sample)), []);
      const alerts = kept.transitions.filter((each) => each.kind === "alert");
      checkNotifications(receiver.sent);
      checkResolved(alerts);
      checkEnds(receiver.sent, alerts);
      assertEquals(monitor.notifier.receivers().map(({ queued }) => queued), [0]);
      assertEquals(monitor.collector.statusCounts().HEALTHY, SERVICES.length);
      await monitor.stop();
    }),
    { numRuns: 60 },
  );
});
