/**
 * Reloads the page when the development server has restarted. It runs in the browser.
 *
 * @module
 */

/** What the server sends when the socket opens. */
interface InitialState {
  readonly type: "initial-state";
  readonly revision: number;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;

let revision: number | undefined;
let pauseMs = FIRST_PAUSE_MS;
let socket: WebSocket | undefined;

function connect(): void {
  // This script is served at <base path>/_fresh/js/<build id>/.
  const url = new URL("../../../_frsh/alive", import.meta.url);
  url.protocol = url.protocol.replace("http", "ws");
  socket = new WebSocket(url);
  socket.onmessage = (event) => {
    const message: InitialState = JSON.parse(event.data);
    pauseMs = FIRST_PAUSE_MS;
    revision ??= message.revision;
    if (message.revision > revision) location.reload();
  };
  socket.onclose = () => {
    socket = undefined;
    setTimeout(reconnect, pauseMs);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  };
}

function reconnect(): void {
  if (socket === undefined && !document.hidden) connect();
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) socket?.close();
  else reconnect();
});
reconnect();
