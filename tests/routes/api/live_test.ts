import { assertEquals } from "@std/assert";

import type { ServerMessage } from "@/lib/protocol/live_message.ts";
import { parseServerMessage } from "@/lib/protocol/parse_server_message.ts";
import { MessageQueue } from "@/tests/contract/message_queue.ts";
import { problemOf, startWeb, type Web } from "@/tests/routes/web.ts";

Deno.test("GET /api/live opens a socket that begins with a snapshot and goes on with deltas", async () => {
  const web = await startWeb();
  web.source.sample("checkout", "cpu", 40);
  await using server = serve(web);
  const client = await connect(server.live);
  const snapshot = await client.next();
  assertEquals(snapshot.type === "snapshot" && snapshot.services[0]?.name, "checkout");
  web.hub.publish(web.source.sample("checkout", "cpu", 41));
  assertEquals((await client.next()).type, "delta");
  await client.leave();
});

Deno.test("GET /api/live?resume= sends what was missed", async () => {
  const web = await startWeb();
  const page = web.hub.snapshot();
  web.hub.publish(web.source.sample("checkout", "cpu", 40));
  await using server = serve(web);
  const client = await connect(`${server.live}?resume=${page.seq}`);
  const delta = await client.next();
  assertEquals([delta.type, "seq" in delta && delta.seq], ["delta", page.seq + 1]);
  await client.leave();
});

Deno.test("GET /api/live tells what is no WebSocket client what it is for", async () => {
  const web = await startWeb();
  const response = await web.fetch("/api/live");
  assertEquals(response.headers.get("upgrade"), "websocket");
  await problemOf(response, 426);
});

Deno.test("GET /api/live answers 400 to half a handshake", async () => {
  const web = await startWeb();
  await problemOf(await web.fetch("/api/live", { headers: { upgrade: "websocket" } }), 400);
  assertEquals(web.hub.stats().peers, 0);
});

Deno.test("GET /api/live lets no page of another site connect", async (t) => {
  const web = await startWeb();
  web.monitor.configuredOrigins = ["https://vitals.example.com"];
  await using server = serve(web);
  const own = `http://127.0.0.1:${server.port}`;
  const rows: [name: string, headers: Record<string, string>, status: number][] = [
    ["our own page", { origin: own }, 101],
    ["a tool", {}, 101],
    ["a page of another site", { origin: "https://evil.example" }, 403],
    ["a page of another port", { origin: "http://127.0.0.1:1" }, 403],
    ["nobody's page", { origin: "null" }, 403],
    ["a page of a configured origin", { origin: "https://vitals.example.com" }, 101],
    ["a page of a configured host by another scheme", { origin: "http://vitals.example.com" }, 403],
    ["a page of a configured origin, the proxy passing Host on", {
      origin: "https://vitals.example.com",
      host: "vitals.example.com",
    }, 101],
    ["a name made to point here", {
      origin: `http://evil.example:${server.port}`,
      host: `evil.example:${server.port}`,
    }, 403],
  ];
  for (const [name, headers, status] of rows) {
    await t.step(name, async () => assertEquals(await shakeHands(server.port, headers), status));
  }
});

Deno.test("GET /api/live wants who may read, and is closed with 1008 when that ends", async () => {
  const web = await startWeb({ token: "correct-horse" });
  await using server = serve(web);
  assertEquals(await shakeHands(server.port, {}), 401);
  assertEquals(await shakeHands(server.port, { authorization: "Bearer wrong" }), 401);
  const signedIn = await fetch(`http://127.0.0.1:${server.port}/login`, {
    method: "POST",
    body: new URLSearchParams({ token: "correct-horse" }),
    redirect: "manual",
  });
  await signedIn.body?.cancel();
  const cookie = (signedIn.headers.get("set-cookie") ?? "").split(";", 1).join("");
  using connection = await openRaw(server.port, { cookie });
  await connection.until('"type":"snapshot"');
  assertEquals(web.hub.stats().peers, 1);
  const out = await fetch(`http://127.0.0.1:${server.port}/logout`, {
    method: "POST",
    headers: { cookie },
    redirect: "manual",
  });
  await out.body?.cancel();
  // A close frame (RFC 6455, section 5.5.1) with code 1008, which servers do not mask.
  await connection.until("\x88\x24\x03\xf0The session or the token has ended");
});

interface TestServer extends AsyncDisposable {
  readonly port: number;
  /** Address of the live socket. */
  readonly live: string;
}

function serve(web: Web): TestServer {
  const options = { hostname: "127.0.0.1", port: 0, onListen() {} };
  const server = Deno.serve(options, web.handle);
  return {
    port: server.addr.port,
    live: `ws://127.0.0.1:${server.addr.port}/api/live`,
    [Symbol.asyncDispose]: async () => {
      web.hub.stop();
      await server.shutdown();
    },
  };
}

interface Client {
  next(): Promise<ServerMessage>;
  /** Closes from this end and resolves once it is closed. */
  leave(): Promise<void>;
}

async function connect(url: string): Promise<Client> {
  const queue = new MessageQueue<ServerMessage>();
  const socket = new WebSocket(url);
  const closed = new Promise((resolve) => socket.addEventListener("close", resolve));
  socket.addEventListener("message", (event) => queue.push(parseServerMessage(event.data)));
  await new Promise((resolve) => socket.addEventListener("open", resolve, { once: true }));
  return {
    next: () => queue.next(),
    leave: async () => {
      socket.close(1000);
      await closed;
    },
  };
}

/** Asks for an upgrade as a browser does, with any headers, and returns the status of the answer. */
async function shakeHands(port: number, headers: Record<string, string>): Promise<number> {
  using connection = await openRaw(port, headers);
  return Number((await connection.until("\r\n")).split(" ")[1]);
}

interface RawConnection extends Disposable {
  /** Reads until a text has come, and returns all bytes so far, each as a character. */
  until(text: string): Promise<string>;
}

/** Asks for an upgrade with any headers. */
async function openRaw(port: number, headers: Record<string, string>): Promise<RawConnection> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const all = {
    host: `127.0.0.1:${port}`,
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = `GET /api/live HTTP/1.1\r\n${lines.join("")}\r\n`;
  await connection.write(new TextEncoder().encode(request));
  let came = "";
  return {
    until: async (text) => {
      const buffer = new Uint8Array(4_096);
      while (!came.includes(text)) {
        const count = await connection.read(buffer);
        if (count === null) throw new Error(`It ended before "${text}" came: ${came}`);
        came += String.fromCharCode(...buffer.subarray(0, count));
      }
      return came;
    },
    [Symbol.dispose]: () => connection.close(),
  };
}
