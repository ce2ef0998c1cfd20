import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";

import type { IncomingSample, InputIssue } from "@/lib/ports/monitor.ts";
import { problemOf, startWeb, type Web } from "@/tests/routes/web.ts";

const JSON_TYPE = "application/json";
const NDJSON = "application/x-ndjson";

Deno.test("POST /api/samples takes one sample, a list, and a sample a line", async (t) => {
  const one = { service: "checkout", at: 1_700_000_000_000, metrics: { cpu: 41.2, latency: 120 } };
  const two = { service: "cart", metrics: {} };
  const rows: [name: string, type: string, body: string, samples: IncomingSample[]][] = [
    ["one sample", JSON_TYPE, JSON.stringify(one), [one]],
    ["a list", JSON_TYPE, JSON.stringify([one, two]), [one, two]],
    ["a bare heartbeat", JSON_TYPE, '{"service":"cart"}', [two]],
    ["a type with a charset", 'application/json; charset="UTF-8"', JSON.stringify(one), [one]],
    ["lines", NDJSON, `${JSON.stringify(one)}\n${JSON.stringify(two)}`, [one, two]],
    ["blank lines and CRLF", NDJSON, `\r\n${JSON.stringify(one)}\r\n\r\n`, [one]],
    ["the other name of lines", "application/jsonl", JSON.stringify(two), [two]],
  ];
  for (const [name, type, body, samples] of rows) {
    await t.step(name, async () => {
      const web = await startWeb();
      const response = await post(web, body, type);
      assertEquals(response.status, 202);
      assertEquals(await response.json(), { accepted: samples.length });
      assertEquals(web.monitor.batches, [samples]);
    });
  }
});

const KEPT_OUT = "nothing of this request was stored";

Deno.test("POST /api/samples names what is wrong and takes nothing (promise 5)", async (t) => {
  const rows: [name: string, body: string, issues: InputIssue[]][] = [
    ["an empty list", "[]", [issue("", "must hold at least one sample")]],
    ["no sample", "5", [issue("", `${SAMPLE}, got 5`)]],
    ["a list in a list", "[[]]", [issue("[0]", `${SAMPLE}, got a list`)]],
    ["no service", "{}", [issue("service", `is missing; it ${SERVICE}`)]],
    ["a wrong name", '{"service":"Check Out"}', [issue("service", `${SERVICE}, got "Check Out"`)]],
    ["a long name", `{"service":"${"a".repeat(65)}"}`, [
      issue("service", `${SERVICE}, got "${"a".repeat(40)}…"`),
    ]],
    ["a mistyped field", '{"service":"a","metric":{}}', [
      issue("metric", 'unknown field; did you mean "metrics"?'),
    ]],
    ["a mistyped metric", '{"service":"a","metrics":{"latncy":5}}', [
      issue("metrics.latncy", 'unknown metric; did you mean "latency"?'),
    ]],
    ["a foreign metric", '{"service":"a","metrics":{"disk":5}}', [
      issue("metrics.disk", 'unknown metric; known are "cpu", "memory", "latency" and "errorRate"'),
    ]],
    ["text for a number", '{"service":"a","metrics":{"cpu":"5"}}', [
      issue("metrics.cpu", 'must be a number from 0 to 100 %, got "5"'),
    ]],
    ["nothing for a number", '{"service":"a","metrics":{"cpu":null}}', [
      issue("metrics.cpu", "must be a number from 0 to 100 %, got null"),
    ]],
    ["a value out of range", '[{"service":"a"},{"service":"b","metrics":{"cpu":140}}]', [
      issue("[1].metrics.cpu", "must be a number from 0 to 100 %, got 140"),
    ]],
    ["a number beyond all", '{"service":"a","metrics":{"latency":1e999}}', [
      issue("metrics.latency", "must be a number from 0 to 3600000 ms, got Infinity"),
    ]],
    ["a time in words", '{"service":"a","at":"now"}', [issue("at", `${AT}, got "now"`)]],
    ["a time with a fraction", '{"service":"a","at":1.5}', [issue("at", `${AT}, got 1.5`)]],
    ["a time before 1970", '{"service":"a","at":-1}', [issue("at", `${AT}, got -1`)]],
    ["a time beyond all", '{"service":"a","at":1e300}', [issue("at", `${AT}, got 1e+300`)]],
    ["metrics that are a list", '{"service":"a","metrics":[]}', [
      issue("metrics", 'must be an object of numbers such as { "cpu": 41.2 }, got a list'),
    ]],
    ["a prototype", '{"service":"a","__proto__":{"metrics":{"cpu":1}}}', [
      issue("__proto__", 'unknown field; known are "service", "at" and "metrics"'),
    ]],
    ["a prototype of metrics", '{"service":"a","metrics":{"__proto__":{"cpu":1}}}', [
      issue(
        "metrics.__proto__",
        'unknown metric; known are "cpu", "memory", "latency" and "errorRate"',
      ),
    ]],
    ["a name that addresses cannot hold", '{"service":".."}', [
      issue("service", `${SERVICE}, got ".."`),
    ]],
    ["two mistakes", '{"service":"","metrics":{"cpu":-1}}', [
      issue("service", `${SERVICE}, got ""`),
      issue("metrics.cpu", "must be a number from 0 to 100 %, got -1"),
    ]],
  ];
  const web = await startWeb();
  for (const [name, body, issues] of rows) {
    await t.step(name, async () => {
      const problem = await problemOf(await post(web, body), 422);
      assertEquals(problem.issues, issues);
      assertStringIncludes(String(problem.detail), KEPT_OUT);
      assertEquals(web.monitor.batches, []);
    });
  }
});

