import { assertEquals, assertStringIncludes } from "@std/assert";

import { App } from "../src/mod.ts";
import { captureErrors } from "./support/capture_console.ts";

/** An app on a port of its own. */
async function serve<State>(app: App<State>): Promise<AsyncDisposable & { url: string }> {
  const listening = Promise.withResolvers<number>();
  const controller = new AbortController();
  const { signal } = controller;
  const onListen = ({ port }: Deno.NetAddr) => listening.resolve(port);
  const served = app.listen({ hostname: "127.0.0.1", port: 0, signal, onListen });
  return {
    url: `ws://127.0.0.1:${await listening.promise}`,
    async [Symbol.asyncDispose]() {
      controller.abort();
      await served;
    },
  };
}

/** Waits for an event. */
function once<K extends keyof WebSocketEventMap>(
  socket: WebSocket,
  type: K,
): Promise<WebSocketEventMap[K]> {
  return new Promise((resolve) => {
    socket.addEventListener(type, resolve, { once: true });
  });
}

Deno.test("App.ws() calls its handlers, and answers with the agreed protocol", async () => {
  const events: string[] = [];
  const closed = Promise.withResolvers<void>();
  const app = new App().ws("/live", {
    open: (socket) => socket.send("hello"),
    message: (socket, event) => socket.send(`echo ${event.data}`),
    close: (_socket, code, reason) => {
      events.push(`${code} ${reason}`);
      closed.resolve();
    },
  }, { protocol: "v1", idleTimeout: 5 });
  await using server = await serve(app);
  const socket = new WebSocket(`${server.url}/live`, "v1");
  assertEquals((await once(socket, "message")).data, "hello");
  assertEquals(socket.protocol, "v1");
  socket.send("a");
  assertEquals((await once(socket, "message")).data, "echo a");
  socket.close(4000, "bye");
  await Promise.all([once(socket, "close"), closed.promise]);
  assertEquals(events, ["4000 bye"]);
});

Deno.test("Context.upgrade() without handlers gives the socket", async () => {
  const app = new App().get("/", (ctx) => {
    const { socket, response } = ctx.upgrade();
    socket.onmessage = (event) => socket.send(event.data);
    return response;
  });
  await using server = await serve(app);
  const socket = new WebSocket(server.url);
  await once(socket, "open");
  socket.send("x");
  assertEquals((await once(socket, "message")).data, "x");
  socket.close();
  await once(socket, "close");
});

Deno.test("handlers that fail are logged and close the socket, not the process", async () => {
  using logged = captureErrors();
  const app = new App().ws("/", {
    open() {
      return Promise.reject(new Error("broken handler"));
    },
  });
  await using server = await serve(app);
  const socket = new WebSocket(server.url);
  assertEquals((await once(socket, "close")).code, 1011);
  assertStringIncludes(String(logged.calls[0]?.[1]), "broken handler");
});

Deno.test("Context.upgrade() and App.ws() refuse ordinary requests with 400", async () => {
  const app = new App().ws("/ws", { message() {} }).get("/bare", (ctx) => ctx.upgrade().response);
  const handler = app.handler();
  for (const path of ["/ws", "/bare"]) {
    const response = await handler(new Request(`http://localhost${path}`));
    assertEquals(response.status, 400);
    assertEquals(await response.text(), "Expected a WebSocket upgrade request");
  }
});
