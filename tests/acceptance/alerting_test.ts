import { assert, assertEquals } from "@std/assert";

import { MATCH_ALL } from "@/lib/domain/matcher.ts";
import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
import type { NotificationQuery } from "@/lib/ports/alert_desk.ts";
import type { MonitorConfig } from "@/lib/ports/monitor_config.ts";

import { receiverConfig } from "../support/receiver_config.ts";
import { type ConfigChange, configOf } from "../support/config.ts";
import { Timeline } from "./timeline.ts";

const HOUR_MS = 3_600_000;

/** A monitor that tells `ops`, after two seconds in which more may follow. */
function timelineOf(change: ConfigChange = {}): Timeline {
  return new Timeline(alerting(change));
}

function alerting(change: ConfigChange = {}): MonitorConfig {
  const ops = receiverConfig("ops", {
    ...{ groupWaitMs: 2_000, groupIntervalMs: 60_000, repeatMs: 4 * HOUR_MS },
  });
  return configOf({ receivers: [ops], ...change });
}

function alertOf(timeline: Timeline, rule: string): string {
  return timeline.alerts.find((alert) => alert.rule === rule)?.id ?? "";
}

Deno.test("a spike shorter than `for` tells nobody", async () => {
  const timeline = timelineOf();
  await timeline.send("checkout", { cpu: 97 }, 2);
  await timeline.send("checkout", { cpu: 40 }, 60);
  assertEquals(timeline.told, []);
});

Deno.test("a slow ramp tells once that it fires, and once that it has resolved", async () => {
  const timeline = timelineOf();
  for (let cpu = 80; cpu <= 95; cpu++) await timeline.send("checkout", { cpu });
  await timeline.send("checkout", { cpu: 50 }, 60);
  assertEquals(timeline.told, [
    "10 ops first checkout: HIGH_CPU",
    "16 ops resolved checkout: HIGH_CPU",
  ]);
});

Deno.test("one page per outage: what one service suffers is told in one message", async () => {
  const timeline = timelineOf();
  const bad = { cpu: 99, memory: 99, errorRate: 50 };
  await timeline.send("checkout", bad, 10);
  await timeline.send("checkout", { cpu: 9, memory: 9, errorRate: 0 }, 10);
  assertEquals(timeline.told, [
    "4 ops first checkout: HIGH_CPU+HIGH_ERROR_RATE+HIGH_MEMORY",
    "10 ops resolved checkout: HIGH_CPU+HIGH_ERROR_RATE+HIGH_MEMORY",
  ]);
});

Deno.test("what fails later in an outage is told a minute after, and the log says meanwhile that it waits", async () => {
  const timeline = timelineOf();
  await timeline.send("checkout", { cpu: 99, memory: 9 }, 6);
  await timeline.send("checkout", { cpu: 99, memory: 99 }, 10);
  const waiting = timeline.monitor.desk.alertDetail(alertOf(timeline, "HIGH_MEMORY"));
  assertEquals(waiting?.notifications.map(({ decision }) => decision.kind), ["hold"]);
  const [held] = waiting?.notifications ?? [];
  assertEquals(held?.decision.kind === "hold" && held.decision.reason.code, "gathering");
  await timeline.send("checkout", { cpu: 99, memory: 99 }, 50);
  assertEquals(timeline.told, [
    "4 ops first checkout: HIGH_CPU",
    "64 ops more checkout: HIGH_CPU+HIGH_MEMORY",
  ]);
});

Deno.test("what gets worse is told at once: a degraded service that goes DOWN", async () => {
  const timeline = timelineOf();
  await timeline.send("checkout", { cpu: 99 }, 6);
  await timeline.quiet(60_000);
  await timeline.send("checkout", { cpu: 20 }, 2);
  assertEquals(timeline.told, [
    "4 ops first checkout: HIGH_CPU",
    "10 ops escalated checkout: SERVICE_DOWN+HIGH_CPU",
    "66 ops resolved checkout: SERVICE_DOWN+HIGH_CPU",
  ]);
});

Deno.test("a message tells why, since when and where to read more", async () => {
  const timeline = timelineOf();
  await timeline.send("checkout", { cpu: 93.1 }, 6);
  const [message] = timeline.receiver("ops").sent;
  assert(message !== undefined);
  const [alert] = message.alerts;
  assertEquals(alert?.message, "CPU 93.1 % above 85 % for 3 samples");
  assertEquals([alert?.value, alert?.limit, alert?.unit], [93.1, 85, "%"]);
  assertEquals(message.url, `http://vitals.test/alerts/${alert?.id}`);
  assertEquals(message.since, alert?.firedAt);
});

