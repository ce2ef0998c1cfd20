/**
 * What every way to the live hub must do: one suite, run over peers in memory and over real sockets.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import { Hub } from "@/lib/live/hub.ts";
import type { HubLimits } from "@/lib/live/hub_limits.ts";
import type { DeltaMessage, ServerMessage, SnapshotMessage } from "@/lib/protocol/live_message.ts";
import { FakeLog } from "@/tests/live/fake_peer.ts";
import { FakeMonitor } from "@/tests/live/fake_monitor.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

/** How a connection ended. */
export interface Closing {
  readonly code: number;
  readonly reason: string;
}

/** The client's end of a connection. */
export interface ContractPeer {
  /** The next message. */
  next(): Promise<ServerMessage>;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  /** Closes from this end and resolves once the hub has heard of it. */
  leave(): Promise<void>;
  /** Resolves when it is closed from either end. */
  readonly closed: Promise<Closing>;
}

/** A way to the hub. */
export interface HubAccess extends AsyncDisposable {
  connect(resume: number | null): Promise<ContractPeer>;
}

/** Registers the suite for one way to the hub. */
export function hubContract(name: string, access: (hub: Hub) => HubAccess): void {
  function contract(criterion: string, run: (world: World) => Promise<void>): void {
    Deno.test(`hub over ${name}: ${criterion}`, async () => {
      const world = new World({ peers: 3 });
      await using way = access(world.hub);
      world.connect = (resume) => way.connect(resume);
      await run(world);
    });
  }

  contract("a snapshot comes first, then deltas in order", async (world) => {
    world.publish("checkout", 1);
    const peer = await world.connect(null);
    const snapshot = await nextSnapshot(peer);
    assertEquals(snapshot.services.map((service) => service.name), ["checkout"]);
    for (const value of [2, 3, 4]) {
      await world.clock.advance(50);
      world.publish("checkout", value);
    }
    for (const value of [2, 3, 4]) {
      const { seq, services } = await nextDelta(peer);
      assertEquals([seq, services[0]?.metrics.cpu?.recent], [snapshot.seq + value - 1, [value]]);
    }
  });

  contract("all peers get the same", async (world) => {
    const peers = await Promise.all([world.connect(null), world.connect(null)]);
    for (const peer of peers) await nextSnapshot(peer);
    world.publish("checkout", 1);
    const [one, other] = await Promise.all(peers.map(nextDelta));
    assertEquals(one, other);
  });

  contract("who resumes gets the missed deltas instead of a snapshot", async (world) => {
    const first = await world.connect(null);
    const { seq } = await nextSnapshot(first);
    for (const value of [1, 2]) {
      world.publish("checkout", value);
      await world.clock.advance(50);
    }
    const missed = [await nextDelta(first), await nextDelta(first)];
    await first.leave();
    const second = await world.connect(seq);
    assertEquals([await nextDelta(second), await nextDelta(second)], missed);
    second.send(JSON.stringify({ type: "resume", seq: seq + 1 }));
    assertEquals(await nextDelta(second), missed[1]);
    const third = await world.connect(1);
    assertEquals((await nextSnapshot(third)).seq, seq + 2);
  });

  contract("a ping is answered", async (world) => {
    const peer = await world.connect(null);
    await nextSnapshot(peer);
    peer.send('{"type":"ping","id":7}');
    assertEquals(await peer.next(), { type: "pong", id: 7, at: world.clock.now() });
  });

  contract("who breaks the protocol is closed with code and reason", async (world) => {
    const cases = [
      { data: "hello", code: 1008, says: "it is not JSON" },
      { data: new Uint8Array(3), code: 1003, says: "expected text" },
      { data: "x".repeat(4_097), code: 1009, says: "4096" },
    ];
    for (const { data, code, says } of cases) {
      const peer = await world.connect(null);
      peer.send(data);
      const closing = await peer.closed;
      assertEquals(closing.code, code);
      assert(closing.reason.includes(says), closing.reason);
    }
    assertEquals(world.hub.counters().protocolErrors, cases.length);
  });

  contract("who leaves is forgotten", async (world) => {
    const peer = await world.connect(null);
    await nextSnapshot(peer);
    assertEquals(world.hub.stats().peers, 1);
    await peer.leave();
    assertEquals(world.hub.stats().peers, 0);
  });

  contract("one too many is turned away with 1013", async (world) => {
    for (let count = 0; count < 3; count++) await nextSnapshot(await world.connect(null));
    const extra = await world.connect(null);
    assertEquals((await extra.closed).code, 1013);
    assertEquals(world.hub.stats().peers, 3);
  });

  contract("everyone gets 1012 on stop, and so does who comes later", async (world) => {
    const peers = await Promise.all([world.connect(null), world.connect(null)]);
    for (const peer of peers) await nextSnapshot(peer);
    world.hub.stop();
    peers.push(await world.connect(null));
    const closings = await Promise.all(peers.map((peer) => peer.closed));
    assertEquals(closings.map(({ code }) => code), [1012, 1012, 1012]);
    assertEquals(closings[0]?.reason, "Vitals is restarting");
  });
}

class World {
  readonly clock = new FakeClock();
  readonly monitor = new FakeMonitor(this.clock);
  readonly hub: Hub;
  connect: HubAccess["connect"] = () => Promise.reject(new Error("No way to the hub yet"));

  constructor(limits: Partial<HubLimits>) {
    this.hub = new Hub({ clock: this.clock, log: new FakeLog(), source: this.monitor, limits });
  }

  publish(service: string, cpu: number): void {
    this.hub.publish(this.monitor.sample(service, "cpu", cpu));
  }
}

async function nextSnapshot(peer: ContractPeer): Promise<SnapshotMessage> {
  const message = await peer.next();
  assert(message.type === "snapshot", `expected a snapshot, got ${JSON.stringify(message)}`);
  return message;
}

async function nextDelta(peer: ContractPeer): Promise<DeltaMessage> {
  const message = await peer.next();
  assert(message.type === "delta", `expected a delta, got ${JSON.stringify(message)}`);
  return message;
}
