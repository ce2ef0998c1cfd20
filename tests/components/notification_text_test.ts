import { assertEquals } from "@std/assert";

import {
  describeNotification,
  explainTelling,
  type Telling,
  toneOfNotification,
} from "@/components/notification_text.ts";
import type { HoldReason } from "@/lib/domain/notification.ts";
import type { NotificationView } from "@/lib/protocol/views.ts";

import { alert, notification, NOW } from "./views.ts";

const writeTime = (at: number) => `${(at - NOW) / 1_000} s`;
const UNTIL = NOW + 60_000;
const FAILED = { at: NOW, result: "passing", detail: "HTTP 503" } as const;

Deno.test("describeNotification() says the decision and what became of it", async (t) => {
  const rows: readonly (readonly [words: string, changes: Partial<NotificationView>])[] = [
    ["sent, first: delivered, HTTP 204", {}],
    ["sent, escalated: delivered after 3 tries, HTTP 204", {
      decision: { kind: "send", reason: "escalated" },
      tries: 3,
    }],
    ["to be sent, reminder: waits for its first try", {
      ...{ decision: { kind: "send", reason: "repeat" }, state: "queued", attempts: [], tries: 0 },
    }],
    ["being sent, first: not yet after 2 tries, HTTP 503; next try 60 s", {
      ...{ state: "retrying", attempts: [FAILED], tries: 2, nextTryAt: UNTIL },
    }],
    ["not sent, resolved: given up after 1 try, HTTP 503", {
      ...{ decision: { kind: "send", reason: "resolved" }, state: "failed", attempts: [FAILED] },
    }],
    ["not sent, first: dropped, something newer replaced it", {
      ...{ state: "dropped", reason: "something newer replaced it", attempts: [] },
    }],
    ["not sent, first: given up after 1 try, the receiver is gone", {
      ...{ state: "failed", reason: "the receiver is gone", attempts: [FAILED] },
    }],
  ];
  for (const [words, changes] of rows) {
    await t.step(words, () => {
      assertEquals(describeNotification(notification(changes), writeTime), words);
    });
  }
});

Deno.test("describeNotification() says why it was held", async (t) => {
  const rows: readonly (readonly [words: string, reason: HoldReason])[] = [
    ["held: gathering what fails together until 60 s", { code: "gathering", until: UNTIL }],
    ["held: already told, next reminder 60 s", { code: "told", until: UNTIL }],
    ["held: already told", { code: "told", until: null }],
    ["held: inhibited by db", { code: "inhibited", by: "db" }],
    ["held: waiting for db until 60 s", { code: "awaiting parent", by: "db", until: UNTIL }],
    ["held: silenced by Anna until 60 s", { code: "silenced", by: "Anna", until: UNTIL }],
    ["held: in maintenance nightly until 60 s", {
      code: "maintenance",
      by: "nightly",
      until: UNTIL,
    }],
    ["held: acknowledged by Anna", { code: "acknowledged", by: "Anna" }],
    ["held: flapping, which was told", { code: "flapping" }],
    ["held: not for this receiver", { code: "no match" }],
    ["held: refused before, not told again until 60 s", { code: "refused", until: UNTIL }],
    ["held: ended before anyone was told", { code: "never told" }],
  ];
  for (const [words, reason] of rows) {
    await t.step(words, () => assertEquals(describeNotification(held(reason), writeTime), words));
  }
});

Deno.test("explainTelling() says who knows, and who does not", async (t) => {
  const queued = notification({ receiver: "team", state: "queued", attempts: [] });
  const failed = notification({ receiver: "phone", state: "failed" });
  const rows: readonly (readonly [words: string, notifications: readonly NotificationView[]])[] = [
    ["ops was told.", [notification()]],
    ["ops and team were told.", [notification({ receiver: "team" }), notification()]],
    [
      "ops was told. A message to team is on its way. The message to phone did not get through.",
      [queued, failed, notification()],
    ],
    ["Nobody was told yet. A message to team is on its way.", [queued]],
    ["Nobody was told yet. The message to phone did not get through.", [failed]],
    ["Nobody was told: acknowledged by Anna.", [held({ code: "acknowledged", by: "Anna" })]],
  ];
  for (const [words, notifications] of rows) {
    await t.step(words, () => assertEquals(explain({ notifications }), words));
  }
});

Deno.test("explainTelling() keeps in mind who was told while another message is on its way", () => {
  const again = notification({ state: "retrying", decision: { kind: "send", reason: "repeat" } });
  assertEquals(
    explain({ notifications: [again, notification()] }),
    "ops was told. A message to ops is on its way.",
  );
});

Deno.test("explainTelling() says why there is no word in the log", async (t) => {
  const mute = { kind: "silence", id: "s", until: UNTIL, author: "Anna", reason: "" } as const;
  const inhibitedBy = { kind: "down", service: "db", alert: null, until: null } as const;
  const acknowledged = { by: "Anna", at: NOW, note: "", severity: "warning" } as const;
  const rows: readonly (readonly [words: string, telling: Partial<Telling>])[] = [
    ["Nobody was told: it has not fired.", { alert: alert("HIGH_CPU", "a", { firedAt: null }) }],
    ["Nobody was told: no receivers are configured.", { hasReceivers: false }],
    ["Nobody was told: it is silenced until 60 s.", {
      alert: alert("HIGH_CPU", "a", { silencedBy: mute }),
    }],
    ["Nobody was told: it is in maintenance until 60 s.", {
      alert: alert("HIGH_CPU", "a", { silencedBy: { ...mute, kind: "maintenance" } }),
    }],
    ["Nobody was told: it waits for db.", { alert: alert("HIGH_CPU", "a", { inhibitedBy }) }],
    ["Nobody was told: Anna is on it.", { alert: alert("HIGH_CPU", "a", { acknowledged }) }],
    ["Who was told is no longer on record, or nobody was.", {
      alert: alert("HIGH_CPU", "a", { state: "resolved", resolvedAt: NOW, silencedBy: mute }),
    }],
    [
      "Nobody was told of it yet: it may be told together with what else fails on this service.",
      {},
    ],
  ];
  for (const [words, telling] of rows) {
    await t.step(words, () => assertEquals(explain(telling), words));
  }
});

Deno.test("toneOfNotification() tells what got through from what did not", () => {
  const states = ["delivered", "retrying", "failed", "dropped", "queued", "held"] as const;
  assertEquals(states.map((state) => toneOfNotification({ state })), [
    ...["ok", "warn", "crit", "crit", "idle", "idle"] as const,
  ]);
});

function held(reason: HoldReason): NotificationView {
  return notification({ decision: { kind: "hold", reason }, state: "held", attempts: [] });
}

function explain(changes: Partial<Telling>): string {
  const telling = { alert: alert("HIGH_CPU", "a"), notifications: [], hasReceivers: true };
  return explainTelling({ ...telling, ...changes }, writeTime);
}
