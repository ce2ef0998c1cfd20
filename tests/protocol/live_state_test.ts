import { assert, assertEquals, assertStrictEquals } from "@std/assert";

import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
import type { DeltaMessage, SnapshotMessage } from "@/lib/protocol/live_message.ts";
import { applyDelta, type LiveState, startState } from "@/lib/protocol/live_state.ts";
import { encodeTimes } from "@/lib/protocol/times.ts";
import type { AlertView, MetricView, ServiceView } from "@/lib/protocol/views.ts";

const STATS = { samplesPerSecond: 4, peers: 1, latencyMs: null, scenario: null };

function series(...points: [at: number, value: number][]): MetricView {
  const recent = points.map(([, value]) => value);
  const times = encodeTimes(points.map(([at]) => at));
  return { value: 0, avg: 0, min: 0, max: 0, limit: 85, breach: false, recent, times };
}

function service(name: string, metrics: Record<string, MetricView> = {}): ServiceView {
  return {
    name,
    tags: [],
    dependsOn: [],
    source: { kind: "push" },
    status: "HEALTHY",
    since: 0,
    lastHeartbeat: null,
    metrics,
    alerts: [],
    flapping: [],
    failure: null,
    faults: [],
    strip: { from: 0, stepMs: 5_000, slots: "H" },
  };
}

function alert(id: string, state: AlertView["state"], service = "checkout"): AlertView {
  const [definition] = DEFAULT_RULES;
  assert(definition !== undefined);
  return {
    id,
    rule: definition.name,
    service,
    severity: "warning",
    state,
    since: 0,
    firedAt: null,
    resolvedAt: null,
    value: 0,
    peak: 0,
    limit: 0,
    unit: "%",
    message: "",
    evidence: [],
    progress: { kind: "samples", breaches: 0, needed: 3 },
    definition,
    seenAt: 0,
    calmSince: null,
    acknowledged: null,
    flapping: null,
    silencedBy: null,
    inhibitedBy: null,
  };
}

function start(part: Partial<SnapshotMessage> = {}): LiveState {
  const empty = { at: 0, metrics: [], services: [], alerts: [], stats: STATS };
  return startState({ type: "snapshot", seq: 10, ...empty, ...part });
}

function delta(seq: number, part: Partial<DeltaMessage> = {}): DeltaMessage {
  const empty = { at: seq, services: [], removed: [], alerts: [], stats: STATS };
  return { type: "delta", seq, ...empty, ...part };
}

function apply(state: LiveState, part: Partial<DeltaMessage>): LiveState {
  const next = applyDelta(state, delta(state.seq + 1, part));
  assert(next !== undefined);
  return next;
}

Deno.test("startState() decodes the window of each series", () => {
  const state = start({
    services: [service("checkout", { cpu: series([1_000, 40], [2_500, 41]) })],
  });
  assertEquals(state.services.get("checkout")?.metrics.cpu, {
    value: 0,
    avg: 0,
    min: 0,
    max: 0,
    limit: 85,
    breach: false,
    points: [{ at: 1_000, value: 40 }, { at: 2_500, value: 41 }],
  });
});

Deno.test("applyDelta() appends new samples and keeps the last 60", () => {
  const window = Array.from({ length: 59 }, (_, at): [number, number] => [at, at]);
  let state = start({ services: [service("checkout", { cpu: series(...window) })] });
  state = apply(state, { services: [service("checkout", { cpu: series([59, 59], [60, 60]) })] });
  const points = state.services.get("checkout")?.metrics.cpu?.points ?? [];
  assertEquals(points.length, 60);
  assertEquals([points[0], points[59]], [{ at: 1, value: 1 }, { at: 60, value: 60 }]);
});

Deno.test("applyDelta() takes everything but the samples from the new view", () => {
  let state = start({ services: [service("checkout", { cpu: series([1, 1]) })] });
  const before = state.services.get("checkout")?.metrics.cpu?.points;
  const changed = service("checkout", { cpu: { ...series(), avg: 7, breach: true } });
  state = apply(state, { services: [{ ...changed, status: "DOWN" }] });
  const after = state.services.get("checkout");
  assertEquals([after?.status, after?.metrics.cpu?.avg, after?.metrics.cpu?.breach], [
    "DOWN",
    7,
    true,
  ]);
  assertStrictEquals(after?.metrics.cpu?.points, before);
});

Deno.test("applyDelta() keeps the identity of what did not change", () => {
  const before = start({
    services: [service("checkout"), service("search")],
    alerts: [alert("a1", "firing")],
  });
  const after = apply(before, { services: [service("checkout")] });
  assert(after.services.get("checkout") !== before.services.get("checkout"));
  assertStrictEquals(after.services.get("search"), before.services.get("search"));
  assertStrictEquals(after.alerts, before.alerts);
  const last = apply(after, { alerts: [alert("a2", "pending")] });
  assertStrictEquals(last.services, after.services);
  assertStrictEquals(last.alerts.get("a1"), before.alerts.get("a1"));
});

Deno.test("applyDelta() returns the same state for a delta it contains already", () => {
  const state = start();
  assertStrictEquals(applyDelta(state, delta(10)), state);
  assertStrictEquals(applyDelta(state, delta(3)), state);
});

Deno.test("applyDelta() returns undefined when a delta is missing", () => {
  assertEquals(applyDelta(start(), delta(12)), undefined);
});

Deno.test("applyDelta() moves number, instant and statistics on", () => {
  const stats = { ...STATS, peers: 9 };
  const { seq, at, stats: after } = apply(start(), { at: 77, stats });
  assertEquals({ seq, at, stats: after }, { seq: 11, at: 77, stats });
});

Deno.test("applyDelta() drops a resolved alert and offers it for that one delta", () => {
  let state = start({ alerts: [alert("a1", "firing"), alert("a2", "pending")] });
  state = apply(state, { alerts: [alert("a1", "resolved")] });
  assertEquals([...state.alerts.keys()], ["a2"]);
  assertEquals(state.resolved.map(({ id }) => id), ["a1"]);
  assertEquals(apply(state, {}).resolved, []);
});

Deno.test("applyDelta() removes a service with its alerts, which are not resolved", () => {
  const before = start({
    services: [service("checkout"), service("search")],
    alerts: [alert("a1", "firing"), alert("a2", "firing", "search")],
  });
  const after = apply(before, { removed: ["checkout"] });
  assertEquals([...after.services.keys()], ["search"]);
  assertEquals([...after.alerts.keys()], ["a2"]);
  assertEquals(after.resolved, []);
});

Deno.test("applyDelta() starts a removed service anew when it is back in the same delta", () => {
  const before = start({
    services: [service("checkout", { cpu: series([1, 1]), memory: series([1, 1]) })],
    alerts: [alert("a1", "firing")],
  });
  const after = apply(before, {
    removed: ["checkout"],
    services: [service("checkout", { cpu: series([5, 5]) })],
    alerts: [alert("a2", "pending")],
  });
  const metrics = after.services.get("checkout")?.metrics;
  assertEquals(Object.keys(metrics ?? {}), ["cpu"]);
  assertEquals(metrics?.cpu?.points, [{ at: 5, value: 5 }]);
  assertEquals([...after.alerts.keys()], ["a2"]);
});

Deno.test("applyDelta() leaves the state it was given as it was", () => {
  const before = start({ services: [service("checkout", { cpu: series([1, 1]) })] });
  const copy = structuredClone(before);
  apply(before, {
    services: [service("checkout", { cpu: series([2, 2]) }), service("search")],
    alerts: [alert("a1", "firing")],
  });
  assertEquals(before, copy);
});
