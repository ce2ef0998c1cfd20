import { assert, assertEquals } from "@std/assert";

import { Hub } from "@/lib/live/hub.ts";
import type { ServerMessage } from "@/lib/protocol/live_message.ts";
import { parseServerMessage } from "@/lib/protocol/parse_server_message.ts";
import { LiveServer } from "@/tests/contract/live_server.ts";
import { MessageQueue } from "@/tests/contract/message_queue.ts";
import { FakeLog } from "@/tests/live/fake_peer.ts";
import { FakeMonitor } from "@/tests/live/fake_monitor.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

Deno.test("a socket that falls behind gets one snapshot once it has drained, then deltas", async () => {
  const clock = new FakeClock();
  const monitor = new FakeMonitor(clock);
  const limits = { softBytes: 10_000, flushMs: 0 };
  const hub = new Hub({ clock, log: new FakeLog(), source: monitor, limits });
  await using server = new LiveServer(hub);
  await using client = await Client.connect(server.url);
  assertEquals((await client.messages.next()).type, "snapshot");

  // All in one turn, in which nothing can leave for the network.
  for (let value = 0; value < 100; value++) hub.publish(monitor.sample("checkout", "cpu", value));
  assertEquals(hub.counters().lagging, 1);
  const deltas = hub.counters().sent - 1;
  assert(deltas < 100);
  for (let count = 0; count < deltas; count++) {
    assertEquals((await client.messages.next()).type, "delta");
  }

  const snapshot = await nextAfterPongs(client, clock);
  assert(snapshot.type === "snapshot");
  assertEquals(snapshot.services[0]?.metrics.cpu?.recent.at(-1), 99);
  hub.publish(monitor.sample("checkout", "cpu", 100));
  const delta = await client.messages.next();
  assert(delta.type === "delta");
  assertEquals(delta.seq, snapshot.seq + 1);
});

/** Lets the drain check run, with a round trip over the socket after each, until its effect arrives. */
async function nextAfterPongs(client: Client, clock: FakeClock): Promise<ServerMessage> {
  for (let id = 0; id < 90; id++) {
    await clock.advance(100);
    client.socket.send(JSON.stringify({ type: "ping", id }));
    const message = await client.messages.next();
    if (message.type === "pong") continue;
    assertEquals((await client.messages.next()).type, "pong");
    return message;
  }
  throw new Error("No snapshot came");
}

class Client implements AsyncDisposable {
  readonly messages = new MessageQueue<ServerMessage>();

  private constructor(readonly socket: WebSocket) {
    socket.addEventListener("message", ({ data }) => this.messages.push(parseServerMessage(data)));
  }

  static async connect(url: string): Promise<Client> {
    const client = new Client(new WebSocket(url));
    await new Promise((resolve) => client.socket.addEventListener("open", resolve, { once: true }));
    return client;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.socket.addEventListener("close", resolve));
    this.socket.close();
    await closed;
  }
}
