import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";

import { Secret } from "@/lib/ports/secret.ts";
import { SYSTEM_CLOCK } from "@/lib/ports/system_clock.ts";
import type { WebFetch, WebRequest, WebResult } from "@/lib/ports/web_fetch.ts";
import { createSocketRequest } from "@/lib/sources/socket_request.ts";
import { createWebFetch, type SendRequest } from "@/lib/sources/web_fetch.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { freePort, listen, RawServer, say } from "@/tests/support/raw_server.ts";
import { ReceivingServer } from "@/tests/support/receiving_server.ts";

const NEVER = new AbortController().signal;

/** Both ways to send must mean the same. */
const WAYS: readonly (readonly [name: string, send: SendRequest])[] = [
  ["fetch", fetch],
  ["sockets", createSocketRequest({ denyPrivate: false })],
];

type Asked = Partial<Omit<WebRequest, "url">>;

function requestTo(url: string, asked: Asked = {}): WebRequest {
  return {
    ...{ url: new Secret(url), method: "GET", headers: {}, body: null },
    ...{ timeoutMs: 30_000, maxBytes: 10_000, redirects: 5, ...asked },
  };
}

function asker(request: SendRequest): WebFetch {
  return createWebFetch({ request, clock: SYSTEM_CLOCK });
}

async function ask(send: SendRequest, url: string, asked: Asked = {}): Promise<WebResult> {
  return await asker(send)(requestTo(url, asked), NEVER);
}

function reasonOf(result: WebResult): string {
  return result.kind === "failed" ? `${result.reason}: ${result.detail}` : `${result.status}`;
}

