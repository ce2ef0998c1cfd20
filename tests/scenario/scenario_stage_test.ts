import { assert, assertEquals, assertNotStrictEquals, assertStrictEquals } from "@std/assert";

import { FaultKeeper } from "@/lib/fault_keeper.ts";
import type { ActResult } from "@/lib/ports/alert_desk.ts";
import type { Change } from "@/lib/ports/change.ts";
import type { ScenarioRunView } from "@/lib/ports/scenario_desk.ts";
import type { ScenarioSource } from "@/lib/scenario/run_recorder.ts";
import { ScenarioStage } from "@/lib/scenario/scenario_stage.ts";
import type { NotificationView } from "@/lib/protocol/views.ts";
import { alert, notification, service } from "@/tests/components/views.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { playable } from "@/tests/support/playable.ts";

const OUTAGE = { at: "10s", service: "auth-service", kind: "outage", duration: "20s" };
const LATER = { at: "40s", service: "auth-service", kind: "cpu-spike", duration: "10s" };

interface Set {
  readonly clock: FakeClock;
  readonly stage: ScenarioStage;
  readonly faults: FaultKeeper;
  /** What was said about calm. */
  readonly calm: boolean[];
  /** How often it was told that something is another. */
  changes: number;
  /** Which kinds of faults act. */
  acting(): string[];
}

function set(source: Partial<ScenarioSource> = {}, timeline: unknown = [OUTAGE, LATER]): Set {
  const clock = new FakeClock();
  const calm: boolean[] = [];
  const faults = new FaultKeeper({
    ...{ clock, sourceOf: () => "simulated", setFaults: () => {}, onChange: () => {} },
  });
  const stage = new ScenarioStage({
    ...{ clock, faults },
    source: {
      ...{ service: () => undefined, alert: () => undefined, notifications: () => [] },
      ...source,
    },
    misfit: ({ scenario }) => scenario.name === "misfit" ? "it needs another world" : null,
    isTold: () => true,
    steady: () => {},
    setCalm: (isCalm) => calm.push(isCalm),
    onChange: () => void all.changes++,
  });
  const scenarios = [playable({ timeline }), playable({}, "misfit"), playable({}, "quiet")];
  stage.offer({ scenarios, problems: new Map([["broken", "line 3: no"]]) });
  const all: Set = {
    ...{ clock, stage, faults, calm, changes: 0 },
    acting: () => faults.list().map(({ kind }) => kind),
  };
  return all;
}

function done(result: ActResult<ScenarioRunView>): ScenarioRunView {
  assert(result.kind === "done", JSON.stringify(result));
  return result.value;
}

function changeOf(services: readonly string[], alerts: readonly string[] = []): Change {
  return {
    services: new Map(services.map((name) => [name, new Map()])),
    ...{ removed: [], alerts, incidents: [], acceptedAtMs: 0 },
  };
}

Deno.test("ScenarioStage begins each fault at its time, and judges at the end", async () => {
  const { stage, clock, acting, calm } = set();
  const begun = done(stage.start("trial"));
  assertEquals([begun.state, begun.elapsedMs, begun.next], [
    ...["running", 0],
    { atMs: 10_000, what: "Outage on auth-service" },
  ]);
  await clock.advance(9_999);
  assertEquals(acting(), []);
  await clock.advance(1);
  assertEquals([acting(), stage.current()?.next?.atMs], [["outage"], 30_000]);
  await clock.advance(30_000);
  assertEquals(acting(), ["cpu-spike"]);
  await clock.advance(19_999);
  assertEquals([stage.current()?.state, calm], ["running", [true]]);
  await clock.advance(1);
  assertEquals([stage.current()?.state, stage.current()?.elapsedMs], ["passed", 60_000]);
  assertEquals([stage.current()?.next, calm], [null, [true, false]]);
});

Deno.test("ScenarioStage plays one at a time, and only what fits", () => {
  const { stage } = set();
  assertEquals(stage.current(), null);
  assertEquals(stage.start("nothing"), { kind: "unknown" });
  assertEquals(stage.start("misfit"), { kind: "conflict", reason: "it needs another world" });
  assertEquals(stage.start("broken"), { kind: "conflict", reason: "line 3: no" });
  assertEquals(stage.stop().kind, "conflict");
  done(stage.start("trial"));
  assertEquals(stage.start("quiet"), {
    kind: "conflict",
    reason: '"trial" is played, stop it first',
  });
  done(stage.stop());
  assertEquals(done(stage.start("quiet")).name, "quiet");
});

Deno.test("ScenarioStage.stop() ends all faults of the scenario, and no others", async () => {
  const { stage, clock, faults, acting, calm } = set();
  faults.add({ service: "other", kind: "crash", intensity: 1, durationMs: 5_000 });
  done(stage.start("trial"));
  faults.add({ service: "other", kind: "outage", intensity: 1, durationMs: 50_000 });
  await clock.advance(12_000);
  assertEquals(acting(), ["outage", "outage"]);
  assertEquals(done(stage.stop()).state, "stopped");
  assertEquals(faults.list().map((fault) => fault.service), ["other"]);
  await clock.advance(60_000);
  assertEquals([acting(), stage.current()?.elapsedMs, calm], [[], 12_000, [true, false]]);
});

