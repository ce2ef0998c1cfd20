import { assert, assertEquals } from "@std/assert";

import { DURATION_BOUNDS_S } from "@/lib/domain/duration_histogram.ts";
import { Hub } from "@/lib/live/hub.ts";
import type { ServerMessage } from "@/lib/protocol/live_message.ts";
import type { LiveStats } from "@/lib/protocol/views.ts";
import { FakeLog, FakePeer } from "@/tests/live/fake_peer.ts";
import { FakeMonitor } from "@/tests/live/fake_monitor.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

const FRESH = { resume: null };

function setUp() {
  const clock = new FakeClock();
  const monitor = new FakeMonitor(clock);
  const hub = new Hub({ clock, log: new FakeLog(), source: monitor });
  return { clock, monitor, hub };
}

function connectTo(hub: Hub, resume: number | null = null): FakePeer {
  const peer = new FakePeer();
  hub.connect(peer, { resume });
  peer.texts.length = 0;
  return peer;
}

/** The numbers of messages that say nothing else. */
function statsOnly(messages: readonly ServerMessage[]) {
  return messages.map((message) => {
    assert(message.type === "delta", `expected a delta, got ${message.type}`);
    const { services, removed, alerts, stats } = message;
    assertEquals([services, removed, alerts], [[], [], []]);
    return stats;
  });
}

Deno.test("Hub tells new numbers although samples stopped, every 2 s and only if they changed", async () => {
  const { clock, monitor, hub } = setUp();
  const peer = connectTo(hub);
  monitor.rate = 8;
  await clock.advance(250);
  assertEquals(statsOnly(peer.take()).map((stats) => stats.samplesPerSecond), [8]);
  monitor.rate = 4;
  await clock.advance(1_999);
  assertEquals(peer.take(), []);
  await clock.advance(1);
  assertEquals(statsOnly(peer.take()).map((stats) => stats.samplesPerSecond), [4]);
  await clock.advance(60_000);
  assertEquals(peer.take(), []);
  monitor.rate = 0;
  await clock.advance(2_000);
  assertEquals(statsOnly(peer.take()).map((stats) => stats.samplesPerSecond), [0]);
});

Deno.test("Hub tells the latency of the last sample, and when it is forgotten, and then nothing", async () => {
  const { clock, monitor, hub } = setUp();
  const peer = connectTo(hub);
  hub.publish(monitor.sample("checkout", "cpu", 1));
  peer.texts.length = 0;
  await clock.advance(600_000);
  const told = statsOnly(peer.take()).map(({ latencyMs }) => latencyMs === null);
  assertEquals(told, [false, true]);
});

Deno.test("Hub makes no delta for numbers while samples bring them", async () => {
  const { clock, monitor, hub } = setUp();
  const peer = connectTo(hub);
  for (let value = 0; value < 10; value++) {
    hub.publish(monitor.sample("checkout", "cpu", value));
    await clock.advance(1_000);
  }
  assertEquals(peer.take().length, 10);
});

Deno.test("Hub numbers a delta of numbers like any other, so that it can be resumed", async () => {
  const { clock, monitor, hub } = setUp();
  const { seq } = hub.snapshot();
  const peer = connectTo(hub, seq);
  await clock.advance(250);
  const texts = peer.texts.splice(0);
  const returning = new FakePeer();
  hub.connect(returning, { resume: seq });
  assertEquals(returning.texts, texts);
  await clock.advance(50);
  hub.publish(monitor.sample("checkout", "cpu", 1));
  assertEquals(peer.take().map((message) => message.type === "delta" && message.seq), [seq + 2]);
});

Deno.test("connect() tells a page that was rendered before it that somebody watches", async () => {
  const { clock, hub } = setUp();
  const rendered = hub.snapshot();
  assertEquals(rendered.stats.peers, 0);
  const peer = connectTo(hub, rendered.seq);
  await clock.advance(250);
  assertEquals(statsOnly(peer.take()).map((stats) => stats.peers), [1]);
});

Deno.test("connect() and disconnect() tell the others once for all who came and left", async () => {
  const { clock, hub } = setUp();
  const peer = connectTo(hub);
  await clock.advance(10_000);
  assertEquals(peer.take(), [], "its snapshot told it");
  const others = Array.from({ length: 20 }, () => connectTo(hub));
  await clock.advance(250);
  assertEquals(statsOnly(peer.take()).map((stats) => stats.peers), [21]);
  for (const other of others) hub.disconnect(other);
  await clock.advance(250);
  assertEquals(statsOnly(peer.take()).map((stats) => stats.peers), [1]);
  hub.disconnect(connectTo(hub));
  await clock.advance(10_000);
  assertEquals(peer.take(), [], "all is as it was");
});

Deno.test("receive() tells the others when it closes a peer", async () => {
  const { clock, hub } = setUp();
  const [peer, rude] = [connectTo(hub), connectTo(hub)];
  await clock.advance(250);
  peer.take();
  hub.receive(rude, "nonsense");
  await clock.advance(250);
  assertEquals(statsOnly(peer.take()).map((stats) => stats.peers), [1]);
});

Deno.test("Hub leaves no timer without peers, nor after stop()", async () => {
  const { clock, monitor, hub } = setUp();
  hub.snapshot();
  assertEquals(clock.pending, 0);
  const peer = connectTo(hub);
  await clock.advance(5_000);
  assertEquals(clock.pending, 1);
  hub.disconnect(peer);
  assertEquals(clock.pending, 0);
  hub.publish(monitor.sample("checkout", "cpu", 1));
  assertEquals(clock.pending, 0);
  const rude = connectTo(hub);
  hub.receive(rude, "nonsense");
  assertEquals(clock.pending, 0);
  hub.connect(new FakePeer(), FRESH);
  hub.stop();
  assertEquals(clock.pending, 0);
});

Deno.test("Hub tells soon that a scenario stands elsewhere, also to those who come later", async () => {
  const clock = new FakeClock();
  const monitor = new FakeMonitor(clock);
  let scenario: LiveStats["scenario"] = null;
  const hub = new Hub({ clock, log: new FakeLog(), source: monitor, scenario: () => scenario });
  const peer = connectTo(hub);
  await clock.advance(5_000);
  peer.take();
  scenario = {
    ...{ name: "calm", summary: "Nothing.", durationMs: 60_000, state: "running", elapsedMs: 0 },
    ...{ at: clock.now(), next: null, differences: [] },
  };
  hub.noteStats();
  await clock.advance(250);
  assertEquals(statsOnly(peer.take()).map((stats) => stats.scenario?.name), ["calm"]);
  assertEquals(hub.snapshot().stats.scenario, scenario);
  hub.noteStats();
  await clock.advance(60_000);
  assertEquals(peer.take(), []);
});

Deno.test("Hub.deliveries() counts how long changes took to the sockets, while somebody is there", async () => {
  const { clock, monitor, hub } = setUp();
  hub.publish(monitor.sample("checkout", "cpu", 1));
  assertEquals(hub.deliveries().count, 0);
  connectTo(hub);
  hub.publish(monitor.sample("checkout", "cpu", 2));
  await clock.advance(10);
  hub.publish(monitor.sample("checkout", "cpu", 3));
  await clock.advance(100);
  const { count, sumS, cumulative } = hub.deliveries();
  assertEquals([count, sumS], [2, 0.04]);
  const [atOnce, withinFifty] = [0, DURATION_BOUNDS_S.indexOf(0.05)];
  assertEquals([cumulative[atOnce], cumulative[withinFifty]], [1, 2]);
});
