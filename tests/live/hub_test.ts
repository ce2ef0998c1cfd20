import { assert, assertEquals } from "@std/assert";

import { Hub } from "@/lib/live/hub.ts";
import type { HubLimits } from "@/lib/live/hub_limits.ts";
import { FakeLog, FakePeer } from "@/tests/live/fake_peer.ts";
import { FakeMonitor } from "@/tests/live/fake_monitor.ts";
import type { DeltaMessage, SnapshotMessage } from "@/lib/protocol/live_message.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

const FRESH = { resume: null };

function setUp(limits: Partial<HubLimits> = {}) {
  const clock = new FakeClock();
  const log = new FakeLog();
  const monitor = new FakeMonitor(clock);
  const hub = new Hub({ clock, log, source: monitor, limits });
  return { clock, log, monitor, hub };
}

/** A hub with one peer that has had its snapshot. */
function setUpWithPeer(limits: Partial<HubLimits> = {}) {
  const parts = setUp(limits);
  const peer = new FakePeer();
  parts.hub.connect(peer, FRESH);
  const snapshot = onlySnapshot(peer);
  return { ...parts, peer, snapshot };
}

function onlySnapshot(peer: FakePeer): SnapshotMessage {
  const [message, ...rest] = peer.take();
  assertEquals(rest, []);
  assert(message?.type === "snapshot", `expected a snapshot, got ${JSON.stringify(message)}`);
  return message;
}

function onlyDelta(peer: FakePeer): DeltaMessage {
  const [message, ...rest] = peer.take();
  assertEquals(rest, []);
  assert(message?.type === "delta", `expected a delta, got ${JSON.stringify(message)}`);
  return message;
}

Deno.test("connect() sends the whole state first", () => {
  const { hub, monitor } = setUp();
  monitor.sample("checkout", "cpu", 40);
  const peer = new FakePeer();
  hub.connect(peer, FRESH);
  const snapshot = onlySnapshot(peer);
  assertEquals(snapshot.services.map((service) => service.name), ["checkout"]);
  assertEquals(snapshot.stats, {
    samplesPerSecond: 12.5,
    peers: 1,
    latencyMs: null,
    scenario: null,
  });
});

Deno.test("connect() numbers from the time of creation, above any number of an earlier process", async () => {
  const { clock, monitor, hub, peer, snapshot } = setUpWithPeer();
  assertEquals(snapshot.seq, clock.now());
  await clock.advance(2_000);
  const later = new Hub({ clock, log: new FakeLog(), source: monitor });
  const returning = new FakePeer();
  hub.publish(monitor.sample("checkout", "cpu", 1));
  later.connect(returning, { resume: onlyDelta(peer).seq });
  assertEquals(onlySnapshot(returning).seq, clock.now());
});

Deno.test("publish() sends how an alert ended, though the source forgets it before the next delta", async () => {
  const { clock, monitor, hub, peer } = setUpWithPeer();
  hub.publish(monitor.alertTo("checkout", "firing"));
  assertEquals(onlyDelta(peer).alerts.map(({ state }) => state), ["firing"]);
  hub.publish(monitor.alertTo("checkout", "resolved"));
  monitor.forget("alert-checkout");
  await clock.advance(1_000);
  assertEquals(onlyDelta(peer).alerts.map(({ state }) => state), ["resolved"]);
});

Deno.test("publish() sends only the new samples, in the changed services only", async () => {
  const { clock, monitor, hub } = setUp();
  monitor.sample("checkout", "cpu", 40, 41);
  monitor.sample("search", "cpu", 10);
  const peer = new FakePeer();
  hub.connect(peer, FRESH);
  const { seq } = onlySnapshot(peer);
  await clock.advance(1_000);
  hub.publish(monitor.sample("checkout", "cpu", 42));
  const delta = onlyDelta(peer);
  assertEquals(delta.seq, seq + 1);
  assertEquals(delta.services.map((service) => service.name), ["checkout"]);
  assertEquals(delta.services[0]?.metrics.cpu?.recent, [42]);
  assertEquals(delta.services[0]?.metrics.cpu?.times, [clock.now()]);
  assertEquals(delta.services[0]?.metrics.cpu?.avg, 41);
});

