/**
 * WebSocket upgrades, with callbacks instead of event listeners.
 *
 * @module
 */

import { HttpError } from "./http_error.ts";
import { logError } from "./log.ts";

/** Callbacks of one WebSocket. What they throw is logged and closes the socket with code 1011. */
export interface WebSocketHandlers {
  /** Called when the connection is open. */
  open?(socket: WebSocket): void;
  /** Called for every message. */
  message?(socket: WebSocket, event: MessageEvent): void;
  /** Called when the connection has ended. */
  close?(socket: WebSocket, code: number, reason: string): void;
  /** Called when the connection breaks; `close` follows. */
  error?(socket: WebSocket, event: Event | ErrorEvent): void;
}

/** Options of a WebSocket upgrade. */
export interface WebSocketUpgradeOptions {
  /** Seconds without an answer to a ping after which the connection is closed; 0 for never. */
  idleTimeout?: number;
  /** The subprotocol to agree on. */
  protocol?: string;
}

/** A socket and the response that opens it once it is returned. */
export interface WebSocketUpgrade {
  /** The server's end of the connection. */
  socket: WebSocket;
  /** To be returned by the handler. */
  response: Response;
}

/**
 * Upgrades a request.
 *
 * @throws {HttpError} 400 if the request does not ask for it.
 */
export function upgradeWebSocket(req: Request, options: WebSocketUpgradeOptions): WebSocketUpgrade {
  if (req.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    throw new HttpError(400, "Expected a WebSocket upgrade request");
  }
  return Deno.upgradeWebSocket(req, options);
}

/** Calls the handlers on the socket's events. */
export function attachHandlers(socket: WebSocket, handlers: WebSocketHandlers): void {
  /** Runs a callback, which may be async; without this its error would end the process. */
  async function run(callback: () => unknown): Promise<void> {
    try {
      await callback();
    } catch (error) {
      logError("Cannot handle a WebSocket event", error);
      if (socket.readyState === WebSocket.OPEN) socket.close(1011);
    }
  }
  socket.onopen = () => run(() => handlers.open?.(socket));
  socket.onmessage = (event) => run(() => handlers.message?.(socket, event));
  socket.onclose = (event) => run(() => handlers.close?.(socket, event.code, event.reason));
  socket.onerror = (event) => run(() => handlers.error?.(socket, event));
}

/** Tells handlers from options: they have at least one callback. */
export function isWebSocketHandlers(
  value: WebSocketHandlers | WebSocketUpgradeOptions,
): value is WebSocketHandlers {
  return ["open", "message", "close", "error"].some((name) =>
    typeof Reflect.get(value, name) === "function"
  );
}
