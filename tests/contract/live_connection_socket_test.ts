import { assert, assertEquals } from "@std/assert";

import { Hub } from "@/lib/live/hub.ts";
import { SYSTEM_CLOCK } from "@/lib/ports/system_clock.ts";
import { type ConnectionState, LiveConnection } from "@/lib/protocol/live_connection.ts";
import type { DeltaMessage, SnapshotMessage } from "@/lib/protocol/live_message.ts";
import { applyDelta, type LiveState, startState } from "@/lib/protocol/live_state.ts";
import { LiveServer } from "@/tests/contract/live_server.ts";
import { MessageQueue } from "@/tests/contract/message_queue.ts";
import { FakeLog } from "@/tests/live/fake_peer.ts";
import { FakeMonitor } from "@/tests/live/fake_monitor.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

/** The client as a page has it: connection and reducer over a real socket, with pauses of no length. */
class Page implements AsyncDisposable {
  readonly messages = new MessageQueue<SnapshotMessage | DeltaMessage>();
  readonly states = new MessageQueue<ConnectionState>();
  live: LiveState | undefined;
  readonly #connection: LiveConnection;
  readonly #sockets: Promise<unknown>[] = [];

  constructor(url: string) {
    this.#connection = new LiveConnection({
      url,
      openSocket: (url) => this.#open(url),
      clock: SYSTEM_CLOCK,
      random: () => 0,
      lastSeq: () => this.live?.seq ?? null,
      onMessage: (message) => this.#apply(message),
      onState: (state) => this.states.push(state),
    });
    this.#connection.start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#connection.stop();
    await Promise.all(this.#sockets);
  }

  #open(url: string): WebSocket {
    const socket = new WebSocket(url);
    this.#sockets.push(new Promise((resolve) => socket.addEventListener("close", resolve)));
    return socket;
  }

  #apply(message: SnapshotMessage | DeltaMessage): void {
    if (message.type === "snapshot") this.live = startState(message);
    else if (this.live !== undefined) this.live = applyDelta(this.live, message);
    this.messages.push(message);
  }
}

function setUp() {
  const clock = new FakeClock();
  const monitor = new FakeMonitor(clock);
  const makeHub = () => new Hub({ clock, log: new FakeLog(), source: monitor });
  return { clock, monitor, makeHub };
}

Deno.test("LiveConnection resumes over a new socket when the line was cut", async () => {
  const { clock, monitor, makeHub } = setUp();
  const hub = makeHub();
  await using server = new LiveServer(hub);
  await using page = new Page(server.url);
  const { seq } = await page.messages.next();
  const left = server.nextLeave();
  server.cut();
  await left;
  hub.publish(monitor.sample("checkout", "cpu", 40));
  const message = await page.messages.next();
  assertEquals([message.type, message.seq], ["delta", seq + 1]);
  assertEquals(server.queries, ["", `?resume=${seq}`]);
  assertEquals(page.live?.services.get("checkout")?.metrics.cpu?.points, [
    { at: clock.now(), value: 40 },
  ]);
});

Deno.test("LiveConnection gets a snapshot from a server that was restarted", async () => {
  const { clock, monitor, makeHub } = setUp();
  const first = makeHub();
  await using server = new LiveServer(first);
  await using page = new Page(server.url);
  await page.messages.next();
  first.publish(monitor.sample("checkout", "cpu", 40));
  await page.messages.next();
  await clock.advance(1_000);
  server.hub = makeHub();
  first.stop();
  const message = await page.messages.next();
  assertEquals([message.type, message.seq], ["snapshot", clock.now()]);
  server.hub.publish(monitor.sample("checkout", "cpu", 41));
  await page.messages.next();
  const values = page.live?.services.get("checkout")?.metrics.cpu?.points.map(({ value }) => value);
  assertEquals(values, [40, 41]);
});

Deno.test("LiveConnection measures a round trip over a real socket", async () => {
  const { makeHub } = setUp();
  await using server = new LiveServer(makeHub());
  await using page = new Page(server.url);
  const kinds: string[] = [];
  let state = await page.states.next();
  while (state.kind !== "open" || state.roundTripMs === null) {
    kinds.push(state.kind);
    state = await page.states.next();
  }
  assertEquals(kinds, ["connecting", "open"]);
  assert(state.roundTripMs > 0);
});