Deno.test("ScenarioStage.pause() holds all; what was cut short acts for the rest of its time", async () => {
  const { stage, clock, acting, faults } = set();
  done(stage.start("trial"));
  assertEquals(stage.resume().kind, "conflict");
  await clock.advance(15_000);
  assertEquals(done(stage.pause()).state, "paused");
  assertEquals(stage.pause().kind, "conflict");
  await clock.advance(500_000);
  assertEquals([acting(), stage.current()?.elapsedMs], [[], 15_000]);
  done(stage.resume());
  assertEquals(faults.list().map(({ kind, durationMs }) => [kind, durationMs]), [[
    "outage",
    15_000,
  ]]);
  await clock.advance(14_999);
  assertEquals(acting(), ["outage"]);
  await clock.advance(1);
  assertEquals([acting(), stage.current()?.elapsedMs], [[], 30_000]);
  await clock.advance(10_000);
  assertEquals(acting(), ["cpu-spike"]);
});

Deno.test("ScenarioStage.pause() begins no crash again that has happened", async () => {
  const crash = { at: "10s", service: "auth-service", kind: "crash", duration: "10s" };
  const { stage, clock, acting } = set({}, [crash]);
  done(stage.start("trial"));
  // Its worker has not come to its next step yet.
  await clock.advance(10_500);
  done(stage.pause());
  done(stage.resume());
  assertEquals(acting(), ["crash"]);
  await clock.advance(1_000);
  done(stage.pause());
  done(stage.resume());
  assertEquals(acting(), []);
});

Deno.test("ScenarioStage keeps services calm through a second run, begun while the first verdict is shown", async () => {
  const { stage, clock, calm } = set();
  done(stage.start("trial"));
  await clock.advance(70_000);
  assertEquals([stage.shown()?.state, calm], ["passed", [true, false]]);
  done(stage.start("trial"));
  await clock.advance(50_000);
  assertEquals([stage.shown()?.state, calm], ["running", [true, false, true]]);
});

Deno.test("ScenarioStage can be stopped while it is paused", async () => {
  const { stage, clock, calm } = set();
  done(stage.start("trial"));
  await clock.advance(5_000);
  done(stage.pause());
  assertEquals([done(stage.stop()).state, calm], ["stopped", [true, false]]);
  assertEquals(stage.resume().kind, "conflict");
});

Deno.test("ScenarioStage.shown() is another object only at a moment, and is gone a while after the end", async () => {
  const all = set();
  const { stage, clock } = all;
  assertEquals(stage.shown(), null);
  done(stage.start("trial"));
  const first = stage.shown();
  await clock.advance(9_000);
  assertStrictEquals(stage.shown(), first);
  await clock.advance(1_000);
  assertNotStrictEquals(stage.shown(), first);
  // An end of a fault is a moment as well.
  for (const nextMs of [30_000, 40_000, 50_000]) {
    assertEquals(stage.shown()?.next?.atMs, nextMs);
    await clock.advance(nextMs - (stage.shown()?.elapsedMs ?? 0));
  }
  const { changes } = all;
  await clock.advance(10_000);
  assertEquals([stage.shown()?.state, all.changes], ["passed", changes + 1]);
  await clock.advance(29_999);
  assertEquals(stage.shown()?.state, "passed");
  await clock.advance(1);
  assertEquals([stage.shown(), stage.current()?.state], [null, "passed"]);
});

Deno.test("ScenarioStage.close() ends what is played and leaves no timer", async () => {
  const { stage, clock, faults } = set();
  done(stage.start("trial"));
  await clock.advance(11_000);
  stage.close();
  faults.stop();
  assertEquals([faults.list(), clock.pending], [[], 0]);
});

Deno.test("ScenarioStage writes down statuses, alerts and notifications of its services alone", async () => {
  const [alerts, log] = [new Map(), [told("n0", "old", -5_000)]];
  let status: "HEALTHY" | "DOWN" = "HEALTHY";
  const { stage, clock } = set({
    service: (name) => service(name, { status, alerts: ["old"] }),
    alert: (id) => alerts.get(id),
    notifications: () => log,
  }, []);
  done(stage.start("trial"));
  await clock.advance(3_000);
  const down = { service: "auth-service", rule: "SERVICE_DOWN" };
  alerts.set("a1", alert("SERVICE_DOWN", "auth-service", { id: "a1", state: "firing" }));
  alerts.set("old", alert("SERVICE_DOWN", "auth-service", { id: "old", state: "firing" }));
  alerts.set("b1", alert("SERVICE_DOWN", "other", { id: "b1", state: "firing" }));
  status = "DOWN";
  stage.publish(changeOf(["auth-service", "other"], ["a1", "old", "b1"]));
  stage.publish(changeOf(["auth-service"], ["a1"]));
  log.unshift(told("n1", "new", 3_100), told("n2", "old", 3_200));
  await clock.advance(1_000);
  alerts.set(
    "a1",
    alert("SERVICE_DOWN", "auth-service", { id: "a1", state: "resolved", firedAt: 1 }),
  );
  alerts.set(
    "a2",
    alert("SERVICE_DOWN", "auth-service", { id: "a2", state: "resolved", firedAt: null }),
  );
  stage.publish(changeOf([], ["a1", "a2"]));
  assertEquals(stage.events(), [
    { kind: "status", atMs: 0, service: "auth-service", status: "HEALTHY" },
    { kind: "alert", atMs: 3_000, ...down, change: "firing" },
    { kind: "status", atMs: 3_000, service: "auth-service", status: "DOWN" },
    { kind: "notification", atMs: 3_100, service: "auth-service", reason: "first" },
    { kind: "alert", atMs: 4_000, ...down, change: "resolved" },
    { kind: "alert", atMs: 4_000, ...down, change: "cancelled" },
  ]);

  function told(id: string, incident: string, afterMs: number): NotificationView {
    const at = 1_700_000_000_000 + afterMs;
    const decision = { kind: "send", reason: "first" } as const;
    return notification({ id, incident, at, service: "auth-service", decision });
  }
});