Deno.test("it reminds while it fires and nobody is on it", async () => {
  const timeline = timelineOf();
  await timeline.send("checkout", { cpu: 99 }, 6);
  await timeline.quiet(9 * HOUR_MS);
  const reasons = timeline.told.map((line) => line.split(" ")[2]);
  assertEquals(reasons, ["first", "escalated", "repeat", "repeat"]);
});

Deno.test("acknowledge, then recovery: no reminder, one resolved, and the next outage is told again", async () => {
  const timeline = timelineOf();
  await timeline.send("checkout", { cpu: 99 }, 6);
  const { desk } = timeline.monitor;
  const act = { by: "Anna", note: "looking" };
  assertEquals(desk.acknowledge(alertOf(timeline, "HIGH_CPU"), act).kind, "done");
  await timeline.send("checkout", { cpu: 99 }, 5 * 3_600);
  assertEquals(timeline.alerts[0]?.acknowledged?.by, "Anna");
  assertEquals(timeline.told.length, 1);
  await timeline.send("checkout", { cpu: 20 }, 5);
  await timeline.send("checkout", { cpu: 99 }, 6);
  assertEquals(timeline.told.map((line) => line.split(" ")[2]), ["first", "resolved", "first"]);
  assertEquals(timeline.alerts[0]?.acknowledged, null);
});

Deno.test("an acknowledged warning that becomes critical is told", async () => {
  const rules = DEFAULT_RULES.map((rule) =>
    rule.kind === "threshold" && rule.name === "HIGH_CPU" ? { ...rule, critical: 95 } : rule
  );
  const timeline = timelineOf({ rules });
  await timeline.send("checkout", { cpu: 90 }, 6);
  timeline.monitor.desk.acknowledge(alertOf(timeline, "HIGH_CPU"), { by: "Anna", note: "" });
  await timeline.send("checkout", { cpu: 99 }, 6);
  assertEquals(timeline.told.map((line) => line.split(" ")[2]), ["first", "escalated"]);
  assertEquals(timeline.alerts.map(({ severity }) => severity), ["critical"]);
});

Deno.test("a silence over a firing alert: no reminder while it holds, the end is told all the same", async () => {
  const timeline = timelineOf();
  await timeline.send("checkout", { cpu: 99 }, 6);
  const made = timeline.monitor.desk.addSilence({
    matcher: { ...MATCH_ALL, service: "checkout" },
    startsAt: null,
    endsAt: timeline.clock.now() + 8 * HOUR_MS,
    author: "Anna",
    reason: "deploy",
  });
  assertEquals(made.kind, "done");
  await timeline.quiet(60);
  assertEquals(timeline.alerts[0]?.silencedBy?.author, "Anna");
  await timeline.send("checkout", { cpu: 99 }, 5 * 3_600);
  await timeline.send("checkout", { cpu: 20 }, 5);
  assertEquals(timeline.told.map((line) => line.split(" ")[2]), ["first", "resolved"]);
  assertEquals(timeline.status("checkout"), "HEALTHY");
});

Deno.test("a silence over a new alert: nothing is told until it ends, then what still fires", async () => {
  const timeline = timelineOf();
  timeline.monitor.desk.addSilence({
    matcher: { ...MATCH_ALL, rule: "HIGH_*" },
    startsAt: null,
    endsAt: timeline.clock.now() + 60_000,
    author: "Anna",
    reason: "",
  });
  await timeline.send("checkout", { cpu: 99 }, 59);
  assertEquals(timeline.told, []);
  assertEquals(timeline.status("checkout"), "DEGRADED");
  await timeline.send("checkout", { cpu: 99 }, 3);
  assertEquals(timeline.told, ["60 ops first checkout: HIGH_CPU"]);
});

Deno.test("silence or no silence: alerts and statuses are the same, only what is told differs", async () => {
  async function play(isSilenced: boolean): Promise<Timeline> {
    const timeline = timelineOf();
    if (isSilenced) {
      timeline.monitor.desk.addSilence({
        matcher: { ...MATCH_ALL, service: "*" },
        startsAt: null,
        endsAt: timeline.clock.now() + HOUR_MS,
        author: "Anna",
        reason: "",
      });
    }
    for (const cpu of [99, 20, 99]) await timeline.send("checkout", { cpu }, 20);
    await timeline.quiet(20_000);
    return timeline;
  }
  const [loud, quiet] = [await play(false), await play(true)];
  assertEquals(quiet.story, loud.story);
  assertEquals(quiet.told, []);
  assertEquals(loud.told.length, 4);
});

