import { assert, assertEquals } from "@std/assert";

import { Hub } from "@/lib/live/hub.ts";
import { FakeLog, FakePeer } from "@/tests/live/fake_peer.ts";
import { FakeMonitor } from "@/tests/live/fake_monitor.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

/** A hub whose only service fills more than the soft bound, and a peer that has had its snapshot. */
function setUp(isStuck: boolean) {
  const clock = new FakeClock();
  const monitor = new FakeMonitor(clock);
  const hub = new Hub({
    clock,
    log: new FakeLog(),
    source: monitor,
    limits: { softBytes: 1_000, hardBytes: 100_000, heldMs: 30_000 },
  });
  monitor.sample("checkout", "cpu", ...Array.from({ length: 60 }, (_, index) => index));
  const peer = new FakePeer();
  peer.isStuck = isStuck;
  hub.connect(peer, { resume: null });
  return { clock, monitor, hub, peer };
}

Deno.test("Audience closes a peer that was left out and has not drained for heldMs", async () => {
  const { clock, monitor, hub, peer } = setUp(false);
  peer.bufferedBytes = 1_001;
  hub.publish(monitor.sample("checkout", "cpu", 1));
  peer.bufferedBytes = 501;
  await clock.advance(29_900);
  assertEquals(peer.closes, []);
  await clock.advance(100);
  assertEquals(peer.closes, [
    { code: 1013, reason: "Too slow: what was sent has not been read for too long" },
  ]);
  assertEquals([hub.counters().closedSlow, hub.stats().peers, clock.pending], [1, 0, 0]);
});

Deno.test("Audience closes a peer that never reads its snapshot, though no delta follows", async () => {
  const { clock, hub, peer } = setUp(true);
  assert(peer.bufferedBytes > 1_000);
  await clock.advance(29_900);
  assertEquals(peer.closes, []);
  await clock.advance(100);
  assertEquals(peer.closes.map((close) => close.code), [1013]);
  assertEquals([hub.counters().closedSlow, hub.counters().lagging], [1, 0]);
});

Deno.test("Audience counts anew for a peer that drained, be it at the last moment", async () => {
  const { clock, monitor, hub, peer } = setUp(false);
  for (let turn = 0; turn < 3; turn++) {
    peer.bufferedBytes = 1_001;
    hub.publish(monitor.sample("checkout", "cpu", turn));
    await clock.advance(29_900);
    peer.bufferedBytes = 0;
    await clock.advance(100);
  }
  assertEquals([peer.closes, hub.counters().lagging], [[], 3]);
});

Deno.test("Audience does not leave out a peer that drained before the next delta", async () => {
  const { clock, monitor, hub, peer } = setUp(false);
  peer.take();
  peer.isStuck = true;
  peer.bufferedBytes = 1_000;
  hub.publish(monitor.sample("checkout", "cpu", 1));
  assert(peer.bufferedBytes > 1_000);
  peer.isStuck = false;
  await clock.advance(200);
  peer.bufferedBytes = 0;
  await clock.advance(40_000);
  hub.publish(monitor.sample("checkout", "cpu", 2));
  assertEquals(hub.counters().lagging, 0);
  assert(peer.take().every((message) => message.type === "delta"));
  assertEquals(peer.closes, []);
});
