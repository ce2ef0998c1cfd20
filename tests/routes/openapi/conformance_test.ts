import { assert, assertEquals } from "@std/assert";

import { BUILT_IN_METRICS } from "@/lib/domain/metric.ts";
import { A_FAULT, A_SILENCE, ALERT_ID } from "@/lib/protocol/openapi/examples.ts";
import { createDocument } from "@/lib/protocol/openapi/openapi_document.ts";
import { MessageQueue } from "@/tests/contract/message_queue.ts";
import { ORIGIN } from "@/tests/routes/web.ts";
import { REFUSED } from "@/tests/support/fake_receiver.ts";
import { served } from "@/tests/support/schema_check.ts";

import { AnswerCheck, type PlacedOperation } from "./answer_check.ts";
import { curlRequest } from "./curl_request.ts";
import { startWholeApp, type WholeApp, type WholeAppOptions } from "./whole_app.ts";

const DOCUMENT = served(createDocument({ version: "1.2.3", metrics: BUILT_IN_METRICS }));

/** What must have happened before the example of an operation succeeds. */
const BEFORE: Readonly<Record<string, (app: WholeApp) => Promise<unknown>>> = {
  getScenario: play,
  pauseScenario: play,
  stopScenario: play,
  resumeScenario: async (app) => {
    await play(app);
    app.monitor.scenarios.pause();
  },
};

/** An answer that an operation gives for a reason of its own. */
interface Case {
  readonly id: string;
  readonly status: number;
  /** Makes it so. */
  readonly arrange?: (app: WholeApp) => unknown;
  /** Changes the request of the example. */
  readonly change?: Change;
  /** How the application is. */
  readonly app?: WholeAppOptions;
}