Deno.test("a maintenance window mutes and is over by itself", async () => {
  const timeline = timelineOf();
  const startsAt = timeline.clock.now() + 10_000;
  const schedule = { kind: "once", startsAt, endsAt: startsAt + 60_000 } as const;
  const window = { name: "upgrade", matcher: MATCH_ALL, reason: "new disk", schedule };
  await timeline.monitor.reconfigure(alerting({ maintenance: [window] }));
  await timeline.send("checkout", { cpu: 20 }, 11);
  await timeline.send("checkout", { cpu: 99 }, 30);
  assertEquals(timeline.alerts[0]?.silencedBy?.id, "upgrade");
  assertEquals(timeline.told, []);
  await timeline.send("checkout", { cpu: 99 }, 40);
  assertEquals(timeline.told, ["70 ops first checkout: HIGH_CPU"]);
  assertEquals(timeline.alerts[0]?.silencedBy, null);
});

Deno.test("thirty children and their parent fail: exactly one notification", async () => {
  const children = Array.from({ length: 30 }, (_, index) => `child-${index}`);
  const timeline = timelineOf({
    push: ["db", ...children],
    dependsOn: Object.fromEntries(children.map((child) => [child, ["db"]])),
  });
  const all = [...children, "db"];
  for (const service of all) await timeline.send(service, {}, 0);
  for (let second = 0; second < 5; second++) {
    for (const service of all) {
      timeline.monitor.collector.ingest([{ service, metrics: { cpu: 20 } }]);
      await timeline.quiet(20);
    }
    await timeline.quiet(380);
  }
  await timeline.quiet(600_000);
  assertEquals(timeline.status("child-7"), "DOWN");
  assertEquals(timeline.told.length, 1);
  assert(timeline.told[0]?.endsWith("ops first db: SERVICE_DOWN"), timeline.told[0]);
  const child = timeline.alerts.find(({ service }) => service === "child-7");
  assertEquals(child?.inhibitedBy?.service, "db");
  const held = timeline.monitor.desk.alertDetail(child?.id ?? "")?.notifications;
  assertEquals(held?.at(0)?.decision, {
    kind: "hold",
    reason: { code: "inhibited", by: "db" },
  });
});

Deno.test("the parent's recovery gives its children time, then tells of those that stay", async () => {
  const timeline = timelineOf({ push: ["db", "shop"], dependsOn: { shop: ["db"] } });
  await timeline.send("db", {}, 1);
  await timeline.send("shop", {}, 1);
  await timeline.quiet(60_000);
  assertEquals(timeline.told.map((line) => line.split(" ").slice(1, 4).join(" ")), [
    "ops first db:",
  ]);
  await timeline.send("db", {}, 29);
  assertEquals(timeline.alerts.map(({ inhibitedBy }) => inhibitedBy?.kind), ["recovering"]);
  await timeline.send("db", {}, 5);
  assertEquals(timeline.told.map((line) => line.split(" ").slice(1).join(" ")), [
    "ops first db: SERVICE_DOWN",
    "ops resolved db: SERVICE_DOWN",
    "ops first shop: SERVICE_DOWN",
  ]);
});

Deno.test("a child that fails alone is told once its parent is known to be alive", async () => {
  const timeline = timelineOf({ push: ["db", "shop"], dependsOn: { shop: ["db"] } });
  await timeline.send("shop", {}, 1);
  await timeline.send("db", {}, 30);
  assertEquals(timeline.told, ["7 ops first shop: SERVICE_DOWN"]);
});

