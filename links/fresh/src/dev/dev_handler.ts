/**
 * Serves an app that may not be ready yet, and tells pages when the server has restarted.
 *
 * @module
 */

import type { RequestHandler } from "../app.ts";
import { logError } from "../log.ts";

/** What {@linkcode createDevHandler} needs. */
export interface DevHandlerOptions {
  /** The app's base path. */
  readonly basePath: string;
  /** The app's handler, once all has been bundled. */
  readonly ready: Promise<RequestHandler>;
  /** Grows with every start of the server. */
  readonly revision: number;
}

/** Returns a handler that lets requests wait until the app is ready. */
export function createDevHandler(options: DevHandlerOptions): RequestHandler {
  const { basePath, ready, revision } = options;
  ready.catch((error: unknown) => logError("Cannot build the app", error));
  return async (req, info) => {
    if (new URL(req.url).pathname === `${basePath}/_frsh/alive`) {
      return answerAlive(req, revision);
    }
    let handler: RequestHandler;
    try {
      handler = await ready;
    } catch (error) {
      return new Response(`Cannot build the app: ${error}`, { status: 500 });
    }
    return await handler(req, info);
  };
}

/** A page that sees a higher revision than its first one reloads itself. */
function answerAlive(req: Request, revision: number): Response {
  if (req.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    return new Response("Expected a WebSocket upgrade request", { status: 501 });
  }
  const { socket, response } = Deno.upgradeWebSocket(req);
  socket.onopen = () => socket.send(JSON.stringify({ type: "initial-state", revision }));
  return response;
}