Deno.test("publish() sends changed alerts, and removed services by name", async () => {
  const { clock, monitor, hub, peer } = setUpWithPeer();
  monitor.sample("search", "cpu", 10);
  hub.publish(monitor.alertTo("checkout", "resolved"));
  assertEquals(onlyDelta(peer).alerts.map((alert) => alert.state), ["resolved"]);
  await clock.advance(50);
  hub.publish(monitor.remove("search"));
  assertEquals(onlyDelta(peer).removed, ["search"]);
});

Deno.test("publish() sends at once after 50 quiet ms, and merges until they are over", async () => {
  const { clock, monitor, hub, peer } = setUpWithPeer();
  hub.publish(monitor.sample("checkout", "cpu", 1));
  const first = onlyDelta(peer);
  await clock.advance(10);
  hub.publish(monitor.sample("checkout", "cpu", 2));
  await clock.advance(39);
  hub.publish(monitor.sample("checkout", "cpu", 3));
  assertEquals(peer.take(), []);
  await clock.advance(1);
  const merged = onlyDelta(peer);
  assertEquals(merged.seq, first.seq + 1);
  assertEquals(merged.services[0]?.metrics.cpu?.recent, [2, 3]);
  assertEquals(merged.services[0]?.metrics.cpu?.times, [clock.now() - 40, 39]);
  await clock.advance(50);
  hub.publish(monitor.sample("checkout", "cpu", 4));
  assertEquals(onlyDelta(peer).services[0]?.metrics.cpu?.recent, [4]);
  assertEquals(clock.pending, 1, "only the look at the numbers waits");
});

Deno.test("publish() tells of a service that was removed and began anew as both", async () => {
  const { clock, monitor, hub, peer } = setUpWithPeer();
  hub.publish(monitor.sample("checkout", "cpu", 1));
  peer.take();
  hub.publish(monitor.sample("checkout", "cpu", 2));
  hub.publish(monitor.remove("checkout"));
  hub.publish(monitor.sample("checkout", "cpu", 3));
  await clock.advance(50);
  const delta = onlyDelta(peer);
  assertEquals(delta.removed, ["checkout"]);
  assertEquals(delta.services[0]?.metrics.cpu?.recent, [3]);
});

Deno.test("publish() tells that a service is removed which is gone by the time of the delta", async () => {
  const { clock, monitor, hub, peer } = setUpWithPeer();
  hub.publish(monitor.sample("search", "cpu", 1));
  peer.take();
  hub.publish(monitor.sample("checkout", "cpu", 1));
  monitor.remove("checkout");
  await clock.advance(50);
  const { services, removed } = onlyDelta(peer);
  assertEquals([services, removed], [[], ["checkout"]]);
});

Deno.test("publish() sends nothing for a change that is empty", async () => {
  const { clock, hub, peer } = setUpWithPeer();
  hub.publish({ services: new Map(), removed: [], alerts: [], incidents: [], acceptedAtMs: 0 });
  await clock.advance(100);
  assertEquals(peer.take(), []);
});

Deno.test("publish() writes each frame out once for all peers", () => {
  const { hub, monitor } = setUp();
  const peers = Array.from({ length: 20 }, () => new FakePeer());
  for (const peer of peers) hub.connect(peer, FRESH);
  for (const peer of peers) peer.texts.length = 0;
  let asked = 0;
  const change = monitor.sample("checkout", "cpu", 1);
  const service = monitor.service.bind(monitor);
  monitor.service = (name) => {
    asked++;
    return service(name);
  };
  hub.publish(change);
  assertEquals(asked, 1);
  assertEquals(new Set(peers.map((peer) => peer.texts.join())).size, 1);
  assertEquals(hub.counters().frames, 1);
});

Deno.test("connect() contains what was pending, so that no later delta repeats it", async () => {
  const { clock, monitor, hub, peer } = setUpWithPeer();
  await clock.advance(50);
  hub.publish(monitor.sample("checkout", "cpu", 1));
  const first = onlyDelta(peer);
  await clock.advance(49);
  hub.publish(monitor.sample("checkout", "cpu", 2));
  const late = new FakePeer();
  hub.connect(late, FRESH);
  const snapshot = onlySnapshot(late);
  assertEquals(snapshot.services[0]?.metrics.cpu?.recent, [1, 2]);
  assertEquals(snapshot.seq, first.seq + 1);
  assertEquals(onlyDelta(peer).seq, snapshot.seq);
  await clock.advance(1_000);
  assertEquals(late.take(), []);
});