const SAMPLE = 'must be an object such as { "service": "checkout", "metrics": { "cpu": 41.2 } }';
const SERVICE = 'must be 1 to 64 of a-z, 0-9, dot, underscore and hyphen, but not "." or ".."';
const AT = "must be a whole number of milliseconds since 1970";

Deno.test("POST /api/samples names the line of a mistake", async () => {
  const web = await startWeb();
  const lines = '{"service":"a"}\n\n{"service":"b","metrics":{"cpu":101}}\n7\n';
  assertEquals((await problemOf(await post(web, lines, NDJSON), 422)).issues, [
    issue("line 3: metrics.cpu", "must be a number from 0 to 100 %, got 101"),
    issue("line 4", `${SAMPLE}, got 7`),
  ]);
  assertEquals((await problemOf(await post(web, "\n\n", NDJSON), 422)).issues, [
    issue("", "must hold at least one sample"),
  ]);
  assertEquals(web.monitor.batches, []);
});

Deno.test("POST /api/samples lists twenty issues and counts the others", async () => {
  const web = await startWeb();
  const body = JSON.stringify(Array(15).fill({ service: "a", metrics: { cpu: -1, memory: -1 } }));
  const problem = await problemOf(await post(web, body), 422);
  assert(Array.isArray(problem.issues));
  assertEquals(problem.issues.length, 20);
  assertEquals(problem.issues.at(-1).path, "[9].metrics.memory");
  assertEquals(problem.moreIssues, 10);
});

