import { assert, assertEquals } from "@std/assert";

import { FaultKeeper } from "@/lib/fault_keeper.ts";
import { MAX_FAULTS } from "@/lib/domain/fault.ts";
import type { ActResult } from "@/lib/ports/alert_desk.ts";
import type { FaultDraft } from "@/lib/ports/fault_desk.ts";
import type { SourceView } from "@/lib/protocol/views.ts";

import { FakeClock } from "./support/fake_clock.ts";

const SPIKE: FaultDraft = {
  ...{ service: "auth", kind: "cpu-spike", intensity: 0.8, durationMs: 30_000 },
};

Deno.test("FaultKeeper.add() begins a fault, and tells who simulates and who shows", () => {
  const { keeper, clock, orders, shown } = created();
  const fault = done(keeper.add(SPIKE));
  const { id, ...order } = fault;
  assertEquals(order, { ...SPIKE, startedAt: clock.now() });
  assertEquals(keeper.list(), [fault]);
  assertEquals(orders, [["auth", [order]]]);
  assertEquals(shown, [["auth", [id]]]);
});

Deno.test("FaultKeeper.add() lets several act at once, and none of another service", () => {
  const { keeper, orders, shown } = created();
  const spike = done(keeper.add(SPIKE));
  done(keeper.add({ ...SPIKE, service: "payments" }));
  const leak = done(keeper.add({ ...SPIKE, kind: "memory-leak" }));
  assertEquals(orders.at(-1)?.[1].map(({ kind }) => kind), ["cpu-spike", "memory-leak"]);
  assertEquals(shown.at(-1), ["auth", [spike.id, leak.id]]);
  assertEquals(new Set(keeper.list().map(({ id }) => id)).size, 3);
});

Deno.test("FaultKeeper.add() says why it does not begin one", () => {
  const { keeper, orders } = created();
  assertEquals(keeper.add({ ...SPIKE, service: "nobody" }), { kind: "unknown" });
  const message = "checkout is not simulated: faults are for simulated services only";
  assertEquals<unknown>(keeper.add({ ...SPIKE, service: "checkout" }), {
    ...{ kind: "invalid", issues: [{ path: "service", message }] },
  });
  assertEquals(orders, []);
});

Deno.test("FaultKeeper.add() begins nothing that no simulator would take", () => {
  const { keeper, orders } = created();
  const rows: readonly [change: Partial<FaultDraft>, path: string][] = [
    [{ intensity: -0.1 }, "intensity"],
    [{ intensity: 1.1 }, "intensity"],
    [{ intensity: NaN }, "intensity"],
    [{ durationMs: 999 }, "durationMs"],
    [{ durationMs: 1_000.5 }, "durationMs"],
    [{ durationMs: 86_400_001 }, "durationMs"],
  ];
  for (const [change, path] of rows) {
    const result = keeper.add({ ...SPIKE, ...change });
    assert(result.kind === "invalid", path);
    assertEquals(result.issues.map((issue) => issue.path), [path]);
  }
  assertEquals([keeper.list(), orders], [[], []]);
});

Deno.test("FaultKeeper.add() is full at a bound of each service, until one is over", async () => {
  const { keeper, clock } = created();
  for (let count = 0; count < MAX_FAULTS; count++) done(keeper.add(SPIKE));
  assertEquals(keeper.add(SPIKE).kind, "full");
  done(keeper.add({ ...SPIKE, service: "payments" }));
  await clock.advance(30_000);
  done(keeper.add(SPIKE));
});

Deno.test("FaultKeeper lets a fault end by itself, to the millisecond", async () => {
  const { keeper, clock, orders, shown } = created();
  done(keeper.add(SPIKE));
  const later = done(keeper.add({ ...SPIKE, durationMs: 30_001 }));
  await clock.advance(29_999);
  assertEquals(keeper.list().length, 2);
  await clock.advance(1);
  assertEquals(shown.at(-1), ["auth", [later.id]]);
  await clock.advance(1);
  assertEquals([keeper.list(), shown.at(-1)], [[], ["auth", []]]);
  // The simulator ends it to the very step by itself.
  assertEquals(orders.length, 2);
  assertEquals(clock.pending, 0);
});

Deno.test("FaultKeeper.list() does not wait for a timer that is late", () => {
  const { keeper, clock, shown } = created();
  done(keeper.add(SPIKE));
  clock.stall(30_000);
  assertEquals(keeper.list(), []);
  assertEquals(shown.at(-1), ["auth", []]);
});

Deno.test("FaultKeeper.end() ends one before its time, once", async () => {
  const { keeper, clock, orders, shown } = created();
  const spike = done(keeper.add(SPIKE));
  const leak = done(keeper.add({ ...SPIKE, kind: "memory-leak" }));
  assertEquals(done(keeper.end(spike.id)), spike);
  assertEquals(orders.at(-1)?.[1].map(({ kind }) => kind), ["memory-leak"]);
  assertEquals(shown.at(-1), ["auth", [leak.id]]);
  for (const id of [spike.id, "none"]) assertEquals(keeper.end(id), { kind: "unknown" });
  await clock.advance(30_000);
  assertEquals(keeper.end(leak.id), { kind: "unknown" });
});

Deno.test("FaultKeeper shows a crash for a moment, however long it was to act", async () => {
  const { keeper, clock } = created();
  assertEquals(done(keeper.add({ ...SPIKE, kind: "crash" })).durationMs, 5_000);
  assertEquals(done(keeper.add({ ...SPIKE, kind: "crash", durationMs: 1_000 })).durationMs, 1_000);
  await clock.advance(5_000);
  assertEquals(keeper.list(), []);
});

Deno.test("FaultKeeper.reconfigure() tells a new simulator, and ends faults of services that go", () => {
  const { keeper, sources, orders, shown } = created();
  const spike = done(keeper.add(SPIKE));
  done(keeper.add({ ...SPIKE, service: "payments" }));
  done(keeper.add({ ...SPIKE, service: "search" }));
  sources.set("payments", "push");
  sources.delete("search");
  orders.length = 0;
  keeper.reconfigure();
  assertEquals(keeper.list(), [spike]);
  assertEquals(orders.map(([service]) => service), ["auth"]);
  assertEquals(shown.slice(-2), [["payments", []], ["search", []]]);
});

Deno.test("FaultKeeper.stop() leaves no timer", () => {
  const { keeper, clock } = created();
  done(keeper.add(SPIKE));
  keeper.stop();
  assertEquals(clock.pending, 0);
});

type Order = [service: string, faults: readonly Omit<FaultDraft, "id">[]];

function created() {
  const clock = new FakeClock();
  const sources = new Map<string, SourceView["kind"]>([
    ["auth", "simulated"],
    ["payments", "simulated"],
    ["search", "simulated"],
    ["checkout", "push"],
  ]);
  const orders: Order[] = [];
  const shown: [service: string, ids: readonly string[]][] = [];
  const keeper = new FaultKeeper({
    clock,
    sourceOf: (service) => sources.get(service),
    setFaults: (service, faults) => orders.push([service, faults]),
    onChange: (service, faults) => shown.push([service, faults.map(({ id }) => id)]),
  });
  return { keeper, clock, sources, orders, shown };
}

function done<Value>(result: ActResult<Value>): Value {
  assert(result.kind === "done", JSON.stringify(result));
  return result.value;
}