Deno.test("flapping is told once, and once more when it has calmed down", async () => {
  const rules = DEFAULT_RULES.map((rule) =>
    rule.kind === "threshold"
      ? { ...rule, hold: { kind: "samples", breaches: 1, of: 1 } as const }
      : rule
  );
  const timeline = timelineOf({ rules, alerting: { flapping: { changes: 5, windowMs: 600_000 } } });
  for (let round = 0; round < 40; round++) {
    await timeline.send("checkout", { cpu: 99 }, 3);
    await timeline.send("checkout", { cpu: 20 }, 3);
  }
  assertEquals(timeline.told.map((line) => line.split(" ")[2]), [
    "first",
    "resolved",
    "first",
    "resolved",
    "flapping",
  ]);
  assertEquals(timeline.screen?.services.get("checkout")?.flapping, ["HIGH_CPU"]);
  await timeline.send("checkout", { cpu: 20 }, 299);
  assertEquals(timeline.told.map((line) => line.split(" ")[2]).slice(5), ["resolved"]);
  assertEquals(timeline.screen?.services.get("checkout")?.flapping, []);
});

Deno.test("missing data keeps alerts firing and says so, and tells nobody of a recovery", async () => {
  const rules = DEFAULT_RULES.filter(({ kind }) => kind === "threshold");
  const timeline = timelineOf({ rules });
  await timeline.send("checkout", { cpu: 93.1, memory: 99, latency: 900, errorRate: 50 }, 10);
  await timeline.quiet(3 * HOUR_MS);
  assertEquals(timeline.alerts.map(({ state }) => state), Array(4).fill("firing"));
  assertEquals(timeline.told.map((line) => line.split(" ")[2]), ["first", "more"]);
});

Deno.test("a set clock tells nobody anything", async () => {
  const timeline = timelineOf();
  await timeline.send("checkout", { cpu: 99 }, 6);
  for (const byMs of [5 * HOUR_MS, -10 * HOUR_MS]) {
    timeline.clock.step(byMs);
    await timeline.send("checkout", { cpu: 99 }, 30);
  }
  assertEquals(timeline.told, ["4 ops first checkout: HIGH_CPU"]);
  await timeline.send("checkout", { cpu: 20 }, 3);
  assertEquals(timeline.told.length, 2);
});

Deno.test("how long an outage lasted is told by the time that passed, however the clock was set", async () => {
  for (const byMs of [24 * HOUR_MS, -24 * HOUR_MS]) {
    const timeline = timelineOf();
    await timeline.send("checkout", { cpu: 99 }, 6);
    timeline.clock.step(byMs);
    await timeline.send("checkout", { cpu: 99 }, 8);
    await timeline.send("checkout", { cpu: 20 }, 2);
    const last = timeline.receiver("ops").sent.at(-1);
    assertEquals([last?.title, last?.lastedMs], ["checkout has recovered after 12 s", 12_000]);
  }
});

Deno.test("restart of a service: it is told DOWN once and back once, whatever it does in between", async () => {
  const timeline = timelineOf();
  await timeline.send("checkout", { cpu: 20 }, 5);
  await timeline.quiet(20_000);
  await timeline.send("checkout", { cpu: 100 }, 2);
  await timeline.send("checkout", { cpu: 20 }, 30);
  assertEquals(timeline.told.map((line) => line.split(" ").slice(1).join(" ")), [
    "ops first checkout: SERVICE_DOWN",
    "ops resolved checkout: SERVICE_DOWN",
  ]);
});

Deno.test("a restart that is shorter than the heartbeat limit tells nobody", async () => {
  const timeline = timelineOf();
  await timeline.send("checkout", { cpu: 20 }, 5);
  await timeline.quiet(3_900);
  await timeline.send("checkout", { cpu: 20 }, 30);
  assertEquals(timeline.told, []);
});

Deno.test("a receiver gets what it is for: by severity, service and tag", async () => {
  const receivers = [
    receiverConfig("pager", { minSeverity: "critical" }),
    receiverConfig("shop", { matcher: { ...MATCH_ALL, service: "shop-*" } }),
    receiverConfig("quiet", { sendResolved: false }),
  ];
  const timeline = timelineOf({ receivers });
  await timeline.send("cart", { cpu: 99 }, 4);
  await timeline.quiet(6_000);
  await timeline.send("cart", { cpu: 20 }, 3);
  assertEquals(timeline.told.map((line) => line.split(" ").slice(1).join(" ")), [
    "quiet first cart: HIGH_CPU",
    "pager first cart: SERVICE_DOWN",
    "quiet escalated cart: SERVICE_DOWN+HIGH_CPU",
    "pager resolved cart: SERVICE_DOWN",
  ]);
});