Deno.test("connect() makes no snapshot per peer in a rush, nor a delta", () => {
  const { hub, monitor } = setUp();
  let snapshots = 0;
  const dashboard = monitor.dashboard.bind(monitor);
  monitor.dashboard = () => {
    snapshots++;
    return dashboard();
  };
  for (let turn = 0; turn < 50; turn++) {
    const peer = new FakePeer();
    hub.connect(peer, FRESH);
    hub.publish(monitor.sample("checkout", "cpu", turn));
  }
  assertEquals(snapshots, 1);
  assertEquals(hub.counters().frames, 1);
});

Deno.test("connect() brings exactly the missed deltas to a peer that resumes", async () => {
  const { clock, monitor, hub, peer, snapshot } = setUpWithPeer();
  const texts: string[] = [];
  for (const value of [1, 2, 3]) {
    hub.publish(monitor.sample("checkout", "cpu", value));
    await clock.advance(1_000);
    texts.push(...peer.texts.splice(0));
  }
  const returning = new FakePeer();
  hub.connect(returning, { resume: snapshot.seq + 1 });
  assertEquals(returning.texts, texts.slice(1));
  const current = new FakePeer();
  hub.connect(current, { resume: snapshot.seq + 3 });
  assertEquals(current.texts, []);
  assertEquals(hub.counters().resumes, 2);
});

Deno.test("connect() brings a snapshot when a missed delta is no longer held", async (t) => {
  const cases = [
    { name: "one too many frames", limits: { heldFrames: 2 } },
    { name: "too many bytes", limits: { heldBytes: 1_200 } },
  ];
  for (const { name, limits } of cases) {
    await t.step(name, async () => {
      const { clock, monitor, hub, snapshot } = setUpWithPeer(limits);
      for (const value of [1, 2, 3]) {
        hub.publish(monitor.sample("checkout", "cpu", value));
        await clock.advance(1_000);
      }
      const [away, briefly] = [new FakePeer(), new FakePeer()];
      hub.connect(away, { resume: snapshot.seq });
      assertEquals(onlySnapshot(away).seq, snapshot.seq + 3);
      hub.connect(briefly, { resume: snapshot.seq + 2 });
      assertEquals(onlyDelta(briefly).seq, snapshot.seq + 3);
    });
  }
});

Deno.test("connect() brings a snapshot to a peer with a number that is yet to come", () => {
  const { hub, snapshot } = setUpWithPeer();
  const peer = new FakePeer();
  hub.connect(peer, { resume: snapshot.seq + 1 });
  assertEquals(onlySnapshot(peer).seq, snapshot.seq);
});

Deno.test("connect() lets a peer resume within keepMs of the last peer's leaving", async () => {
  const { clock, monitor, hub, peer, snapshot } = setUpWithPeer({ keepMs: 10_000 });
  hub.disconnect(peer);
  await clock.advance(9_999);
  hub.publish(monitor.sample("checkout", "cpu", 1));
  const returning = new FakePeer();
  hub.connect(returning, { resume: snapshot.seq });
  assertEquals(onlyDelta(returning).seq, snapshot.seq + 1);
});

Deno.test("publish() does no work once nobody was there for keepMs, and nobody resumes across it", async () => {
  const { clock, monitor, hub, peer, snapshot } = setUpWithPeer({ keepMs: 10_000 });
  hub.disconnect(peer);
  await clock.advance(10_000);
  hub.publish(monitor.sample("checkout", "cpu", 1));
  hub.publish(monitor.sample("checkout", "cpu", 2));
  assertEquals(hub.counters().frames, 0);
  assertEquals(clock.pending, 0);
  const returning = new FakePeer();
  hub.connect(returning, { resume: snapshot.seq });
  assertEquals(onlySnapshot(returning).services[0]?.metrics.cpu?.recent, [1, 2]);
});

