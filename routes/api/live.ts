/**
 * The live socket, see `docs/live.md`. Which pages may open it is decided in `web_app.ts`, before any route.
 *
 * @module
 */

import type { Context } from "fresh";

import {
  IDLE_TIMEOUT_S,
  type LiveSocketHandlers,
  liveSocketHandlers,
  resumeFrom,
} from "@/lib/live/web_socket_peer.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET` with an upgrade. */
export const handler = define.handlers(serveMethods({ GET: openSocket }));

function openSocket(ctx: Context<State>): Response {
  if (ctx.req.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    throw new ProblemError(426, "Cannot serve this as a page: connect with a WebSocket", {
      headers: { upgrade: "websocket", connection: "upgrade" },
    });
  }
  const handlers = closeInTime(
    liveSocketHandlers(ctx.state.hub, { resume: resumeFrom(ctx.url) }),
    ctx.state,
  );
  try {
    return ctx.upgrade(handlers, { idleTimeout: IDLE_TIMEOUT_S });
  } catch (cause) {
    // What the runtime throws at a handshake that lacks a header.
    if (!(cause instanceof TypeError)) throw cause;
    throw new ProblemError(400, "Cannot open the socket: the handshake is incomplete", { cause });
  }
}

/** Policy violation (RFC 6455, section 7.4.1): the page must not simply come back. */
const NO_ACCESS = { code: 1008, reason: "The session or the token has ended" };

/** The socket stays open as long as whoever opened it may read. */
function closeInTime(handlers: LiveSocketHandlers, { access, caller }: State): LiveSocketHandlers {
  if (caller === undefined) return handlers;
  let letGo = () => {};
  return {
    ...handlers,
    open: (socket) => {
      handlers.open(socket);
      letGo = access.holdOpen(caller, () => socket.close(NO_ACCESS.code, NO_ACCESS.reason));
    },
    close: (socket) => {
      letGo();
      handlers.close(socket);
    },
    error: (socket) => {
      letGo();
      handlers.error(socket);
    },
  };
}
