import { assert, assertEquals, assertFalse } from "@std/assert";

import type { DeliveryResult } from "@/lib/ports/receiver.ts";
import { Secret } from "@/lib/ports/secret.ts";
import { postMessage } from "@/lib/notify/receivers/http_delivery.ts";

import { ReceivingServer, type ScriptedAnswer } from "../../support/receiving_server.ts";

const NEVER = new AbortController().signal;

async function post(
  url: string,
  signal: AbortSignal = NEVER,
): Promise<DeliveryResult> {
  return await postMessage({ url: new Secret(url), body: "{}" }, { request: fetch, signal });
}

function answer(status: number, text: string | null = null, headers = {}): ScriptedAnswer {
  return () => new Response(text, { status, headers });
}

Deno.test("postMessage() tells from the answer what became of the message", async (t) => {
  const rows: readonly [name: string, answer: ScriptedAnswer, result: DeliveryResult][] = [
    ["200", answer(200, "ok"), { kind: "delivered", detail: "HTTP 200" }],
    ["204", answer(204), { kind: "delivered", detail: "HTTP 204" }],
    [
      "a server in trouble",
      answer(500, "<h1>\n  Internal   error</h1>"),
      {
        kind: "passing",
        reason: "HTTP 500: <h1> Internal error</h1>",
        retryAfterMs: null,
      },
    ],
    [
      "too many requests",
      answer(429, "slow down", { "retry-after": "30" }),
      { kind: "passing", reason: "HTTP 429: slow down", retryAfterMs: 30_000 },
    ],
    [
      "a service in maintenance, with a date",
      answer(503, null, {
        "date": "Tue, 24 Nov 2026 00:00:00 GMT",
        "retry-after": "Tue, 24 Nov 2026 00:02:00 GMT",
      }),
      { kind: "passing", reason: "HTTP 503", retryAfterMs: 120_000 },
    ],
    ["a slow client", answer(408), { kind: "passing", reason: "HTTP 408", retryAfterMs: null }],
    ["gone", answer(410, "no such hook"), { kind: "permanent", reason: "HTTP 410: no such hook" }],
    ["not allowed", answer(403), { kind: "permanent", reason: "HTTP 403" }],
    [
      "a redirect, which is not followed",
      answer(302, null, { location: "/other" }),
      {
        kind: "permanent",
        reason: "HTTP 302: the address redirects; give the one that it leads to",
      },
    ],
  ];
  await using server = new ReceivingServer();
  for (const [name, scripted, result] of rows) {
    await t.step(name, async () => {
      const before = server.received.length;
      server.script.push(scripted);
      assertEquals(await post(`${server.origin}/hook`), result);
      assertEquals(server.received.length, before + 1);
    });
  }
});

Deno.test("postMessage() sends JSON under its name", async () => {
  await using server = new ReceivingServer();
  await post(`${server.origin}/hook?channel=1`);
  const [request] = server.received;
  assertEquals([request?.method, request?.path], ["POST", "/hook?channel=1"]);
  assertEquals(request?.headers.get("content-type"), "application/json");
  assertEquals(request?.headers.get("user-agent"), "Vitals");
});

Deno.test("postMessage() says that nobody listens", async () => {
  const server = new ReceivingServer();
  const { origin } = server;
  await server[Symbol.asyncDispose]();
  const result = await post(`${origin}/hook`);
  assertEquals(result, {
    kind: "passing",
    reason: `no connection to ${new URL(origin).host}: refused`,
    retryAfterMs: null,
  });
});

Deno.test("postMessage() does not wait longer than it may", async () => {
  await using server = new ReceivingServer();
  server.script.push("hang");
  const abort = new AbortController();
  const posted = post(`${server.origin}/hook`, abort.signal);
  await server.until(1);
  abort.abort();
  const result = await posted;
  assertEquals([result.kind, "reason" in result && result.reason], [
    "passing",
    `no answer from ${new URL(server.origin).host} in time`,
  ]);
});

Deno.test("postMessage() says what to do when the permission for the host is missing", async () => {
  const refuse = () => Promise.reject(new Deno.errors.NotCapable("Requires net access"));
  const url = new Secret("https://hooks.example.com/secret-path");
  const result = await postMessage({ url, body: "{}" }, { request: refuse, signal: NEVER });
  assertEquals(result, {
    kind: "permanent",
    reason:
      "Vitals may not reach hooks.example.com yet: restart it, so that it gets the permission",
  });
});

Deno.test("postMessage() gives no secret away, even if the answer or the error quotes it", async (t) => {
  const path = "/services/T000/B000/secretpath";
  await t.step("an answer that quotes the address", async () => {
    await using server = new ReceivingServer();
    server.script.push(answer(400, `no hook at ${path}?token=secrettoken`));
    const result = await post(`${server.origin}${path}?token=secrettoken`);
    assert(result.kind === "permanent");
    assertFalse(/secret/.test(result.reason), result.reason);
  });
  for (
    const [name, quoted] of [
      ["the last part of it", "no hook secretpath"],
      ["a value of its query", "no token secret/token"],
      ["a value as it was written", "no token secret%2Ftoken"],
      ["it where the quotation ends", `${"x".repeat(140)} ${path}`],
    ] as const
  ) {
    await t.step(`an answer that quotes ${name}`, async () => {
      await using server = new ReceivingServer();
      server.script.push(answer(400, quoted));
      const result = await post(`${server.origin}${path}?token=secret%2Ftoken`);
      assert(result.kind === "permanent");
      assertFalse(/secret|services/.test(result.reason), result.reason);
    });
  }
  await t.step("an error that quotes the address", async () => {
    const url = new Secret("https://user:secretpass@hooks.example.com/secretpath");
    const fail = () => Promise.reject(new TypeError(`error sending request for ${url.reveal()}`));
    const result = await postMessage({ url, body: "{}" }, { request: fail, signal: NEVER });
    assert(result.kind === "passing");
    assertFalse(/secret/.test(result.reason), result.reason);
  });
});
