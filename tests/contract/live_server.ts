/**
 * The live hub behind real sockets, on a free port of this machine.
 *
 * @module
 */

import type { Hub } from "@/lib/live/hub.ts";
import { attachSocket, IDLE_TIMEOUT_S, resumeFrom } from "@/lib/live/web_socket_peer.ts";

/** Serves one hub after another at `url`. */
export class LiveServer implements AsyncDisposable {
  /** The hub that new sockets go to. */
  hub: Hub;
  /** The queries of the connections so far. */
  readonly queries: string[] = [];
  readonly #sockets = new Set<WebSocket>();
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  /** Begins to serve. */
  constructor(hub: Hub) {
    this.hub = hub;
    const options = { hostname: "127.0.0.1", port: 0, onListen() {} };
    this.#server = Deno.serve(options, (request) => this.#upgrade(request));
  }

  /** Where to connect. */
  get url(): string {
    return `ws://127.0.0.1:${this.#server.addr.port}/api/live`;
  }

  /** Resolves when the next socket is gone, after the hub has heard of it. */
  async nextLeave(): Promise<void> {
    const [socket] = this.#sockets;
    if (socket === undefined) throw new Error("Cannot await a leave: nobody is connected");
    await new Promise((resolve) => socket.addEventListener("close", resolve, { once: true }));
  }

  /** Closes every socket from this end, as a failing proxy would. */
  cut(): void {
    for (const socket of this.#sockets) socket.close(3000, "cut");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.hub.stop();
    await this.#server.shutdown();
  }

  #upgrade(request: Request): Response {
    const url = new URL(request.url);
    this.queries.push(url.search);
    const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: IDLE_TIMEOUT_S });
    attachSocket(this.hub, socket, { resume: resumeFrom(url) });
    this.#sockets.add(socket);
    socket.addEventListener("close", () => this.#sockets.delete(socket));
    return response;
  }
}