Deno.test("publish() rests again after each visit, and again nobody resumes across it", async () => {
  const { clock, monitor, hub } = setUp({ keepMs: 10_000 });
  hub.publish(monitor.sample("checkout", "cpu", 1));
  const seqs: number[] = [];
  for (const value of [2, 3]) {
    seqs.push(hub.snapshot().seq);
    await clock.advance(10_000);
    hub.publish(monitor.sample("checkout", "cpu", value));
  }
  for (const resume of seqs) {
    const peer = new FakePeer();
    hub.connect(peer, { resume });
    assertEquals(onlySnapshot(peer).services[0]?.metrics.cpu?.recent, [1, 2, 3]);
  }
});

Deno.test("snapshot() is the present state, from whose number a page's socket resumes", async () => {
  const { clock, monitor, hub } = setUp();
  const rendered = [hub.snapshot()];
  for (const value of [1, 2]) {
    hub.publish(monitor.sample("checkout", "cpu", value));
    rendered.push(hub.snapshot());
  }
  const windows = rendered.map(({ services }) => services[0]?.metrics.cpu?.recent);
  assertEquals(windows, [undefined, [1], [1, 2]]);
  await clock.advance(1_000);
  hub.publish(monitor.sample("checkout", "cpu", 3));
  const peer = new FakePeer();
  hub.connect(peer, { resume: rendered[2]?.seq ?? NaN });
  assertEquals(onlyDelta(peer).services[0]?.metrics.cpu?.recent, [3]);
});

Deno.test("receive() answers a resume at any time", async () => {
  const { clock, monitor, hub, peer, snapshot } = setUpWithPeer();
  hub.publish(monitor.sample("checkout", "cpu", 1));
  await clock.advance(1_000);
  const [delta] = peer.texts.splice(0);
  hub.receive(peer, JSON.stringify({ type: "resume", seq: snapshot.seq }));
  assertEquals(peer.texts.splice(0), [delta]);
  hub.receive(peer, JSON.stringify({ type: "resume", seq: 0 }));
  assertEquals(onlySnapshot(peer).seq, snapshot.seq + 1);
});

Deno.test("receive() answers a resume with one snapshot that contains what was pending", async () => {
  const { clock, monitor, hub, peer, snapshot } = setUpWithPeer();
  await clock.advance(50);
  hub.publish(monitor.sample("checkout", "cpu", 1));
  hub.publish(monitor.sample("checkout", "cpu", 2));
  peer.take();
  hub.receive(peer, '{"type":"resume","seq":0}');
  const { seq, services } = onlySnapshot(peer);
  assertEquals([seq, services[0]?.metrics.cpu?.recent], [snapshot.seq + 2, [1, 2]]);
});

Deno.test("receive() answers a ping to that peer alone", () => {
  const { clock, hub, peer } = setUpWithPeer();
  const other = new FakePeer();
  hub.connect(other, FRESH);
  other.take();
  hub.receive(peer, '{"type":"ping","id":7}');
  assertEquals(peer.take(), [{ type: "pong", id: 7, at: clock.now() }]);
  assertEquals(other.take(), []);
});

Deno.test("receive() closes a peer that breaks the protocol, with a code and a reason", async (t) => {
  const cases = [
    { name: "binary", data: new Uint8Array(3), code: 1003 },
    { name: "not JSON", data: "hello", code: 1008 },
    { name: "no known type", data: '{"type":"subscribe"}', code: 1008 },
    { name: "too large", data: `{"type":"ping","id":1,"x":"${"x".repeat(4_096)}"}`, code: 1009 },
  ];
  for (const { name, data, code } of cases) {
    await t.step(name, () => {
      const { hub, peer, log } = setUpWithPeer();
      hub.receive(peer, data);
      assertEquals(peer.closes.map((close) => close.code), [code]);
      assert((peer.closes[0]?.reason.length ?? 0) <= 123);
      assertEquals(hub.counters().protocolErrors, 1);
      assertEquals(hub.stats().peers, 0);
      assertEquals(log.warnings[0]?.fields?.code, code);
    });
  }
});