Deno.test("every decision has a reason that can be read: sent, held, and what came of it", async () => {
  const timeline = timelineOf({
    receivers: [receiverConfig("ops"), receiverConfig("pager", { minSeverity: "critical" })],
  });
  timeline.receiver("ops").script.push({
    ...{ kind: "passing", reason: "HTTP 503", retryAfterMs: null },
  });
  await timeline.send("checkout", { cpu: 99 }, 10);
  const detail = timeline.monitor.desk.alertDetail(alertOf(timeline, "HIGH_CPU"));
  const lines = detail?.notifications.map(({ receiver, decision, state, tries }) => {
    const reason = decision.kind === "send" ? decision.reason : decision.reason.code;
    return `${receiver} ${decision.kind} ${reason} ${state} ${tries}`;
  });
  assertEquals(lines, ["pager hold no match held 0", "ops send first delivered 2"]);
  const { decisions, receivers } = timeline.monitor.desk.notificationCounts();
  assertEquals(decisions, { first: 1, "no match": 1 });
  const { posted, delivered, attempts } = receivers.ops ?? {};
  assertEquals([posted, delivered, attempts], [1, 1, 2]);
  assertEquals(detail?.transitions.map(({ change }) => change), ["pending", "firing"]);
  await timeline.send("checkout", { cpu: 20 }, 2);
  const after = timeline.monitor.desk.notifications(EVERYTHING).map(({ receiver, decision }) =>
    `${receiver} ${decision.kind === "send" ? decision.reason : decision.reason.code}`
  );
  assertEquals(after, ["ops resolved", "pager no match", "ops first"]);
});

Deno.test("a service that configuration takes away is told as resolved, with the reason", async () => {
  const timeline = timelineOf({ push: ["old"] });
  await timeline.send("old", { cpu: 99 }, 6);
  await timeline.monitor.reconfigure(alerting());
  await timeline.quiet(100);
  assertEquals(timeline.told, ["4 ops first old: HIGH_CPU", "6 ops resolved old: HIGH_CPU"]);
  const [, last] = timeline.receiver("ops").sent;
  assertEquals(
    last?.alerts[0]?.message,
    "rule HIGH_CPU no longer applies: the configuration changed",
  );
});

Deno.test("a test notification is really sent, and its result comes back", async () => {
  const timeline = timelineOf();
  timeline.receiver("ops").script.push({ kind: "permanent", reason: "HTTP 404" });
  const failed = await timeline.monitor.desk.testReceiver("ops");
  assertEquals(failed, { kind: "done", value: { kind: "permanent", reason: "HTTP 404" } });
  const done = await timeline.monitor.desk.testReceiver("ops");
  assertEquals(done.kind === "done" && done.value.kind, "delivered");
  assertEquals(timeline.receiver("ops").sent.map(({ reason }) => reason), ["test", "test"]);
  assertEquals((await timeline.monitor.desk.testReceiver("nobody")).kind, "unknown");
});

Deno.test("stop() leaves no timer behind, with messages waiting and incidents open", async () => {
  const timeline = timelineOf({ push: ["db", "shop"], dependsOn: { shop: ["db"] } });
  timeline.receiver("ops").script.push("hang");
  await timeline.send("checkout", { cpu: 99 }, 6);
  await timeline.monitor.stop();
  assertEquals(timeline.clock.pending, 0);
});

Deno.test("a receiver that changes keeps what waits, and what it was told", async () => {
  const timeline = timelineOf();
  timeline.receiver("ops").script.push({
    ...{ kind: "passing", reason: "HTTP 503", retryAfterMs: 600_000 },
  });
  await timeline.send("checkout", { cpu: 99 }, 6);
  const moved = receiverConfig("ops", { groupWaitMs: 5_000 });
  await timeline.monitor.reconfigure(configOf({ receivers: [moved] }));
  await timeline.send("checkout", { cpu: 99 }, 60);
  const { sent } = timeline.receiver("ops");
  assertEquals(sent.map(({ reason }) => reason), ["first"]);
  const states = timeline.monitor.desk.notifications(EVERYTHING).map(({ state }) => state);
  assertEquals(states, ["delivered"]);
  await timeline.monitor.stop();
});

Deno.test("what waits for a receiver that is gone is dropped, with the reason", async () => {
  const timeline = timelineOf();
  timeline.receiver("ops").script.push({
    ...{ kind: "passing", reason: "HTTP 503", retryAfterMs: 600_000 },
  });
  await timeline.send("checkout", { cpu: 99 }, 6);
  await timeline.monitor.reconfigure(configOf());
  const [entry] = timeline.monitor.desk.notifications(EVERYTHING);
  assertEquals([entry?.state, entry?.reason], [
    "dropped",
    "the receiver is not configured any more",
  ]);
  await timeline.monitor.stop();
});