/** What is different about a request. */
interface Change {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const breakHistory = (app: WholeApp) => void (app.isHistoryBroken = true);
const fillGate = (app: WholeApp) => void (app.gate.isFull = true);
const breakGate = (app: WholeApp) => {
  app.gate.result = { kind: "unsafe", reason: "the disk is full" };
};
const endSilence = (app: WholeApp) => app.monitor.desk.endSilence(app.silence);

const CASES: readonly Case[] = [
  { id: "postSamples", status: 429, arrange: fillGate },
  { id: "postSamples", status: 503, arrange: breakGate },
  { id: "postSamples", status: 400, change: { body: "{" } },
  { id: "postSamples", status: 413, change: { body: " ".repeat(20_001) } },
  { id: "postSamples", status: 415, change: { headers: { "content-type": "text/plain" } } },
  { id: "postSamples", status: 415, change: { headers: { "content-encoding": "gzip" } } },
  { id: "postSamples", status: 422, change: { body: '{"service":"A"}' } },
  { id: "postHeartbeat", status: 429, arrange: fillGate },
  { id: "postHeartbeat", status: 503, arrange: breakGate },
  { id: "postHeartbeat", status: 413, change: { body: " ".repeat(20_001) } },
  { id: "postHeartbeat", status: 422, change: { path: "/api/heartbeats/A" } },
  { id: "getHistory", status: 503, arrange: breakHistory },
  { id: "listEvents", status: 503, arrange: breakHistory },
  { id: "getTimeline", status: 503, arrange: breakHistory },
  {
    id: "listAlerts",
    status: 200,
    change: { path: "/api/alerts?state=all&limit=1" },
  },
  {
    id: "listEvents",
    status: 200,
    change: { path: "/api/services/checkout/events?limit=1" },
  },
  { id: "listNotifications", status: 200, change: { path: "/api/notifications?limit=1" } },
  { id: "acknowledgeAlert", status: 409, arrange: useEnded },
  { id: "unacknowledgeAlert", status: 409, arrange: useEnded },
  { id: "getAlert", status: 200, arrange: useEnded },
  { id: "addSilence", status: 429, arrange: fillSilences },
  { id: "addSilence", status: 422, change: { body: '{"match":{},"duration":"1h"}' } },
  { id: "changeSilence", status: 409, arrange: endSilence },
  { id: "endSilence", status: 409, arrange: endSilence },
  { id: "testReceiver", status: 502, arrange: ({ receiver }) => receiver.script.push(REFUSED) },
  { id: "addFault", status: 404, change: { body: '{"service":"none","kind":"crash"}' } },
  { id: "addFault", status: 422, change: { body: '{"service":"checkout","kind":"crash"}' } },
  { id: "addFault", status: 429, arrange: fillFaults },
  { id: "getScenario", status: 404 },
  { id: "startScenario", status: 404, change: { body: '{"name":"none"}' } },
  { id: "startScenario", status: 409, change: { body: '{"name":"broken"}' } },
  { id: "startScenario", status: 409, arrange: play },
  { id: "pauseScenario", status: 409 },
  { id: "resumeScenario", status: 409 },
  { id: "stopScenario", status: 409 },
  { id: "getHealth", status: 503, app: { isIdle: true } },
  { id: "openLive", status: 426, change: { path: "/api/live" } },
  { id: "openLive", status: 400, change: { path: "/api/live", headers: { upgrade: "websocket" } } },
];

/** Operations whose bodies are in a format of others, with its own way to say what is wrong: their cases say all. */
const FOREIGN_BODIES: ReadonlySet<string> = new Set([]);

/** Answers that are described and not seen here, and why. */
const UNSEEN: Readonly<Record<string, string>> = {};

Deno.test("every answer is as the description says, and every described answer comes", async (t) => {
  const check = new AnswerCheck(DOCUMENT);
  for (const operation of check.operations) {
    await t.step(`${operation.operationId}: its example succeeds`, async () => {
      if (operation["x-vitals-messages"] !== undefined) return await openSocket(check, operation);
      await trySuccess(check, operation);
    });
    await t.step(`${operation.operationId}: its errors`, () => tryErrors(check, operation));
  }
  for (const { id, status, arrange, change, app: options } of CASES) {
    await t.step(`${id}: ${status}`, async () => {
      await using app = await start(options);
      const operation = check.operation(id);
      await app.do(arrange);
      const response = await app.send(exampleOf(operation, app), change);
      assertEquals(response.status, status, await response.clone().text());
      await check.answer(operation, response);
    });
  }
  await t.step("no described answer is missing", () => {
    assertEquals(check.unseen().sort(), Object.keys(UNSEEN).sort());
  });
});

Deno.test("methods that are not described are answered with 405 and Allow", async (t) => {
  await using app = await start();
  const check = new AnswerCheck(DOCUMENT);
  for (const [path, methods] of Object.entries(DOCUMENT.paths)) {
    await t.step(path, async () => {
      for (const method of ["get", "post", "put", "patch", "delete"]) {
        if (method in methods) continue;
        const address = ORIGIN + path.replace(/\{\w+\}/g, "checkout");
        const response = await app.send(new Request(address, { method: method.toUpperCase() }));
        assertEquals(response.status, 405, `${method} ${path}`);
        assert(response.headers.has("allow"));
        const [described] = Object.values(methods).map(({ responses }) => responses["500"]);
        const [type] = Object.keys(described?.content ?? {});
        assertEquals(response.headers.get("content-type"), type, path);
        if (type !== "application/problem+json") {
          await response.body?.cancel();
          continue;
        }
        check.value({ $ref: "#/components/schemas/Problem" }, await response.json());
      }
    });
  }
});

Deno.test("GET /api/openapi.json is the description, with the metrics that may be sent", async () => {
  await using app = await start();
  const response = await app.send(new Request(`${ORIGIN}/api/openapi.json`));
  assertEquals(await response.json(), DOCUMENT);
});

/** A running application, and what tests do with it. */
interface RunningApp extends WholeApp, AsyncDisposable {
  do(arrange: Case["arrange"]): Promise<void>;
  send(request: Request, change?: Change, info?: Deno.ServeHandlerInfo): Promise<Response>;
}

async function start(options: WholeAppOptions = {}): Promise<RunningApp> {
  const app = await startWholeApp(options);
  return Object.assign(app, {
    do: async (arrange: Case["arrange"]) => {
      await app.web.fetch("/api/scenarios").then((response) => response.body?.cancel());
      await arrange?.(app);
    },
    send: (request: Request, change: Change = {}, info?: Deno.ServeHandlerInfo) =>
      app.web.handle(changed(request, change), info),
    [Symbol.asyncDispose]: async () => await app.monitor.stop(),
  });
}

function changed(request: Request, { path, headers, body }: Change): Request {
  const { method } = request;
  const url = path === undefined ? request.url : ORIGIN + path;
  const all = new Headers(request.headers);
  for (const [name, value] of Object.entries(headers ?? {})) all.set(name, value);
  const sent = body ?? request.body;
  return new Request(url, { method, headers: all, ...sent === null ? {} : { body: sent } });
}

/** Returns the request of the example, its ids being those of the application. */
function exampleOf(operation: PlacedOperation, app: WholeApp): Request {
  const [sample] = operation["x-codeSamples"];
  const source = (sample?.source ?? "")
    .replace(/^npx wscat -c ws/, "curl http")
    .replaceAll(ALERT_ID, app.firing)
    .replaceAll(A_SILENCE.id, app.silence)
    .replaceAll(A_FAULT.id, app.fault);
  return curlRequest(source);
}

/** Sends the example in each form of the request, and asks for each form of the answer. */
async function trySuccess(check: AnswerCheck, operation: PlacedOperation): Promise<void> {
  const [status] = Object.keys(operation.responses).filter((each) => each.startsWith("2"));
  const { content: bodies = {} } = operation.requestBody ?? {};
  const changes: Change[] = [
    {},
    ...Object.keys(operation.responses[status ?? ""]?.content ?? {})
      .map((type) => ({ headers: { accept: type.split(";", 1).join("") } })),
    ...Object.entries(bodies).map(([type, { example }]) => ({
      headers: { "content-type": type },
      body: typeof example === "string" ? example : JSON.stringify(example),
    })),
  ];
  for (const change of changes) {
    await using app = await start();
    await app.do(BEFORE[operation.operationId]);
    const response = await app.send(exampleOf(operation, app), change);
    assertEquals(`${response.status}`, status, await response.clone().text());
    const { headers } = response;
    await check.answer(operation, response);
    if (operation.method !== "get") continue;
    const request = changed(exampleOf(operation, app), change);
    const head = await app.send(new Request(request, { method: "HEAD" }));
    assertEquals([head.status, head.body], [Number(status), null]);
    assertEquals(head.headers.get("content-type"), headers.get("content-type"));
  }
}

/** Provokes what goes wrong with every operation of its kind. */
async function tryErrors(check: AnswerCheck, operation: PlacedOperation): Promise<void> {
  const { parameters = [], requestBody, responses } = operation;
  const has = (status: number) => responses[`${status}`] !== undefined;
  async function expect(
    status: number,
    change: Change,
    { options = {}, info }: {
      readonly options?: WholeAppOptions;
      readonly info?: Deno.ServeHandlerInfo;
    } = {},
  ): Promise<void> {
    await using app = await start(options);
    const response = await app.send(exampleOf(operation, app), change, info);
    assertEquals(response.status, status, await response.clone().text());
    await check.answer(operation, response);
  }
  const withParam = (value: string) => ({ path: operation.path.replace(/\{\w+\}/, value) });
  await expect(403, { headers: { host: "evil.example" } });
  await expect(500, {}, { options: { isBroken: true } });
  if (operation["x-vitals-scope"] === "operate") {
    await expect(401, {}, { options: { token: "a token of operators" } });
    await expect(403, {}, { info: fromElsewhere() });
  }
  if (operation.path.includes("{")) await expect(400, withParam("%E0%A4%A"));
  if (operation.path.includes("{") && has(404)) await expect(404, withParam("nope"));
  if (parameters.some((each) => each.in === "query") && has(422)) {
    await expect(422, { path: `${operation.path.replace(/\{\w+\}/, "checkout")}?nope=1` });
  }
  if (has(406)) await expect(406, { headers: { accept: "image/png" } });
  if (FOREIGN_BODIES.has(operation.operationId)) return;
  if (operation["x-vitals-scope"] === "operate" && requestBody !== undefined) {
    await expect(400, { body: "{" });
    await expect(413, { body: " ".repeat(16_385) });
    await expect(415, { headers: { "content-type": "text/plain" } });
    await expect(422, { body: '{"nope":1}' });
  }
}

function fromElsewhere(): Deno.ServeHandlerInfo {
  const remoteAddr = { transport: "tcp", hostname: "192.0.2.7", port: 40_000 } as const;
  return { remoteAddr, completed: Promise.resolve() };
}

async function play({ web }: WholeApp): Promise<void> {
  const headers = { "content-type": "application/json" };
  const body = '{"name":"cpu-spike"}';
  const response = await web.fetch("/api/scenarios/current", { method: "POST", headers, body });
  assertEquals(response.status, 201, await response.text());
}

function useEnded(app: WholeApp): void {
  Object.assign(app, { firing: app.ended });
}

function fillSilences({ monitor, clock }: WholeApp): void {
  const matcher = { service: "cart", rule: null, tag: null, severity: null };
  const draft = { matcher, startsAt: null, endsAt: clock.now() + 9_999, author: "A", reason: "" };
  for (let made = 0; monitor.desk.addSilence(draft).kind === "done"; made++) assert(made < 9_999);
}

function fillFaults({ monitor }: WholeApp): void {
  const draft = {
    service: "auth-service",
    kind: "crash",
    intensity: 1,
    durationMs: 5_000,
  } as const;
  for (let made = 0; monitor.faults.add(draft).kind === "done"; made++) assert(made < 99);
}

/** Opens the live socket of a real server, and holds its messages against their schemas. */
async function openSocket(check: AnswerCheck, operation: PlacedOperation): Promise<void> {
  await using app = await start();
  const { server: fromServer, client: fromClient } = Object(operation["x-vitals-messages"]);
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, app.web.handle);
  const socket = new WebSocket(`ws://127.0.0.1:${server.addr.port}/api/live`);
  const closed = new Promise((resolve) => socket.addEventListener("close", resolve));
  const queue = new MessageQueue<unknown>();
  socket.addEventListener("message", ({ data }) => queue.push(JSON.parse(data)));
  await new Promise((resolve) => socket.addEventListener("open", resolve, { once: true }));
  const types: string[] = [];
  const next = async () => {
    const message = await queue.next();
    check.value(fromServer, message);
    types.push(Object(message).type);
  };
  await next();
  const ping = { type: "ping", id: 7 };
  check.value(fromClient, ping);
  check.value(fromClient, { type: "resume", seq: 3 });
  socket.send(JSON.stringify(ping));
  await next();
  app.monitor.collector.ingest([{ service: "checkout", metrics: { cpu: 50 } }]);
  await app.clock.advance(100);
  await next();
  assertEquals(types, ["snapshot", "pong", "delta"]);
  socket.close(1000);
  await closed;
  await server.shutdown();
  check.note(`${operation.operationId} 101`);
}