Deno.test("receive() closes a peer that says too much at a time", async () => {
  const { clock, hub, peer } = setUpWithPeer({ messages: 2, messageSpanMs: 1_000 });
  const ping = '{"type":"ping","id":1}';
  for (let span = 0; span < 2; span++) {
    hub.receive(peer, ping);
    hub.receive(peer, ping);
    await clock.advance(1_000);
  }
  assertEquals(peer.closes, []);
  for (let turn = 0; turn < 3; turn++) hub.receive(peer, ping);
  assertEquals(peer.closes.map((close) => close.code), [1008]);
});

Deno.test("receive() ignores a peer that it closed or never met", () => {
  const { hub, peer } = setUpWithPeer();
  hub.receive(peer, "nonsense");
  hub.receive(peer, "nonsense");
  hub.receive(new FakePeer(), "nonsense");
  assertEquals(hub.counters().received, 1);
  assertEquals(peer.closes.length, 1);
});

Deno.test("publish() leaves a peer over the soft bound out, and sends one snapshot when it has drained", async () => {
  const { clock, monitor, hub, peer, snapshot } = setUpWithPeer({ softBytes: 1_000 });
  const quick = new FakePeer();
  hub.connect(quick, FRESH);
  quick.take();
  peer.bufferedBytes = 1_001;
  for (const value of [1, 2]) {
    hub.publish(monitor.sample("checkout", "cpu", value));
    await clock.advance(1_000);
  }
  assertEquals(peer.take(), []);
  assertEquals(quick.take().map((message) => message.type), ["delta", "delta"]);
  assertEquals(hub.counters().lagging, 1);
  peer.bufferedBytes = 501;
  await clock.advance(1_000);
  assertEquals(peer.take(), []);
  peer.bufferedBytes = 500;
  await clock.advance(100);
  const recovered = onlySnapshot(peer);
  assertEquals(recovered.seq, snapshot.seq + 2);
  assertEquals(recovered.services[0]?.metrics.cpu?.recent, [1, 2]);
  assertEquals(clock.pending, 1, "only the look at the numbers waits");
  hub.publish(monitor.sample("checkout", "cpu", 3));
  assertEquals(onlyDelta(peer).seq, snapshot.seq + 3);
});

Deno.test("publish() sends the snapshot of a drained peer with the delta of the others", async () => {
  const { clock, monitor, hub, peer, snapshot } = setUpWithPeer({ softBytes: 1_000 });
  peer.bufferedBytes = 1_001;
  hub.publish(monitor.sample("checkout", "cpu", 1));
  peer.bufferedBytes = 0;
  await clock.advance(50);
  hub.publish(monitor.sample("checkout", "cpu", 2));
  assertEquals(onlySnapshot(peer).seq, snapshot.seq + 2);
  await clock.advance(1_000);
  assertEquals(peer.take(), []);
});

Deno.test("publish() does not count a peer as slow for a snapshot larger than the bounds", async () => {
  const { clock, monitor, hub } = setUp({ softBytes: 200, hardBytes: 400 });
  monitor.sample("checkout", "cpu", ...Array.from({ length: 60 }, (_, index) => index));
  const peer = new FakePeer();
  peer.isStuck = true;
  hub.connect(peer, FRESH);
  onlySnapshot(peer);
  assert(peer.bufferedBytes > 400);
  peer.isStuck = false;
  hub.publish(monitor.sample("checkout", "cpu", 1));
  onlyDelta(peer);
  await clock.advance(1_000);
  peer.bufferedBytes += 201;
  hub.publish(monitor.sample("checkout", "cpu", 2));
  assertEquals(peer.take(), []);
  assertEquals([peer.closes, hub.counters().lagging], [[], 1]);
});

Deno.test("publish() closes a peer over the hard bound", async () => {
  const { clock, monitor, hub, peer } = setUpWithPeer({ softBytes: 1_000, hardBytes: 8_000 });
  peer.bufferedBytes = 8_000;
  hub.publish(monitor.sample("checkout", "cpu", 1));
  assertEquals(peer.closes, []);
  peer.bufferedBytes = 8_001;
  await clock.advance(100);
  assertEquals(peer.closes.map((close) => close.code), [1013]);
  assertEquals(hub.counters().closedSlow, 1);
  assertEquals(hub.stats().peers, 0);
  await clock.advance(1_000);
  assertEquals(clock.pending, 0);
});