Deno.test("POST /api/samples answers 400 to what is not JSON in UTF-8", async (t) => {
  const rows: [name: string, body: string | Uint8Array<ArrayBuffer>, type: string, says: string][] =
    [
      ["nothing", "", JSON_TYPE, "it is empty"],
      ["half of it", '{"service":', JSON_TYPE, "end of JSON input"],
      ["a comma too many", '{"service":"a",}', JSON_TYPE, "line 1 column 16"],
      ["NaN", '{"service":"a","metrics":{"cpu":NaN}}', JSON_TYPE, "Unexpected token 'N'"],
      ["two samples without a list", '{"service":"a"}\n{}', JSON_TYPE, "line 2 column 1"],
      ["a line that is broken", '{"service":"a"}\n{"service"}', NDJSON, "line 2 as JSON"],
      ["a byte order mark", '\ufeff{"service":"a"}', JSON_TYPE, "byte order mark"],
      ["bytes that are no text", new Uint8Array([0x22, 0xff, 0x22]), JSON_TYPE, "not UTF-8"],
      ["half a character", new Uint8Array([0x22, 0xe2, 0x82]), JSON_TYPE, "not UTF-8"],
      ["lists without end", "[".repeat(9_000), JSON_TYPE, "end of JSON input"],
    ];
  const web = await startWeb();
  for (const [name, body, type, says] of rows) {
    await t.step(name, async () => {
      assertStringIncludes(
        String((await problemOf(await post(web, body, type), 400)).detail),
        says,
      );
      assertEquals(web.monitor.batches, []);
    });
  }
});

Deno.test("POST /api/samples answers 415 to other kinds of body, and says which it takes", async (t) => {
  const rows: [name: string, headers: Record<string, string>, says: string][] = [
    ["none", {}, '"application/json"'],
    ["what curl sends by itself", type("application/x-www-form-urlencoded"), '"application/json"'],
    ["what other sites can send", type("text/plain"), '"application/x-ndjson"'],
    ["another JSON", type("application/jsonx"), '"application/jsonx"'],
    ["another charset", type("application/json; charset=utf-16"), "send UTF-8"],
    ["a compressed one", { ...type(JSON_TYPE), "content-encoding": "gzip" }, "as it is"],
  ];
  const web = await startWeb();
  for (const [name, headers, says] of rows) {
    await t.step(name, async () => {
      const body = new TextEncoder().encode('{"service":"a"}');
      const response = await web.fetch("/api/samples", { method: "POST", headers, body });
      assertEquals(response.headers.get("accept-post"), "application/json, application/x-ndjson");
      assertStringIncludes(String((await problemOf(response, 415)).detail), says);
      assertEquals(web.monitor.batches, []);
    });
  }
});

Deno.test("POST /api/samples stops reading a body that is too long", async (t) => {
  const web = await startWeb();
  web.monitor.bodyBytes = 1_000;
  await t.step("one byte is too many, none is not", async () => {
    const fitting = '{"service":"a"}'.padEnd(1_000);
    assertEquals((await post(web, fitting)).status, 202);
    await problemOf(await post(web, `${fitting} `), 413);
  });
  await t.step("a long one that says so is not read at all", async () => {
    const body = endless();
    await problemOf(await post(web, body.stream, JSON_TYPE, { "content-length": "1001" }), 413);
    // A stream without reader fills its queue of one chunk.
    assert(body.chunks() <= 1);
    assert(body.isCancelled());
  });
  await t.step("an endless one that lies about it is cut off", async () => {
    const body = endless();
    await problemOf(await post(web, body.stream, JSON_TYPE, { "content-length": "10" }), 413);
    assert(body.chunks() < 15);
    assert(body.isCancelled());
  });
  assertEquals(web.monitor.batches.length, 1);
});

Deno.test("POST /api/samples takes ten thousand samples at once, not one more", async () => {
  const web = await startWeb();
  web.monitor.bodyBytes = 1_000_000;
  const list = (count: number) => JSON.stringify(Array(count).fill({ service: "a" }));
  const lines = (count: number) => '{"service":"a"}\n'.repeat(count);
  assertEquals((await post(web, list(10_000))).status, 202);
  assertEquals((await post(web, lines(10_000), NDJSON)).status, 202);
  assertStringIncludes(
    String((await problemOf(await post(web, list(10_001)), 413)).detail),
    "at most 10000",
  );
  await problemOf(await post(web, lines(10_001), NDJSON), 413);
  assertEquals(web.monitor.batches.length, 2);
});

Deno.test("POST /api/samples answers 400 to a body that breaks off", async () => {
  const web = await startWeb();
  const broken = new ReadableStream({ pull: (controller) => controller.error(new Error("gone")) });
  await problemOf(await post(web, broken), 400);
  assertEquals(web.log.errors, []);
});

