import { assert, assertEquals } from "@std/assert";

import { createPush, type PushOptions, type PushOutcome } from "@/agent/push.ts";

const SAMPLE = { service: "web-1", metrics: { cpu: 41.5 } };
const NEVER = new AbortController().signal;

type Answer = (request: Request) => Response | Promise<Response>;

/** Pushes one sample to a server that answers so. */
async function pushTo(
  answer: Answer,
  { path = "", signal = NEVER, ...options }: Partial<PushOptions> & {
    readonly path?: string;
    readonly signal?: AbortSignal;
  } = {},
): Promise<PushOutcome> {
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, answer);
  const url = new URL(`http://127.0.0.1:${server.addr.port}${path}`);
  return await createPush({ token: null, ...options, url })(SAMPLE, signal);
}

function answers(status: number, init: { body?: unknown; headers?: HeadersInit } = {}): Answer {
  return () => Response.json(init.body ?? {}, { status, headers: init.headers ?? {} });
}

Deno.test("createPush() posts a sample as JSON", async () => {
  const seen: unknown[] = [];
  const outcome = await pushTo(async (request) => {
    const { method, url, headers } = request;
    seen.push(method, new URL(url).pathname, headers.get("content-type"));
    seen.push(headers.get("authorization"), await request.json());
    return Response.json({ accepted: 1 }, { status: 202 });
  });
  assertEquals(outcome, { kind: "accepted" });
  assertEquals(seen, ["POST", "/api/samples", "application/json", null, SAMPLE]);
});

Deno.test("createPush() sends the token", async () => {
  let authorization: string | null = null;
  await pushTo((request) => {
    authorization = request.headers.get("authorization");
    return new Response(null, { status: 202 });
  }, { token: "s3cret" });
  assertEquals(authorization, "Bearer s3cret");
});

Deno.test("createPush() keeps the path of a Vitals that is not at the root", async (t) => {
  for (const path of ["/base", "/base/", "/base?x=1#y"]) {
    await t.step(path, async () => {
      let pathname = "";
      await pushTo((request) => {
        pathname = new URL(request.url).pathname;
        return new Response();
      }, { path });
      assertEquals(pathname, "/base/api/samples");
    });
  }
});

Deno.test("createPush() tells why it was refused", async (t) => {
  const problem = { title: "Unprocessable", issues: [{ path: "service", message: "is too long" }] };
  const rows: [string, Answer, PushOutcome][] = [
    ["a problem", answers(422, { body: problem }), {
      ...{ kind: "refused", status: 422, retryAfterMs: 0 },
      detail: "Unprocessable; service: is too long",
    }],
    ["a busy server", answers(429, { headers: { "retry-after": "2" } }), {
      ...{ kind: "refused", status: 429, retryAfterMs: 2_000 },
      detail: "no reason given",
    }],
    ["a proxy", () => new Response("<html>", { status: 502 }), {
      ...{ kind: "refused", status: 502, retryAfterMs: 0 },
      detail: "no reason given",
    }],
    ["an endless answer", () => new Response(endless(), { status: 500 }), {
      ...{ kind: "refused", status: 500, retryAfterMs: 0 },
      detail: "no reason given",
    }],
  ];
  for (const [name, answer, outcome] of rows) {
    await t.step(name, async () => assertEquals(await pushTo(answer), outcome));
  }
});

Deno.test("createPush() follows no redirect, so the token goes nowhere else", async () => {
  let requests = 0;
  const outcome = await pushTo(() => {
    requests++;
    return new Response(null, { status: 308, headers: { location: "https://other.example/" } });
  }, { token: "s3cret" });
  assertEquals(outcome, {
    ...{ kind: "refused", status: 308, retryAfterMs: 0 },
    detail: "moved to https://other.example/",
  });
  assertEquals(requests, 1);
});

Deno.test("createPush() gives up on a server that does not answer", async () => {
  const gate = Promise.withResolvers<Response>();
  const outcome = await pushTo((request) => {
    request.signal.addEventListener("abort", () => gate.resolve(new Response()));
    return gate.promise;
  }, { timeoutMs: 20 });
  assertEquals(outcome, { kind: "unreachable", reason: "no answer in 20 ms" });
});

Deno.test("createPush() gives up when it is told to", async () => {
  const stop = new AbortController();
  const gate = Promise.withResolvers<Response>();
  const outcome = await pushTo((request) => {
    request.signal.addEventListener("abort", () => gate.resolve(new Response()));
    stop.abort(new Error("stopped"));
    return gate.promise;
  }, { signal: stop.signal });
  assertEquals(outcome, { kind: "unreachable", reason: "stopped" });
});

Deno.test("createPush() names the reason when nobody listens", async () => {
  const { port } = await closedPort();
  const push = createPush({ url: new URL(`http://127.0.0.1:${port}`), token: null });
  const outcome = await push(SAMPLE, NEVER);
  assert(outcome.kind === "unreachable");
  assert(/refused/i.test(outcome.reason), outcome.reason);
});

function endless(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(4_096).fill(0x78)),
  });
}

async function closedPort(): Promise<Deno.NetAddr> {
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    () => new Response(),
  );
  await server.shutdown();
  return server.addr;
}
