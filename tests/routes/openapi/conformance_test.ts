import { assert, assertEquals } from "@std/assert";

import { BUILT_IN_METRICS } from "@/lib/domain/metric.ts";
import { createDocument } from "@/lib/protocol/openapi/openapi_document.ts";
import { MessageQueue } from "@/tests/contract/message_queue.ts";
import { ORIGIN } from "@/tests/routes/web.ts";
import { served } from "@/tests/support/schema_check.ts";

import { bearer, BEFORE, type Case, CASES, type Change, FOREIGN_BODIES } from "./answer_cases.ts";
import { AnswerCheck, type PlacedOperation } from "./answer_check.ts";
import { curlRequest } from "./curl_request.ts";
import { fillIn, startWholeApp, type WholeApp, type WholeAppOptions } from "./whole_app.ts";

const DOCUMENT = served(createDocument({ version: "1.2.3", metrics: BUILT_IN_METRICS }));

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
      const operation = check.operation(id);
      for (const form of formsOf(operation)) {
        await using app = await start(options);
        await app.do(arrange);
        const response = await app.send(exampleOf(operation, app), join(form, change));
        assertEquals(response.status, status, await response.clone().text());
        await check.answer(operation, response);
      }
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
    send: (request: Request, { body, ...change }: Change = {}, info?: Deno.ServeHandlerInfo) => {
      const filled = body === undefined ? {} : { body: fillIn(body, app) };
      return app.web.handle(changed(request, { ...change, ...filled }), info);
    },
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
  const source = (sample?.source ?? "").replace(/^npx wscat -c ws/, "curl http");
  return curlRequest(fillIn(source, app));
}

/** Sends the example in each form of the request, and asks for each form of the answer. */
async function trySuccess(check: AnswerCheck, operation: PlacedOperation): Promise<void> {
  const [status] = Object.keys(operation.responses).filter((each) => each.startsWith("2"));
  const changes: Change[] = [
    {},
    ...Object.keys(operation.responses[status ?? ""]?.content ?? {})
      .map((type) => ({ headers: { accept: type.split(";", 1).join("") } })),
    ...bodiesOf(operation),
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

/** Returns the example of the body in each form. */
function bodiesOf({ requestBody }: PlacedOperation): readonly Change[] {
  return Object.entries(requestBody?.content ?? {}).map(([type, { example }]) => ({
    headers: { "content-type": type },
    body: typeof example === "string" ? example : JSON.stringify(example),
  }));
}

/** Returns the forms in which errors must be seen: those of the body, where errors come in the same. */
function formsOf(operation: PlacedOperation): readonly Change[] {
  const forms = Object.keys(operation.responses["500"]?.content ?? {});
  return forms.length > 1 ? bodiesOf(operation) : [{}];
}

function join(form: Change, change: Change = {}): Change {
  return { ...form, ...change, headers: { ...form.headers, ...change.headers } };
}

/** What is different about an application, and where a request comes from. */
interface Circumstances {
  readonly options?: WholeAppOptions;
  readonly info?: Deno.ServeHandlerInfo;
  readonly arrange?: (app: RunningApp) => Promise<void>;
}

/** Provokes what goes wrong with every operation of its kind. */
async function tryErrors(check: AnswerCheck, operation: PlacedOperation): Promise<void> {
  const { parameters = [], requestBody, responses } = operation;
  const has = (status: number) => responses[`${status}`] !== undefined;
  async function expect(
    status: number,
    change: Change,
    { options = {}, info, arrange }: Circumstances = {},
  ): Promise<void> {
    for (const form of formsOf(operation)) {
      await using app = await start(options);
      await arrange?.(app);
      const response = await app.send(exampleOf(operation, app), join(form, change), info);
      assertEquals(response.status, status, await response.clone().text());
      await check.answer(operation, response);
    }
  }
  await expect(403, { headers: { host: "evil.example" } });
  await expect(500, {}, { options: { isBroken: true } });
  await tryAccess(operation, expect);
  if (operation.path.includes("{")) await expect(400, { path: pathOf(operation, "%E0%A4%A") });
  if (operation.path.includes("{") && has(404)) {
    await expect(404, { path: pathOf(operation, "nope") });
  }
  if (parameters.some((each) => each.in === "query") && has(422)) {
    await expect(422, { path: `${pathOf(operation)}?nope=1` });
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

/** Provokes all that the guard of access has to say. */
async function tryAccess(
  { "x-vitals-scope": scope }: PlacedOperation,
  expect: (status: number, change: Change, circumstances: Circumstances) => Promise<void>,
): Promise<void> {
  const options = { hasTokens: true };
  if (scope === "public") return;
  await expect(401, {}, { options });
  await expect(401, { headers: bearer("wrong") }, { options });
  const tooLittle = scope === "read" ? "a token that sends" : "a token that reads";
  await expect(403, { headers: bearer(tooLittle) }, { options });
  await expect(429, { headers: bearer("right or wrong") }, { options, arrange: guess });
  if (scope !== "read") await expect(403, {}, { info: fromElsewhere() });
}

/** Shows as many wrong tokens as are looked at. */
async function guess(app: RunningApp): Promise<void> {
  for (let tried = 0; tried < 10; tried++) {
    const request = new Request(`${ORIGIN}/api/services`, { headers: bearer(`guess ${tried}`) });
    const { body, status } = await app.send(request);
    await body?.cancel();
    assertEquals(status, 401);
  }
}

/** Returns the path with the parts of the example; the first of them may be another. */
function pathOf({ path, parameters = [] }: PlacedOperation, first?: string): string {
  const parts = parameters.filter((each) => each.in === "path").map(({ example }) => example);
  return parts.reduce<string>(
    (filled, part, index) => filled.replace(/\{\w+\}/, String(index === 0 && first || part)),
    path,
  );
}

function fromElsewhere(): Deno.ServeHandlerInfo {
  const remoteAddr = { transport: "tcp", hostname: "192.0.2.7", port: 40_000 } as const;
  return { remoteAddr, completed: Promise.resolve() };
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
