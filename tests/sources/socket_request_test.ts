import { assert, assertEquals } from "@std/assert";

import { Secret } from "@/lib/ports/secret.ts";
import { SYSTEM_CLOCK } from "@/lib/ports/system_clock.ts";
import type { WebResult } from "@/lib/ports/web_fetch.ts";
import type { OpenSocket } from "@/lib/sources/open_socket.ts";
import { createSocketRequest, type SocketRequestOptions } from "@/lib/sources/socket_request.ts";
import { createWebFetch } from "@/lib/sources/web_fetch.ts";
import { listen, RawServer, say } from "@/tests/support/raw_server.ts";
import { ReceivingServer } from "@/tests/support/receiving_server.ts";

const NEVER = new AbortController().signal;

async function readPem(name: string): Promise<string> {
  return await Deno.readTextFile(new URL(`../fixtures/tls/${name}.pem`, import.meta.url));
}

async function ask(
  url: string,
  options: Partial<SocketRequestOptions> = {},
): Promise<WebResult> {
  const request = createSocketRequest({ denyPrivate: false, ...options });
  const asked = {
    ...{ url: new Secret(url), method: "GET", headers: {}, body: null },
    ...{ timeoutMs: 30_000, maxBytes: 10_000, redirects: 5 },
  };
  return await createWebFetch({ request, clock: SYSTEM_CLOCK })(asked, NEVER);
}

/** Fails as a socket of the system does. */
function failing(code: string, message = code): OpenSocket {
  return () => Promise.reject(Object.assign(new Error(message), { code }));
}

Deno.test("createSocketRequest() connects anew for each request", async () => {
  await using server = new RawServer((connection) =>
    say(connection, "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")
  );
  for (let asked = 1; asked <= 3; asked++) {
    assertEquals((await ask(server.origin)).kind, "answered");
    assertEquals(server.accepted, asked);
  }
});

Deno.test("createSocketRequest() ends the connection where the host would keep it", async () => {
  const ended = Promise.withResolvers<void>();
  await using server = new RawServer(async (connection) => {
    await say(
      connection,
      "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: keep-alive\r\n\r\nok",
    );
    await listen(connection);
    ended.resolve();
  });
  await ask(server.origin);
  await ended.promise;
});

Deno.test("createSocketRequest() checks the certificate, and says until when it is valid", async () => {
  const [cert, key, authority] = await Promise.all(
    ["certificate", "key", "authority"].map(readPem),
  );
  const options = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  const server = Deno.serve(
    { ...options, cert: cert ?? "", key: key ?? "" },
    () => new Response("secure"),
  );
  const url = `https://127.0.0.1:${server.addr.port}`;
  const trusted = await ask(url, { authority: authority ?? "" });
  assert(trusted.kind === "answered", JSON.stringify(trusted));
  assertEquals(new TextDecoder().decode(trusted.body), "secure");
  assertEquals(new Date(trusted.certificateEndsAt ?? 0).getUTCFullYear(), 2126);

  const detail = `No connection to 127.0.0.1:${server.addr.port}: ` +
    "nobody that Vitals trusts vouches for its certificate";
  assertEquals(await ask(url), { kind: "failed", reason: "tls", detail });
  await server.shutdown();
});

Deno.test("createSocketRequest() says until when no certificate is valid where there is none", async () => {
  await using server = new ReceivingServer();
  const result = await ask(server.origin);
  assert(result.kind === "answered");
  assertEquals(result.certificateEndsAt, null);
});

Deno.test("createSocketRequest() sends nothing to an address that is refused", async (t) => {
  await using server = new RawServer((connection) => say(connection, "HTTP/1.1 200 OK\r\n\r\n"));
  const { host } = new URL(server.origin);
  const detail = `${host} is not at a public address, and sources.probe.denyPrivate is set`;
  await t.step("an address that was given", async () => {
    const result = await ask(server.origin, { denyPrivate: true });
    assertEquals(result, { kind: "failed", reason: "private address", detail });
    assertEquals([server.accepted, server.receivedBytes], [0, 0]);
  });
  await t.step("after a redirect", async () => {
    await using first = new RawServer((connection) =>
      say(connection, `HTTP/1.1 302 Found\r\nlocation: ${server.origin}/\r\n\r\n`)
    );
    // The first host passes for a public one, as it would in the internet.
    const { openSocket } = await import("@/lib/sources/open_socket.ts");
    const open: OpenSocket = (request, signal) =>
      openSocket({ ...request, denyPrivate: request.port !== first.port }, signal);
    const result = await ask(first.origin, { denyPrivate: true, open });
    assertEquals(result, { kind: "failed", reason: "private address", detail });
    assertEquals([first.accepted, server.accepted], [1, 0]);
  });
});

Deno.test("createWebFetch() has a word for what sockets say", async () => {
  const rows: readonly (readonly [code: string, reason: string])[] = [
    ["ENOTFOUND", "dns"],
    ["EAI_AGAIN", "dns"],
    ["ECONNREFUSED", "refused"],
    ["EHOSTUNREACH", "unreachable"],
    ["ENETUNREACH", "unreachable"],
    ["ETIMEDOUT", "timeout"],
    ["ECONNRESET", "broken off"],
    ["CERT_HAS_EXPIRED", "tls"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "tls"],
    ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "tls"],
    ["HPE_HEADER_OVERFLOW", "too large"],
    ["HPE_INVALID_CONSTANT", "failed"],
    ["ESTRANGE", "failed"],
  ];
  const reasons = [];
  for (const [code] of rows) {
    const result = await ask("http://dns.example.com/refused", { open: failing(code) });
    reasons.push([code, result.kind === "failed" ? result.reason : ""]);
  }
  assertEquals(reasons, rows.map((row) => [...row]));
});

Deno.test("createWebFetch() takes a refused look-up for a missing permission", async () => {
  const open = failing("EPERM", "getaddrinfo EPERM shop.example.com");
  const result = await ask("http://shop.example.com/", { open });
  assert(result.kind === "failed");
  assertEquals(result.reason, "not permitted");
});

Deno.test("createWebFetch() takes headers without an end for too large", async () => {
  await using server = new RawServer(async (connection) => {
    await say(connection, "HTTP/1.1 200 OK\r\n");
    for (;;) await say(connection, `x-a: ${"a".repeat(1_000)}\r\n`);
  });
  const result = await ask(server.origin);
  assert(result.kind === "failed");
  assertEquals(result.reason, "too large");
});