const EVERYTHING: NotificationQuery = {
  ...{ receiver: null, service: null, alert: null, state: null, limit: 100, before: null },
};

Deno.test("a set clock makes no child's alert wait, and none be told instead of its parent's", async (t) => {
  const family = { push: ["db", "shop", "cart"], dependsOn: { shop: ["db"], cart: ["db"] } };
  const atOnce = DEFAULT_RULES.map((rule) =>
    rule.kind === "threshold"
      ? { ...rule, hold: { kind: "samples", breaches: 1, of: 1 } as const }
      : rule
  );
  for (const byMs of [-HOUR_MS, HOUR_MS]) {
    await t.step(`a child that fails alone, ${byMs}`, async () => {
      const timeline = timelineOf({
        push: ["db", "shop"],
        dependsOn: { shop: ["db"] },
        rules: atOnce,
      });
      await timeline.send("db", { cpu: 20 });
      timeline.monitor.collector.ingest([{ service: "shop", metrics: { cpu: 99 } }]);
      timeline.clock.step(byMs);
      await timeline.quiet(500);
      for (let second = 0; second < 10; second++) {
        timeline.monitor.collector.ingest([{ service: "shop", metrics: { cpu: 99 } }]);
        await timeline.send("db", { cpu: 20 });
      }
      assertEquals(timeline.told.map((line) => line.split(" ").slice(2).join(" ")), [
        "first shop: HIGH_CPU",
      ]);
    });
    await t.step(`all of them, ${byMs}`, async () => {
      const timeline = timelineOf(family);
      for (const service of ["shop", "cart"]) {
        timeline.monitor.collector.ingest([{ service, metrics: { cpu: 20 } }]);
      }
      await timeline.quiet(2_000);
      await timeline.send("db", { cpu: 20 });
      await timeline.quiet(3_000);
      timeline.clock.step(byMs);
      await timeline.quiet(60_000);
      assertEquals(timeline.told.map((line) => line.split(" ")[3]), ["db:"]);
    });
  }
});

Deno.test("acknowledging just after the clock was set delays nothing", async () => {
  const timeline = timelineOf();
  await timeline.send("checkout", { cpu: 99 }, 3);
  timeline.clock.step(-HOUR_MS);
  timeline.monitor.desk.acknowledge(alertOf(timeline, "HIGH_CPU"), { by: "Anna", note: "" });
  await timeline.quiet(6_000);
  assertEquals(timeline.status("checkout"), "DOWN");
});

Deno.test("a parent that is slower to notice than the grace is still the one that is told of", async () => {
  const children = Array.from({ length: 30 }, (_, index) => `s${index}`);
  const [rule] = DEFAULT_RULES.filter(({ kind }) => kind === "missingHeartbeat");
  assert(rule?.kind === "missingHeartbeat");
  const slow = { ...rule, limitMs: 60_000 };
  const config = alerting({
    push: ["db", ...children],
    dependsOn: Object.fromEntries(children.map((name) => [name, ["db"]])),
  });
  const services = config.services.map((each) =>
    each.name === "db" ? { ...each, rules: [slow] } : each
  );
  const timeline = new Timeline({ ...config, services });
  for (const service of ["db", ...children]) {
    timeline.monitor.collector.ingest([{ service, metrics: {} }]);
  }
  await timeline.quiet(200_000);
  assertEquals(timeline.told.map((line) => line.split(" ").slice(1).join(" ")), [
    "ops first db: SERVICE_DOWN",
  ]);
});

Deno.test("flapping goes by the configuration, also for services that nobody listed", async () => {
  const timeline = timelineOf({
    push: ["listed"],
    alerting: { flapping: { changes: 2, windowMs: 600_000 } },
  });
  for (const service of ["listed", "came"]) {
    await timeline.send(service, { cpu: 99 }, 3);
    await timeline.send(service, { cpu: 20 }, 1);
  }
  const flaps = timeline.monitor.collector;
  assertEquals(
    ["listed", "came"].map((service) => flaps.flappingOf(service).map(({ rule }) => rule)),
    [["HIGH_CPU"], ["HIGH_CPU"]],
  );
});

