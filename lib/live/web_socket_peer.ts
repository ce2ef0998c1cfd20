/**
 * Joins standard `WebSocket`s to the live hub: the one place that knows both.
 *
 * @module
 */

import type { ConnectOptions, Hub } from "./hub.ts";
import type { Peer } from "./peer.ts";

/**
 * Seconds without a sign of life after which a connection counts as dead, for `Deno.upgradeWebSocket` and
 * `ctx.upgrade`: the runtime then sends a ping and closes a socket that does not answer. This finds only
 * lines on which nothing is unsent, for the ping waits behind what is; see `HubLimits.heldMs` for the rest.
 */
export const IDLE_TIMEOUT_S = 30;

/** What is used of a `WebSocket`. */
export type LiveSocket = Pick<WebSocket, "bufferedAmount" | "send" | "close">;

/** Handlers in the form that `ctx.upgrade(handlers)` takes. */
export interface LiveSocketHandlers {
  /** Admits the socket. */
  open(socket: LiveSocket): void;
  /** Takes a frame. */
  message(socket: LiveSocket, event: { readonly data: unknown }): void;
  /** Forgets the socket. */
  close(socket: LiveSocket): void;
  /** Forgets the socket; `close` may or may not follow. */
  error(socket: LiveSocket): void;
}

/** Returns the handlers that make one socket a peer of the hub. */
export function liveSocketHandlers(hub: Hub, options: ConnectOptions): LiveSocketHandlers {
  let peer: Peer | undefined;
  const leave = () => {
    if (peer !== undefined) hub.disconnect(peer);
  };
  return {
    open: (socket) => {
      peer = toPeer(socket);
      hub.connect(peer, options);
    },
    message: (_socket, event) => {
      if (peer !== undefined) hub.receive(peer, event.data);
    },
    close: leave,
    error: leave,
  };
}

/** Makes a socket that is not open yet, such as that of `Deno.upgradeWebSocket`, a peer of the hub. */
export function attachSocket(hub: Hub, socket: WebSocket, options: ConnectOptions): void {
  const handlers = liveSocketHandlers(hub, options);
  socket.addEventListener("open", () => handlers.open(socket));
  socket.addEventListener("message", (event) => handlers.message(socket, event));
  socket.addEventListener("close", () => handlers.close(socket));
  socket.addEventListener("error", () => handlers.error(socket));
}

/** Returns the number that `/api/live?resume=<seq>` asks to go on from; `null` if there is no such number. */
export function resumeFrom(url: URL): number | null {
  const text = url.searchParams.get("resume") ?? "";
  const seq = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(seq) ? seq : null;
}

/** Returns an open socket as a peer. */
function toPeer(socket: LiveSocket): Peer {
  return {
    get bufferedBytes(): number {
      return socket.bufferedAmount;
    },
    send: (text) => socket.send(text),
    close: (code, reason) => socket.close(code, reason),
  };
}
