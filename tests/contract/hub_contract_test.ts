import type { Hub } from "@/lib/live/hub.ts";
import type { Peer } from "@/lib/live/peer.ts";
import type { ServerMessage } from "@/lib/protocol/live_message.ts";
import { parseServerMessage } from "@/lib/protocol/parse_server_message.ts";
import { type Closing, type ContractPeer, hubContract } from "@/tests/contract/hub_contract.ts";
import { LiveServer } from "@/tests/contract/live_server.ts";
import { MessageQueue } from "@/tests/contract/message_queue.ts";

hubContract("peers in memory", (hub) => ({
  connect: (resume) => Promise.resolve(connectInMemory(hub, resume)),
  [Symbol.asyncDispose]: () => Promise.resolve(hub.stop()),
}));

hubContract("real sockets", (hub) => {
  const server = new LiveServer(hub);
  const ends: Promise<Closing>[] = [];
  return {
    connect: async (resume) => {
      const peer = await connectSocket(server, resume);
      ends.push(peer.closed);
      return peer;
    },
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await Promise.all(ends);
    },
  };
});

function connectInMemory(hub: Hub, resume: number | null): ContractPeer {
  const queue = new MessageQueue<ServerMessage>();
  const { promise: closed, resolve } = Promise.withResolvers<Closing>();
  const peer: Peer = {
    bufferedBytes: 0,
    send: (text) => queue.push(parseServerMessage(text)),
    close: (code, reason) => resolve({ code, reason }),
  };
  hub.connect(peer, { resume });
  return {
    next: () => queue.next(),
    send: (data) => hub.receive(peer, data),
    leave: () => Promise.resolve(hub.disconnect(peer)),
    closed,
  };
}

async function connectSocket(server: LiveServer, resume: number | null): Promise<ContractPeer> {
  const queue = new MessageQueue<ServerMessage>();
  const { promise: closed, resolve } = Promise.withResolvers<Closing>();
  const socket = new WebSocket(resume === null ? server.url : `${server.url}?resume=${resume}`);
  socket.addEventListener("message", (event) => queue.push(parseServerMessage(event.data)));
  socket.addEventListener("close", ({ code, reason }) => resolve({ code, reason }));
  await new Promise((resolve) => socket.addEventListener("open", resolve, { once: true }));
  return {
    next: () => queue.next(),
    send: (data) => socket.send(data),
    leave: async () => {
      const left = server.nextLeave();
      socket.close(1000);
      await left;
    },
    closed,
  };
}
