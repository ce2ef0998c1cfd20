import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import fc from "fast-check";

import { StatusSchema } from "@/proto/gen/google/rpc/status_pb.ts";
import {
  ExportMetricsServiceRequestSchema,
  ExportMetricsServiceResponseSchema,
} from "@/proto/gen/opentelemetry/proto/collector/metrics/v1/metrics_service_pb.ts";
import { startWeb, type Web } from "@/tests/routes/web.ts";

const JSON_TYPE = "application/json";
const PROTOBUF = "application/x-protobuf";

/** What both encodings say. */
const POINT = { asDouble: 0.5, timeUnixNano: "1700000000000000000" };
const ATTRIBUTE = { key: "service.name", value: { stringValue: "checkout" } };
const REQUEST = {
  resourceMetrics: [{
    resource: { attributes: [ATTRIBUTE] },
    scopeMetrics: [{
      metrics: [{ name: "process.cpu.utilization", gauge: { dataPoints: [POINT] } }],
    }],
  }],
};

function binary(): Uint8Array<ArrayBuffer> {
  const schema = ExportMetricsServiceRequestSchema;
  const value = { case: "stringValue" as const, value: "checkout" };
  const timeUnixNano = 1_700_000_000_000_000_000n;
  const point = { value: { case: "asDouble" as const, value: 0.5 }, timeUnixNano };
  const data = { case: "gauge" as const, value: { dataPoints: [point] } };
  const message = create(schema, {
    resourceMetrics: [{
      resource: { attributes: [{ key: "service.name", value: { value } }] },
      scopeMetrics: [{ metrics: [{ name: "process.cpu.utilization", data }] }],
    }],
  });
  return new Uint8Array(toBinary(schema, message));
}

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

function post(
  web: Web,
  body: BodyInit | null,
  headers: Record<string, string>,
  path = "/v1/metrics",
): Promise<Response> {
  return web.fetch(path, { method: "POST", body, headers });
}

/** Returns the status of an answer in either encoding. */
async function statusOf(response: Response): Promise<{ code: number; message: string }> {
  if (response.headers.get("content-type") === JSON_TYPE) return await response.json();
  assertEquals(response.headers.get("content-type"), PROTOBUF);
  const { code, message } = fromBinary(StatusSchema, await response.bytes());
  return { code, message };
}

function namesTaken(web: Web): unknown {
  return web.otlp.taken.map(({ request }) =>
    request.resources.map(({ attributes, metrics }) => {
      return [attributes["service.name"], metrics.map(({ name, data }) => [name, data])];
    })
  );
}

Deno.test("POST /v1/metrics takes both encodings, and answers in the same one", async () => {
  const web = await startWeb();
  const json = await post(web, JSON.stringify(REQUEST), { "content-type": JSON_TYPE });
  assertEquals([json.status, await json.text()], [200, "{}"]);
  assertEquals(json.headers.get("content-type"), JSON_TYPE);
  const protobuf = await post(web, binary(), { "content-type": PROTOBUF });
  assertEquals([protobuf.status, (await protobuf.bytes()).length], [200, 0]);
  assertEquals(protobuf.headers.get("content-type"), PROTOBUF);
  const [one, other] = web.otlp.taken;
  assertEquals(one?.request, other?.request);
  const facts = { attributes: Object.create(null), startedAt: 0, isEmpty: false };
  const points = [{ ...facts, at: 1_700_000_000_000, value: 0.5 }];
  const data = { kind: "gauge", points };
  assertEquals(namesTaken(web), [
    [["checkout", [["process.cpu.utilization", data]]]],
    [["checkout", [["process.cpu.utilization", data]]]],
  ]);
  assertEquals(web.gate.waits, 2);
});

Deno.test("POST /v1/metrics unpacks gzip and deflate", async () => {
  const web = await startWeb();
  const packed = await gzip(binary());
  const headers = { "content-type": PROTOBUF, "content-encoding": "gzip" };
  assertEquals((await post(web, packed, headers)).status, 200);
  const deflated = new Blob([JSON.stringify(REQUEST)]).stream()
    .pipeThrough(new CompressionStream("deflate"));
  const json = await post(web, await new Response(deflated).bytes(), {
    ...{ "content-type": `${JSON_TYPE}; charset=utf-8`, "content-encoding": "deflate" },
  });
  assertEquals(json.status, 200);
  assertEquals(web.otlp.taken.length, 2);
});