Deno.test("a parent's limit that has passed counts before a sample that comes after it", async () => {
  const timeline = timelineOf({ push: ["db", "shop"], dependsOn: { shop: ["db"] } });
  await timeline.send("db", { cpu: 20 });
  await timeline.send("shop", { cpu: 99 }, 3);
  timeline.clock.stall(10_000);
  timeline.monitor.collector.ingest([{ service: "shop", metrics: { cpu: 99 } }]);
  await timeline.send("shop", { cpu: 99 }, 10);
  assertEquals(timeline.told.map((line) => line.split(" ")[3]), ["db:"]);
});

Deno.test("what still fires is not said to have recovered, though it is silenced", async () => {
  const timeline = timelineOf();
  const silenced = timeline.monitor.desk.addSilence({
    matcher: { ...MATCH_ALL, rule: "HIGH_MEMORY" },
    ...{ startsAt: null, endsAt: timeline.clock.now() + HOUR_MS, author: "Anna", reason: "" },
  });
  assertEquals(silenced.kind, "done");
  await timeline.send("checkout", { cpu: 99, memory: 99 }, 6);
  await timeline.send("checkout", { cpu: 20, memory: 99 }, 6);
  const last = timeline.receiver("ops").sent.at(-1);
  assertEquals(last?.title, "checkout: HIGH_CPU has resolved; still fires: HIGH_MEMORY");
  assertEquals(last?.alerts.map(({ rule, state }) => `${rule} ${state}`), ["HIGH_CPU resolved"]);
});

Deno.test("what becomes critical again after it had eased is told again", async () => {
  const [rule] = DEFAULT_RULES;
  assert(rule?.kind === "threshold");
  const levels = { ...rule, clear: 80, critical: 95 };
  const timeline = timelineOf({ rules: [levels] });
  await timeline.send("checkout", { cpu: 99 }, 6);
  await timeline.send("checkout", { cpu: 88 }, 60);
  await timeline.send("checkout", { cpu: 99 }, 6);
  assertEquals(timeline.told.map((line) => line.split(" ")[2]), ["first", "escalated"]);
});

Deno.test("a receiver that changes together with the rules hears of both in order", async () => {
  const timeline = timelineOf();
  timeline.receiver("ops").script.push("hang");
  await timeline.send("checkout", { cpu: 99 }, 6);
  const moved = receiverConfig("ops", { groupWaitMs: 5_000 });
  const rules = DEFAULT_RULES.filter(({ kind }) => kind === "missingHeartbeat");
  const reloaded = timeline.monitor.reconfigure(configOf({ receivers: [moved], rules }));
  await timeline.quiet(4_000);
  await reloaded;
  await timeline.quiet(60_000);
  // The first attempt was cut short, and begins again with the same id.
  assertEquals(timeline.told.slice(0, 3), [
    "4 ops first checkout: HIGH_CPU",
    "6 ops first checkout: HIGH_CPU",
    "6 ops resolved checkout: HIGH_CPU",
  ]);
});

Deno.test("a receiver and a window that come with the same reload: the window holds first", async () => {
  const timeline = timelineOf({ receivers: [] });
  await timeline.send("checkout", { cpu: 99 }, 6);
  const startsAt = timeline.clock.now() - 1_000;
  const schedule = { kind: "once", startsAt, endsAt: startsAt + HOUR_MS } as const;
  const window = { name: "upgrade", matcher: MATCH_ALL, reason: "", schedule };
  await timeline.monitor.reconfigure(alerting({ maintenance: [window] }));
  await timeline.send("checkout", { cpu: 99 }, 20);
  assertEquals(timeline.told, []);
});

Deno.test("what is muted beside what is told has its reason in the log and at the alert", async () => {
  const timeline = timelineOf();
  timeline.monitor.desk.addSilence({
    matcher: { ...MATCH_ALL, rule: "HIGH_MEMORY" },
    ...{ startsAt: null, endsAt: timeline.clock.now() + HOUR_MS, author: "Anna", reason: "" },
  });
  await timeline.send("checkout", { cpu: 99, memory: 99 }, 30);
  const { desk } = timeline.monitor;
  const of = (rule: string) =>
    desk.alertDetail(alertOf(timeline, rule))?.notifications.map(({ decision }) =>
      decision.kind === "hold" ? decision.reason.code : decision.reason
    );
  assertEquals([of("HIGH_CPU"), of("HIGH_MEMORY")], [["first"], ["silenced"]]);
  assertEquals(desk.notificationCounts().decisions, { first: 1, silenced: 1 });
});
