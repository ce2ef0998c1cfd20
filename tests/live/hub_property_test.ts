import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { Hub } from "@/lib/live/hub.ts";
import type { Peer } from "@/lib/live/peer.ts";
import { applyDelta, type LiveState, startState } from "@/lib/protocol/live_state.ts";
import { parseServerMessage } from "@/lib/protocol/parse_server_message.ts";
import { FakeLog } from "@/tests/live/fake_peer.ts";
import { FakeMonitor } from "@/tests/live/fake_monitor.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

/** A whole client: it applies what it gets, and fails on a gap. */
class Client implements Peer {
  bufferedBytes = 0;
  isConnected = false;
  state: LiveState | undefined;

  send(text: string): void {
    const message = parseServerMessage(text);
    if (message.type === "pong") return;
    if (message.type === "snapshot") return void (this.state = startState(message));
    assert(this.state !== undefined, "a delta came before any snapshot");
    const next = applyDelta(this.state, message);
    assert(next !== undefined, `delta ${message.seq} came after ${this.state.seq}`);
    assert(next !== this.state, `delta ${message.seq} came twice`);
    this.state = next;
  }

  close(code: number): void {
    throw new Error(`Closed with ${code}`);
  }
}

const SERVICES = ["checkout", "search"] as const;
const METRICS = ["cpu", "latency"] as const;
const SOFT_BYTES = 1_000;

class World {
  readonly clock = new FakeClock();
  readonly monitor = new FakeMonitor(this.clock);
  readonly hub = new Hub({
    clock: this.clock,
    log: new FakeLog(),
    source: this.monitor,
    limits: { softBytes: SOFT_BYTES, heldFrames: 4, keepMs: 500 },
  });
  readonly clients = [new Client(), new Client(), new Client()];

  /** Waits until all that is due has been sent, and compares every client with the monitor. */
  async check(): Promise<void> {
    for (const client of this.clients) client.bufferedBytes = 0;
    await this.clock.advance(300);
    const seq = this.hub.snapshot().seq;
    const dashboard = { ...this.monitor.dashboard(), stats: this.hub.stats() };
    const expected = startState({ type: "snapshot", seq, ...dashboard });
    for (const { isConnected, state } of this.clients) {
      if (!isConnected) continue;
      assertEquals(state?.seq, seq);
      assertEquals(state?.services, expected.services);
      assertEquals(state?.alerts, expected.alerts);
      assertEquals(state?.stats.peers, expected.stats.peers);
    }
  }
}

type Act = (world: World) => void | Promise<void>;

function named(name: string, act: Act): Act {
  return Object.assign(act, { [fc.toStringMethod]: () => name });
}

const service = fc.constantFrom(...SERVICES);
const client = fc.integer({ min: 0, max: 2 });

const sample = fc.record({
  service,
  metric: fc.constantFrom(...METRICS),
  values: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 3 }),
}).map(({ service, metric, values }) =>
  named(`sample ${service} ${metric} ${values}`, ({ hub, monitor }) => {
    hub.publish(monitor.sample(service, metric, ...values));
  })
);

const flood = service.map((name) =>
  named(`flood ${name}`, ({ hub, monitor }) => {
    for (let value = 0; value < 70; value++) hub.publish(monitor.sample(name, "cpu", value));
  })
);

const tag = fc.record({ service, tag: fc.constantFrom("a", "b") }).map(({ service, tag }) =>
  named(`tag ${service} ${tag}`, ({ hub, monitor }) => hub.publish(monitor.tag(service, tag)))
);

const remove = service.map((name) =>
  named(`remove ${name}`, ({ hub, monitor }) => hub.publish(monitor.remove(name)))
);

const alert = fc.record({
  service,
  state: fc.constantFrom("pending" as const, "firing" as const, "resolved" as const),
}).map(({ service, state }) =>
  named(`alert ${service} ${state}`, ({ hub, monitor }) => {
    if (monitor.service(service) !== undefined) hub.publish(monitor.alertTo(service, state));
  })
);

const advance = fc.constantFrom(0, 10, 49, 50, 51, 200, 700).map((durationMs) =>
  named(`advance ${durationMs}`, ({ clock }) => clock.advance(durationMs))
);

const connect = client.map((index) =>
  named(`connect ${index}`, ({ hub, clients }) => {
    const peer = clients[index];
    if (peer === undefined || peer.isConnected) return;
    peer.isConnected = true;
    hub.connect(peer, { resume: peer.state?.seq ?? null });
  })
);

const render = client.map((index) =>
  named(`render ${index}`, ({ hub, clients }) => {
    const peer = clients[index];
    if (peer !== undefined && !peer.isConnected) peer.state = startState(hub.snapshot());
  })
);

const leave = client.map((index) =>
  named(`leave ${index}`, ({ hub, clients }) => {
    const peer = clients[index];
    if (peer === undefined) return;
    peer.isConnected = false;
    hub.disconnect(peer);
  })
);

const stall = fc.record({ index: client, bytes: fc.constantFrom(0, 400, SOFT_BYTES + 1) }).map(
  ({ index, bytes }) =>
    named(`stall ${index} ${bytes}`, ({ clients }) => {
      const peer = clients[index];
      if (peer !== undefined) peer.bufferedBytes = bytes;
    }),
);

const resume = fc.record({ index: client, known: fc.boolean() }).map(({ index, known }) =>
  named(`resume ${index} ${known}`, ({ hub, clients }) => {
    const peer = clients[index];
    if (peer === undefined) return;
    const seq = known ? peer.state?.seq ?? 0 : 0;
    hub.receive(peer, JSON.stringify({ type: "resume", seq }));
  })
);

const refresh = fc.constant(named("refresh", ({ hub }) => hub.refresh()));
const check = fc.constant(named("check", (world) => world.check()));

const act = fc.oneof(
  { weight: 6, arbitrary: sample },
  { weight: 4, arbitrary: advance },
  { weight: 3, arbitrary: connect },
  { weight: 2, arbitrary: alert },
  { weight: 2, arbitrary: stall },
  { weight: 2, arbitrary: leave },
  ...[flood, tag, remove, resume, render, refresh, check].map((arbitrary) => ({
    weight: 1,
    arbitrary,
  })),
);

Deno.test("a snapshot and the deltas after it are the state, for every peer and in any order", async () => {
  const acts = fc.array(act, { minLength: 5, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(acts, async (acts) => {
      const world = new World();
      for (const act of acts) await act(world);
      await world.check();
    }),
    { numRuns: 300 },
  );
});
