import { assertEquals } from "@std/assert";

import { compareScenario } from "@/lib/domain/compare_scenario.ts";
import type { Expectations, ExpectedAlert, ScenarioEvent } from "@/lib/domain/scenario.ts";
import type { SendReason } from "@/lib/domain/notification.ts";
import type { Status } from "@/lib/domain/status.ts";

const CPU = { service: "auth-service", rule: "HIGH_CPU" };
const NOTHING: Expectations = {
  alerts: [],
  statuses: [],
  notifications: { total: null, byReason: {} },
};

function compare(
  expects: Partial<Expectations>,
  events: readonly ScenarioEvent[],
  run: { readonly isTimed?: boolean; readonly isTold?: boolean } = {},
): readonly string[] {
  return compareScenario({ ...NOTHING, ...expects }, {
    events,
    isTimed: true,
    isTold: true,
    ...run,
  });
}

function alert(firesAtMs: number, resolvesAtMs: number | null = null): ExpectedAlert {
  return { ...CPU, firesAtMs, resolvesAtMs, toleranceMs: 3_000 };
}

function fires(atMs: number): ScenarioEvent {
  return { kind: "alert", atMs, ...CPU, change: "firing" };
}

function resolves(atMs: number): ScenarioEvent {
  return { kind: "alert", atMs, ...CPU, change: "resolved" };
}

function is(status: Status, atMs: number): ScenarioEvent {
  return { kind: "status", atMs, service: "auth-service", status };
}

function told(reason: SendReason): ScenarioEvent {
  return { kind: "notification", atMs: 1, service: "auth-service", reason };
}

Deno.test("compareScenario() is content at the very edge of the tolerance, not beyond", () => {
  const alerts = [alert(33_000, 50_000)];
  assertEquals(compare({ alerts }, [fires(36_000), resolves(47_000)]), []);
  assertEquals(compare({ alerts }, [fires(36_001), resolves(47_000)]), [
    "expected HIGH_CPU on auth-service to fire at 33 s ± 3 s, it fired at 36 s",
  ]);
  assertEquals(compare({ alerts }, [fires(33_000), resolves(46_900)]), [
    "expected HIGH_CPU on auth-service to resolve at 50 s ± 3 s, it resolved at 46.9 s",
  ]);
});

Deno.test("compareScenario() tells of an alert that never fired, and of one that nobody expected", () => {
  assertEquals(compare({ alerts: [alert(33_000)] }, []), [
    "expected HIGH_CPU on auth-service to fire at 33 s ± 3 s, it did not",
  ]);
  assertEquals(compare({}, [fires(70_000), resolves(80_000)]), [
    "expected no further HIGH_CPU on auth-service, it fired at 1 min 10 s",
  ]);
});

Deno.test("compareScenario() tells of an end that did not come, and of one that should not have", () => {
  assertEquals(compare({ alerts: [alert(33_000, 50_000)] }, [fires(33_000)]), [
    "expected HIGH_CPU on auth-service to resolve at 50 s ± 3 s, it still fired at the end",
  ]);
  assertEquals(compare({ alerts: [alert(33_000)] }, [fires(33_000), resolves(40_000)]), [
    "expected HIGH_CPU on auth-service to fire until the end, it resolved at 40 s",
  ]);
});

Deno.test("compareScenario() matches alerts of one rule on one service in their order", () => {
  const alerts = [alert(10_000, 14_000), alert(20_000, 24_000)];
  const events = [fires(10_000), resolves(14_000), fires(20_000), resolves(24_000)];
  assertEquals(compare({ alerts }, events), []);
  assertEquals(compare({ alerts: [alert(20_000, 24_000)] }, events), [
    "expected HIGH_CPU on auth-service to fire at 20 s ± 3 s, it fired at 10 s",
    "expected no further HIGH_CPU on auth-service, it fired at 20 s",
  ]);
});

Deno.test("compareScenario() does not mind alerts that were only pending", () => {
  const pending: ScenarioEvent = { kind: "alert", atMs: 1, ...CPU, change: "pending" };
  assertEquals(compare({}, [pending, { ...pending, change: "cancelled" }]), []);
});

Deno.test("compareScenario() takes a status at any time within the tolerance", () => {
  const expected = (atMs: number, status: Status) => ({
    statuses: [{ atMs, service: "auth-service", status, toleranceMs: 3_000 }],
  });
  const events = [is("HEALTHY", 0), is("DOWN", 20_000), is("HEALTHY", 40_000)];
  assertEquals(compare(expected(10_000, "HEALTHY"), events), []);
  assertEquals(compare(expected(17_000, "DOWN"), events), []);
  assertEquals(compare(expected(43_000, "DOWN"), events), [
    "expected auth-service to be DOWN at 43 s ± 3 s, it was HEALTHY",
  ]);
  assertEquals(compare(expected(42_000, "DOWN"), events), []);
  assertEquals(compare(expected(20_000, "DEGRADED"), events), [
    "expected auth-service to be DEGRADED at 20 s ± 3 s, it was HEALTHY, then DOWN",
  ]);
  assertEquals(compare(expected(20_000, "DOWN"), []), [
    "expected auth-service to be DOWN at 20 s ± 3 s, it was unknown to Vitals",
  ]);
});

Deno.test("compareScenario() counts notifications, in all and by reason", () => {
  const notifications = { total: 2, byReason: { first: 1, resolved: 0 } };
  assertEquals(compare({ notifications }, [told("first"), told("repeat")]), []);
  assertEquals(compare({ notifications }, [told("first"), told("first"), told("resolved")]), [
    "expected notifications in all: 2, there were 3",
    'expected notifications "first": 1, there were 2',
    'expected notifications "resolved": 0, there were 1',
  ]);
  assertEquals(compare({ notifications }, [], { isTold: false }), []);
});

Deno.test("compareScenario() of a run that was paused asks only for the alerts and their ends", () => {
  const expects = {
    alerts: [alert(33_000, 50_000)],
    statuses: [{ atMs: 1, service: "auth-service", status: "DOWN", toleranceMs: 1 } as const],
    notifications: { total: 9, byReason: {} },
  };
  const run = { isTimed: false };
  const again = [fires(90_000), resolves(95_000), fires(99_000), resolves(99_100)];
  assertEquals(compare(expects, again, run), []);
  assertEquals(compare(expects, [fires(1)], run).length, 1);
  assertEquals(compare(expects, [], run).length, 1);
});

Deno.test("compareScenario() of a run that was paused asks for each alert once, and how the last one ended", () => {
  const alerts = [alert(10_000, 14_000), alert(20_000, 24_000)];
  const run = { isTimed: false };
  assertEquals(compare({ alerts }, [fires(30_000), resolves(44_000)], run), []);
  assertEquals(compare({ alerts }, [fires(30_000), resolves(44_000), fires(50_000)], run), [
    "expected HIGH_CPU on auth-service to resolve at 24 s ± 3 s, it still fired at the end",
  ]);
  assertEquals(compare({ alerts }, [], run), [
    "expected HIGH_CPU on auth-service to fire at 20 s ± 3 s, it did not",
  ]);
});