for (const [way, send] of WAYS) {
  Deno.test(`createWebFetch() asks and reads, by ${way}`, async () => {
    await using server = new ReceivingServer();
    server.script.push(() => new Response("well", { status: 201, headers: { "x-a": "b" } }));
    const result = await ask(send, `${server.origin}/a?b=c`, {
      ...{ method: "POST", body: "hello" },
      headers: { authorization: new Secret("Bearer 123") },
    });
    assert(result.kind === "answered");
    assertEquals(result.status, 201);
    assertEquals(result.headers.get("x-a"), "b");
    assertEquals(new TextDecoder().decode(result.body), "well");
    assert(result.durationMs > 0);
    const [{ method, path, headers, body } = assertNever()] = server.received;
    assertEquals([method, path, body], ["POST", "/a?b=c", "hello"]);
    assertEquals(headers.get("authorization"), "Bearer 123");
    assertEquals(headers.get("user-agent"), "Vitals");
    assertEquals(headers.get("host"), new URL(server.origin).host);
  });

  Deno.test(`createWebFetch() sends user and password of an address as a header, by ${way}`, async () => {
    await using server = new ReceivingServer();
    const url = server.origin.replace("//", "//anna:h%C3%B6rse@");
    await ask(send, url);
    const { authorization } = Object.fromEntries(server.received[0]?.headers ?? []);
    assertEquals(authorization, `Basic ${new TextEncoder().encode("anna:hörse").toBase64()}`);
  });

  Deno.test(`createWebFetch() says why there is no answer, by ${way}`, async (t) => {
    const port = freePort();
    await t.step("nothing listens", async () => {
      const result = await ask(send, `http://127.0.0.1:${port}/secret`);
      const detail = `No connection to 127.0.0.1:${port}: it refuses connections`;
      assertEquals(result, { kind: "failed", reason: "refused", detail });
    });
    await t.step("no permission", async () => {
      const result = await ask(send, "http://vitals.invalid/secret");
      const cure = "restart it, so that it gets the permission";
      const detail = `Vitals may not reach vitals.invalid yet: ${cure}`;
      assertEquals(result, { kind: "failed", reason: "not permitted", detail });
    });
    await t.step("it breaks off", async () => {
      await using server = new RawServer(() => Promise.resolve());
      assertEquals(reasonOf(await ask(send, server.origin)).split(":")[0], "broken off");
    });
    await t.step("it breaks off amid the body", async () => {
      await using server = new RawServer((connection) =>
        say(connection, "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf")
      );
      assertEquals(reasonOf(await ask(send, server.origin)).split(":")[0], "broken off");
    });
    await t.step("it speaks something else", async () => {
      await using server = new RawServer((connection) => say(connection, "SSH-2.0-OpenSSH\r\n"));
      const { host } = new URL(server.origin);
      assertEquals(
        reasonOf(await ask(send, server.origin)),
        `failed: No connection to ${host}: what it says is not HTTP`,
      );
    });
    await t.step("its headers are too long", async () => {
      const header = `x-long: ${"x".repeat(1_000_000)}`;
      await using server = new RawServer((connection) =>
        say(connection, `HTTP/1.1 200 OK\r\n${header}\r\n\r\n`)
      );
      const { host } = new URL(server.origin);
      const words = `too large: No connection to ${host}: its headers are too long`;
      assertEquals(reasonOf(await ask(send, server.origin)), words);
    });
    await t.step("it gives two lengths", async () => {
      const lengths = "content-length: 1\r\ncontent-length: 2";
      await using server = new RawServer((connection) =>
        say(connection, `HTTP/1.1 200 OK\r\n${lengths}\r\n\r\nab`)
      );
      const words = /^failed: No connection to \S+: what it says is not HTTP$/;
      assertMatch(reasonOf(await ask(send, server.origin)), words);
    });
    await t.step("it says garbage where TLS belongs", async () => {
      await using server = new RawServer((connection) =>
        say(connection, "\x16\x03\x01garbage\0\u00ff garbage\n\n")
      );
      const url = server.origin.replace("http:", "https:");
      assertMatch(reasonOf(await ask(send, url)), /^tls: .*: it does not speak TLS there$/);
    });
    await t.step("its certificate is vouched for by nobody", async () => {
      await using server = await startTls();
      const result = await ask(send, server.origin);
      assert(result.kind === "failed");
      assertEquals(result.reason, "tls");
    });
    await t.step("it does not speak TLS", async () => {
      await using server = new RawServer((connection) =>
        say(connection, "HTTP/1.1 400 No\r\n\r\n")
      );
      const result = await ask(send, server.origin.replace("http:", "https:"));
      assert(result.kind === "failed");
      assertEquals(result.reason, "tls");
    });
  });

  Deno.test(`createWebFetch() takes no more of a body than it may, by ${way}`, async (t) => {
    await t.step("a long one", async () => {
      await using server = new ReceivingServer();
      server.script.push(
        () => new Response("x".repeat(10_000)),
        () => new Response("x".repeat(10_001)),
      );
      assertEquals(reasonOf(await ask(send, server.origin)), "200");
      const host = new URL(server.origin).host;
      const expected = `too large: ${host} sends more than 10000 bytes`;
      assertEquals(reasonOf(await ask(send, server.origin)), expected);
    });
    await t.step("an endless one", async () => {
      await using server = new RawServer(async (connection) => {
        await say(connection, "HTTP/1.1 200 OK\r\n\r\n");
        for (;;) await say(connection, "endless ".repeat(100));
      });
      assertEquals(reasonOf(await ask(send, server.origin)).split(":")[0], "too large");
    });
  });

  Deno.test(`createWebFetch() ends what takes too long, by ${way}`, async (t) => {
    const hanging: readonly (readonly [name: string, hang: (on: Deno.Conn) => Promise<void>])[] = [
      ["without an answer", listen],
      ["amid the headers", async (connection) => {
        await say(connection, "HTTP/1.1 200 OK\r\n");
        await listen(connection);
      }],
      ["amid the body", async (connection) => {
        await say(connection, "HTTP/1.1 200 OK\r\n\r\nbegin");
        await listen(connection);
      }],
    ];
    for (const [name, hang] of hanging) {
      await t.step(name, async () => {
        const reached = Promise.withResolvers<void>();
        await using server = new RawServer(async (connection) => {
          reached.resolve();
          await hang(connection);
        });
        const clock = new FakeClock();
        const asking = createWebFetch({ request: send, clock })(requestTo(server.origin), NEVER);
        await reached.promise;
        await clock.advance(30_000);
        const { host } = new URL(server.origin);
        assertEquals(reasonOf(await asking), `timeout: No answer from ${host} within 30000 ms`);
        assertEquals(clock.pending, 0);
      });
    }
  });

  Deno.test(`createWebFetch() ends with the signal, by ${way}`, async () => {
    const reached = Promise.withResolvers<void>();
    await using server = new RawServer(async (connection) => {
      reached.resolve();
      await listen(connection);
    });
    const ending = new AbortController();
    const asking = asker(send)(requestTo(server.origin), ending.signal);
    await reached.promise;
    ending.abort(new Error("over"));
    await assertRejects(() => asking, Error, "over");
    await assertRejects(() => asker(send)(requestTo(server.origin), ending.signal), Error, "over");
  });

  Deno.test(`createWebFetch() follows redirects, as many as it may, by ${way}`, async (t) => {
    await using other = new ReceivingServer();
    await using server = new ReceivingServer();
    const redirect = (status: number, location: string) => () =>
      new Response("moved", { status, headers: { location } });
    const headers = { authorization: new Secret("Bearer 123") };

    await t.step("on the same host, with what is secret", async () => {
      server.script.push(redirect(307, "/next"), () => new Response("there"));
      const asked = { method: "POST", body: "hello", headers };
      assertEquals(reasonOf(await ask(send, server.origin, asked)), "200");
      const { method, path, body, headers: got } = server.received.at(-1) ?? assertNever();
      assertEquals([method, path, body], ["POST", "/next", "hello"]);
      assertEquals(got.get("authorization"), "Bearer 123");
    });
    await t.step("to another host, without what is secret", async () => {
      server.script.push(redirect(302, `${other.origin}/there`));
      const asked = { method: "POST", body: "hello", headers };
      assertEquals(reasonOf(await ask(send, server.origin, asked)), "204");
      const { method, path, body, headers: got } = other.received.at(-1) ?? assertNever();
      assertEquals([method, path, body, got.get("authorization")], ["GET", "/there", "", null]);
    });
    await t.step("none of them", async () => {
      server.script.push(redirect(301, "/next"));
      assertEquals(reasonOf(await ask(send, server.origin, { redirects: 0 })), "301");
    });
    await t.step("in a circle", async () => {
      const before = server.received.length;
      server.script.push(...Array.from({ length: 4 }, () => redirect(302, "/")));
      const { host } = new URL(server.origin);
      assertEquals(
        reasonOf(await ask(send, server.origin, { redirects: 3 })),
        `redirect: ${host} redirects more than 3 times`,
      );
      assertEquals(server.received.length - before, 4);
    });
    await t.step("to a host that it may not reach", async () => {
      server.script.push(redirect(302, "http://other.invalid/secret"));
      assertEquals(
        reasonOf(await ask(send, server.origin)),
        "redirect: It redirects to other.invalid, which Vitals may not reach: make that its address",
      );
    });
    await t.step("to no web address, which is an answer", async () => {
      server.script.push(redirect(302, "ftp://other.invalid/"));
      assertEquals(reasonOf(await ask(send, server.origin)), "302");
    });
  });
}

Deno.test("createWebFetch() says that fetch asks nothing of some ports", async () => {
  const result = await ask(fetch, "http://127.0.0.1:9/");
  const words = "failed: No connection to 127.0.0.1:9: no web address may have this port";
  assertEquals(reasonOf(result), words);
});

function assertNever(): never {
  throw new Error("nothing came");
}

async function startTls(): Promise<{ readonly origin: string } & AsyncDisposable> {
  const [cert, key] = await Promise.all(
    ["certificate", "key"].map((name) =>
      Deno.readTextFile(new URL(`../fixtures/tls/${name}.pem`, import.meta.url))
    ),
  );
  const options = {
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
    cert: cert ?? "",
    key: key ?? "",
  };
  const server = Deno.serve(options, () => new Response("secure"));
  return {
    origin: `https://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