Deno.test("POST /v1/metrics tells what it did not take, in both encodings", async () => {
  const web = await startWeb();
  web.otlp.outcome = { rejectedPoints: 3, problem: "Cannot take three points" };
  const json = await post(web, JSON.stringify(REQUEST), { "content-type": JSON_TYPE });
  assertEquals([json.status, await json.json()], [200, {
    partialSuccess: { rejectedDataPoints: "3", errorMessage: "Cannot take three points" },
  }]);
  const protobuf = await post(web, binary(), { "content-type": PROTOBUF });
  const { partialSuccess } = fromBinary(
    ExportMetricsServiceResponseSchema,
    await protobuf.bytes(),
  );
  assertEquals(partialSuccess?.rejectedDataPoints, 3n);
  assertEquals(partialSuccess?.errorMessage, "Cannot take three points");
});

Deno.test("POST /v1/metrics refuses what it cannot read, in the encoding of the request", async (t) => {
  const rows: [name: string, send: (web: Web) => Promise<Response>, status: number, why: RegExp][] =
    [
      [
        "a truncated protobuf",
        (web) => post(web, binary().slice(0, -4), { "content-type": PROTOBUF }),
        400,
        /^Cannot read the body as OTLP protobuf: /,
      ],
      [
        "what is no JSON",
        (web) => post(web, "{", { "content-type": JSON_TYPE }),
        400,
        /^Cannot read the body as OTLP JSON: /,
      ],
      [
        "JSON of another shape",
        (web) => post(web, '{"resourceMetrics":5}', { "content-type": JSON_TYPE }),
        400,
        /ExportMetricsServiceRequest$/,
      ],
      [
        "nothing as JSON",
        (web) => post(web, "", { "content-type": JSON_TYPE }),
        400,
        /^Cannot read/,
      ],
      [
        "what is no gzip",
        (web) => post(web, binary(), { "content-type": PROTOBUF, "content-encoding": "gzip" }),
        400,
        /^Cannot unpack the body: it is not gzip/,
      ],
      [
        "gzip that broke off",
        async (web) => {
          const packed = (await gzip(binary())).slice(0, -9);
          return await post(web, packed, {
            ...{ "content-type": PROTOBUF, "content-encoding": "gzip" },
          });
        },
        400,
        /broke off/,
      ],
      [
        "a body over the limit",
        (web) => post(web, new Uint8Array(20_000), { "content-type": PROTOBUF }),
        413,
        /more than 10000 bytes/,
      ],
      [
        "a bomb",
        async (web) => {
          const packed = await gzip(new Uint8Array(5_000_000));
          assert(packed.length < 10_000);
          return await post(web, packed, {
            ...{ "content-type": PROTOBUF, "content-encoding": "gzip" },
          });
        },
        413,
        /more than 10000 bytes/,
      ],
      [
        "another content type",
        (web) => post(web, "x", { "content-type": "text/plain" }),
        415,
        /"text\/plain": send "application\/x-protobuf" or "application\/json"/,
      ],
      [
        "another compression",
        (web) => post(web, binary(), { "content-type": PROTOBUF, "content-encoding": "zstd" }),
        415,
        /"zstd": send gzip, deflate/,
      ],
      [
        "a service that is none",
        (web) => post(web, binary(), { "content-type": PROTOBUF }, "/v1/metrics?service=A B"),
        400,
        /"service" in the address must be 1 to 64/,
      ],
      ["another method", (web) => web.fetch("/v1/metrics"), 405, /allowed are POST/],
    ];
  for (const [name, send, status, why] of rows) {
    await t.step(name, async () => {
      const web = await startWeb();
      const response = await send(web);
      assertEquals(response.status, status);
      assertMatch((await statusOf(response)).message, why);
      assertEquals(web.otlp.taken, []);
      assertEquals(response.headers.get("cache-control"), "no-store");
    });
  }
});

Deno.test("POST /v1/metrics names the code of gRPC beside the status of HTTP", async () => {
  const web = await startWeb();
  const codes: number[] = [];
  for (const type of [PROTOBUF, JSON_TYPE]) {
    codes.push((await statusOf(await post(web, "{", { "content-type": type }))).code);
  }
  assertEquals(codes, [3, 3]);
});

Deno.test("POST /v1/metrics asks for patience when what it gets cannot be written", async () => {
  const web = await startWeb();
  web.gate.isFull = true;
  const full = await post(web, binary(), { "content-type": PROTOBUF });
  assertEquals([full.status, full.headers.get("retry-after")], [429, "1"]);
  assertEquals((await statusOf(full)).code, 8);
  assertEquals(web.otlp.taken, []);
  web.gate.isFull = false;
  web.gate.result = { kind: "unsafe", reason: "the disk is full" };
  const unsafe = await post(web, JSON.stringify(REQUEST), { "content-type": JSON_TYPE });
  assertEquals([unsafe.status, unsafe.headers.get("retry-after")], [503, "5"]);
  assertStringIncludes((await statusOf(unsafe)).message, "the disk is full");
});