Deno.test("publish() drops a peer to which sending fails, and serves the others", () => {
  const { monitor, hub, peer: broken, log } = setUpWithPeer();
  const sound = new FakePeer();
  hub.connect(sound, FRESH);
  sound.take();
  broken.isBroken = true;
  hub.publish(monitor.sample("checkout", "cpu", 1));
  onlyDelta(sound);
  assertEquals(hub.counters().failedSends, 1);
  assertEquals(hub.stats().peers, 1);
  assertEquals(log.warnings.map((warning) => warning.event), ["live peer closed"]);
});

Deno.test("connect() turns a peer away when the hub is full", () => {
  const { hub } = setUpWithPeer({ peers: 1 });
  const second = new FakePeer();
  hub.connect(second, FRESH);
  assertEquals(second.closes.map((close) => close.code), [1013]);
  assertEquals(second.texts, []);
  assertEquals(hub.counters().refused, 1);
});

Deno.test("connect() has no room for another while a closed peer is not gone", () => {
  const { hub, peer } = setUpWithPeer({ peers: 1 });
  hub.receive(peer, "nonsense");
  const [early, late] = [new FakePeer(), new FakePeer()];
  hub.connect(early, FRESH);
  assertEquals([hub.stats().peers, early.closes[0]?.code], [0, 1013]);
  hub.disconnect(peer);
  hub.connect(late, FRESH);
  onlySnapshot(late);
});

Deno.test("disconnect() forgets a peer, once", () => {
  const { monitor, hub, peer } = setUpWithPeer();
  hub.disconnect(peer);
  hub.disconnect(peer);
  hub.publish(monitor.sample("checkout", "cpu", 1));
  assertEquals(peer.take(), []);
  assertEquals(hub.stats().peers, 0);
});

Deno.test("refresh() sends a snapshot to all and lets nobody resume across it", () => {
  const { monitor, hub, peer, snapshot } = setUpWithPeer();
  hub.publish(monitor.sample("checkout", "cpu", 1));
  peer.take();
  hub.publish(monitor.sample("checkout", "cpu", 2));
  hub.refresh();
  const renewed = onlySnapshot(peer);
  assertEquals(renewed.services[0]?.metrics.cpu?.recent, [1, 2]);
  const returning = new FakePeer();
  hub.connect(returning, { resume: snapshot.seq + 1 });
  assertEquals(onlySnapshot(returning).seq, renewed.seq);
});

Deno.test("stats() measures from acceptance to the sockets, over the last minute", async () => {
  const { clock, monitor, hub } = setUpWithPeer();
  hub.publish(monitor.sample("checkout", "cpu", 1));
  assert((hub.stats().latencyMs?.p99 ?? NaN) < 0.01);
  hub.publish(monitor.sample("checkout", "cpu", 2));
  await clock.advance(50);
  const latency = hub.stats().latencyMs;
  assert(Math.abs((latency?.p99 ?? NaN) - 50) <= 1, `got ${latency?.p99}`);
  await clock.advance(60_000);
  assertEquals(hub.stats().latencyMs, null);
});

Deno.test("stop() closes every peer with 1012, and is the end", async () => {
  const { clock, monitor, hub, peer } = setUpWithPeer({ softBytes: 1_000 });
  const slow = new FakePeer();
  hub.connect(slow, FRESH);
  slow.take();
  slow.bufferedBytes = 1_001;
  hub.publish(monitor.sample("checkout", "cpu", 1));
  hub.publish(monitor.sample("checkout", "cpu", 2));
  peer.take();
  hub.stop();
  hub.stop();
  assertEquals([...peer.closes, ...slow.closes].map((close) => close.code), [1012, 1012]);
  assertEquals(clock.pending, 0);
  hub.publish(monitor.sample("checkout", "cpu", 3));
  const late = new FakePeer();
  hub.connect(late, FRESH);
  assertEquals(late.closes.map((close) => close.code), [1012]);
  await clock.advance(1_000);
  assertEquals([peer.take(), late.take()], [[], []]);
});
