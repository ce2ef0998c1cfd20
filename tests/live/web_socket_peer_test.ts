import { assertEquals } from "@std/assert";

import { Hub } from "@/lib/live/hub.ts";
import { type LiveSocket, liveSocketHandlers, resumeFrom } from "@/lib/live/web_socket_peer.ts";
import { FakeLog } from "@/tests/live/fake_peer.ts";
import { FakeMonitor } from "@/tests/live/fake_monitor.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

const RESUMES: readonly (readonly [query: string, seq: number | null])[] = [
  ["", null],
  ["?resume=", null],
  ["?resume=0", 0],
  ["?resume=1700000000001", 1_700_000_000_001],
  ["?resume=-1", null],
  ["?resume=1.5", null],
  ["?resume=1e3", null],
  ["?resume=0x10", null],
  ["?resume=99999999999999999999", null],
  ["?resume=latest", null],
];

Deno.test("resumeFrom() reads a whole number, and takes anything else for none", () => {
  for (const [query, seq] of RESUMES) {
    assertEquals(resumeFrom(new URL(`http://vitals.lan/api/live${query}`)), seq, query);
  }
});

class FakeSocket implements LiveSocket {
  bufferedAmount = 0;
  readonly sent: unknown[] = [];
  readonly closes: (readonly [number | undefined, string | undefined])[] = [];

  send(data: unknown): void {
    this.sent.push(data);
  }

  close(code?: number, reason?: string): void {
    this.closes.push([code, reason]);
  }
}

function setUp() {
  const clock = new FakeClock();
  const monitor = new FakeMonitor(clock);
  const limits = { softBytes: 100 };
  const hub = new Hub({ clock, log: new FakeLog(), source: monitor, limits });
  const handlers = liveSocketHandlers(hub, { resume: null });
  return { clock, monitor, hub, handlers, socket: new FakeSocket() };
}

Deno.test("liveSocketHandlers() joins a socket to the hub until it is closed or fails", () => {
  for (const end of ["close", "error"] as const) {
    const { monitor, hub, handlers, socket } = setUp();
    handlers.open(socket);
    handlers.message(socket, { data: '{"type":"ping","id":1}' });
    assertEquals([hub.stats().peers, socket.sent.length], [1, 2]);
    handlers[end](socket);
    hub.publish(monitor.sample("checkout", "cpu", 1));
    assertEquals([hub.stats().peers, socket.sent.length], [0, 2]);
  }
});

Deno.test("liveSocketHandlers() hands on how much waits, and code and reason of a closing", () => {
  const { monitor, hub, handlers, socket } = setUp();
  handlers.open(socket);
  socket.bufferedAmount = 101;
  hub.publish(monitor.sample("checkout", "cpu", 1));
  assertEquals(hub.counters().lagging, 1);
  hub.stop();
  assertEquals(socket.closes, [[1012, "Vitals is restarting"]]);
});

Deno.test("liveSocketHandlers() forgets a socket that fails without having been open", () => {
  const { hub, handlers, socket } = setUp();
  handlers.error(socket);
  handlers.message(socket, { data: "{" });
  handlers.close(socket);
  assertEquals([hub.stats().peers, hub.counters().received], [0, 0]);
});