Deno.test("POST /v1/metrics tells who sent what it cannot read", async () => {
  const web = await startWeb();
  const sent: [body: BodyInit, type: string][] = [
    ["{", JSON_TYPE],
    ["{}", "text/plain"],
    [new Uint8Array(20_000), PROTOBUF],
  ];
  for (const [body, type] of sent) {
    const headers = { "content-type": type };
    await (await post(web, body, headers, "/v1/metrics?service=checkout")).body?.cancel();
  }
  const { unreadable } = web.otlp;
  assertEquals(unreadable.map(({ failure }) => failure.reason), [
    ...["not otlp", "not otlp", "too large"],
  ]);
  assertEquals(unreadable.map(({ sender }) => sender.service), Array(3).fill("checkout"));
  assertMatch(unreadable[0]?.failure.detail ?? "", /^Cannot read the body as OTLP JSON/);
});

Deno.test("POST /v1/metrics hands on the service that the address names", async () => {
  const web = await startWeb();
  await post(web, binary(), { "content-type": PROTOBUF }, "/v1/metrics?service=checkout");
  assertEquals(web.otlp.taken[0]?.sender.service, "checkout");
});

Deno.test("POST /v1/metrics takes exporters, which send no origin, and refuses pages of others", async () => {
  const web = await startWeb();
  const headers = { "content-type": JSON_TYPE, origin: "https://evil.example" };
  const foreign = await post(web, JSON.stringify(REQUEST), headers);
  assertEquals([foreign.status, (await statusOf(foreign)).code], [403, 7]);
  assertEquals(web.otlp.taken, []);
  web.monitor.configuredOrigins = ["https://shop.example"];
  const own = await post(web, JSON.stringify(REQUEST), {
    ...{ "content-type": JSON_TYPE, origin: "https://shop.example" },
  });
  assertEquals(own.status, 200);
});

Deno.test("POST /v1/metrics reads 64-bit numbers, bytes and unknown fields as the protocol has them", async () => {
  const web = await startWeb();
  const point = { asInt: "9007199254740993", startTimeUnixNano: 5, timeUnixNano: "7000000", n: 1 };
  const exemplars = [{ traceId: "5b8efff798038103d269b633813fc60c", spanId: "eee19b7ec3c1b174" }];
  const metrics = [{
    name: "jobs",
    sum: {
      ...{ aggregationTemporality: 2, isMonotonic: true },
      dataPoints: [{ ...point, exemplars, attributes: [{ key: "n", value: { intValue: "3" } }] }],
    },
  }];
  const body = JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics }], later: {} }] });
  assertEquals((await post(web, body, { "content-type": JSON_TYPE })).status, 200);
  const data = web.otlp.taken[0]?.request.resources[0]?.metrics[0]?.data;
  assert(data?.kind === "sum");
  assertEquals([data.temporality, data.isMonotonic], ["cumulative", true]);
  const [read] = data.points;
  assertEquals([read?.value, read?.at, read?.startedAt], [9007199254740992, 7, 0]);
  assertEquals({ ...read?.attributes }, { n: "3" });
});

Deno.test("POST /v1/metrics answers any bytes with 200 or 400, and takes whole exports only", async () => {
  const web = await startWeb();
  const good = binary();
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.integer({ min: 1, max: good.length - 1 }).map((length) => good.slice(0, length)),
    fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 })).map(([at, byte]) =>
      good.with(at, byte)
    ),
  );
  await fc.assert(
    fc.asyncProperty(bytes, fc.constantFrom(PROTOBUF, JSON_TYPE), async (body, type) => {
      web.otlp.taken.length = 0;
      const response = await post(web, new Uint8Array(body), { "content-type": type });
      await response.body?.cancel();
      assertEquals(web.otlp.taken.length, response.status === 200 ? 1 : 0);
      assert(response.status === 200 || response.status === 400, `${response.status}`);
    }),
    { numRuns: 300 },
  );
  assertEquals(web.log.errors, []);
});

Deno.test("POST /v1/metrics survives nesting without end", async () => {
  const web = await startWeb();
  web.monitor.bodyBytes = 1_000_000;
  const deep = "[".repeat(100_000);
  const value = `{"arrayValue":{"values":[`.repeat(5_000);
  for (const body of [deep, `{"resourceMetrics":${value}`]) {
    const response = await post(web, body, { "content-type": JSON_TYPE });
    assertEquals(response.status, 400);
    await response.body?.cancel();
  }
  const nested = '{"resourceMetrics":[{"resource":{"attributes":[{"key":"a","value":' +
    value + "]}}".repeat(5_000) + "}]}}]}";
  const response = await post(web, nested, { "content-type": JSON_TYPE });
  assertEquals(response.status, 400);
  await response.body?.cancel();
  assertEquals(web.otlp.taken, []);
});