Deno.test("POST /api/samples tells the collector's refusal in the sender's terms", async (t) => {
  const web = await startWeb();
  web.monitor.refusal = {
    kind: "invalid",
    issues: [issue("[1].at", "is in the future"), issue("", "is odd")],
  };
  const rows: [name: string, body: string, type: string, path: string][] = [
    ["a list", '[{"service":"a"},{"service":"b"}]', JSON_TYPE, "[1].at"],
    ["lines", '{"service":"a"}\n\n{"service":"b"}', NDJSON, "line 3: at"],
    ["one", '{"service":"a"}', JSON_TYPE, "at"],
  ];
  for (const [name, body, type, path] of rows) {
    await t.step(name, async () => {
      const { issues } = await problemOf(await post(web, body, type), 422);
      assertEquals(issues, [issue(path, "is in the future"), issue("", "is odd")]);
    });
  }
});

Deno.test("POST /api/samples answers 429 with a pause in whole seconds when full", async (t) => {
  const web = await startWeb();
  const rows: [retryAfterMs: number, header: string][] = [[0, "1"], [1_000, "1"], [1_001, "2"]];
  for (const [retryAfterMs, header] of rows) {
    await t.step(`${retryAfterMs} ms`, async () => {
      web.monitor.refusal = { kind: "full", reason: "Too many services", retryAfterMs };
      const response = await post(web, '{"service":"a"}');
      assertEquals(response.headers.get("retry-after"), header);
      assertEquals((await problemOf(response, 429)).detail, "Too many services");
    });
  }
});

Deno.test("POST /api/samples answers any body without failing", async () => {
  const web = await startWeb();
  const types = fc.constantFrom(JSON_TYPE, NDJSON, "text/plain", "application/json;charset=x");
  const sample = fc.record({
    service: fc.oneof(fc.constant("a"), fc.anything()),
    at: fc.anything(),
    metrics: fc.dictionary(fc.oneof(fc.constant("cpu"), fc.string()), fc.anything()),
  }, { requiredKeys: [] });
  const text = fc.oneof(
    fc.json(),
    fc.oneof(sample, fc.array(sample)).map((value) => toJson(value)),
    fc.string({ unit: "binary" }),
  );
  const body = fc.oneof(text.map((value) => new TextEncoder().encode(value)), fc.uint8Array());
  await fc.assert(fc.asyncProperty(types, body, async (type, bytes) => {
    const count = web.monitor.batches.length;
    const response = await post(web, new Uint8Array(bytes), type);
    const isTaken = response.status === 202;
    if (!isTaken) await problemOf(response, response.status);
    else await response.body?.cancel();
    assert(isTaken || [400, 413, 415, 422].includes(response.status), `${response.status}`);
    assertEquals(web.monitor.batches.length, count + (isTaken ? 1 : 0));
  }));
  assertEquals(web.log.errors, []);
});

function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner) => typeof inner === "bigint" ? `${inner}` : inner);
}

function issue(path: string, message: string): InputIssue {
  return { path, message };
}

function type(name: string): Record<string, string> {
  return { "content-type": name };
}

function post(
  web: Web,
  body: BodyInit,
  contentType = JSON_TYPE,
  headers: Record<string, string> = {},
): Promise<Response> {
  return web.fetch("/api/samples", {
    method: "POST",
    headers: { "content-type": contentType, ...headers },
    body,
  });
}

interface Endless {
  readonly stream: ReadableStream<Uint8Array>;
  chunks(): number;
  isCancelled(): boolean;
}

function endless(): Endless {
  let count = 0;
  let isCancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      count++;
      controller.enqueue(new Uint8Array(100).fill(0x20));
    },
    cancel: () => {
      isCancelled = true;
    },
  });
  return { stream, chunks: () => count, isCancelled: () => isCancelled };
}
