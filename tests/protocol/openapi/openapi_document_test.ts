import { assert, assertEquals, assertThrows } from "@std/assert";
import { Validator } from "@seriousme/openapi-schema-validator";

import { BUILT_IN_METRICS, type Metric } from "@/lib/domain/metric.ts";
import { needOf } from "@/lib/protocol/access_table.ts";
import { parseAlertQuery } from "@/lib/protocol/alert_query.ts";
import { parseHistoryQuery } from "@/lib/protocol/history_query.ts";
import { foreignSchema, GROUPS, type Operation } from "@/lib/protocol/openapi/operation.ts";
import {
  createDocument,
  type MediaObject,
  type OpenApiDocument,
} from "@/lib/protocol/openapi/openapi_document.ts";
import { OPERATIONS } from "@/lib/protocol/openapi/operations.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";
import { schemaCheck, served } from "@/tests/support/schema_check.ts";

function create(metrics: readonly Metric[] = BUILT_IN_METRICS): OpenApiDocument {
  return createDocument({ version: "1.2.3", metrics });
}

const OPEN = { isClosed: false };

Deno.test("createDocument() returns what the official schema of OpenAPI 3.1 takes", async () => {
  const validator = new Validator();
  const result = await validator.validate(Object(served(create())));
  assertEquals([result.valid, result.errors], [true, undefined]);
  assertEquals(validator.version, "3.1");
});

Deno.test("createDocument() shows examples that are valid by its own schemas", async (t) => {
  const document = served(create());
  const check = schemaCheck(document, OPEN);
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      await t.step(`${method} ${path}`, () => {
        const bodies: [string, Readonly<Record<string, MediaObject>> | undefined][] = [
          ["request", operation.requestBody?.content],
          ...Object.entries(operation.responses).map(
            ([status, { content }]): [string, typeof content] => [status, content],
          ),
        ];
        for (const [name, content = {}] of bodies) {
          for (const [type, { schema, example }] of Object.entries(content)) {
            assertEquals(check(schema, example), "", `${name} ${type}`);
          }
        }
        for (const { name, schema, example } of operation.parameters ?? []) {
          const { examples = [] } = { examples: [], ...schema };
          for (const one of [example ?? [], examples].flat()) {
            assertEquals(check(schema, one), "", `parameter ${name}`);
          }
        }
      });
    }
  }
});

Deno.test("createDocument() refers to nothing that is not there, and names nothing in vain", () => {
  const document = served(create());
  const used = new Set<string>();
  JSON.stringify(document, (key, value) => {
    if (key === "$ref") used.add(String(value).replace("#/components/schemas/", ""));
    return value;
  });
  assertEquals([...used].sort(), Object.keys(document.components.schemas).sort());
});

Deno.test("createDocument() describes each parameter and each field of a named schema", () => {
  const document = served(create());
  const silent = Object.entries(document.components.schemas)
    .filter(([, schema]) => typeof schema.description !== "string")
    .map(([name]) => name);
  assertEquals(silent, []);
  for (const methods of Object.values(document.paths)) {
    for (const { operationId, parameters = [] } of Object.values(methods)) {
      for (const { name, description } of parameters) assert(description, `${operationId} ${name}`);
    }
  }
});

Deno.test("createDocument() knows the metrics that configuration adds", () => {
  const queue = { ...{ id: "queue", label: "Queue", name: "queue", unit: "" }, min: 0, max: 9 };
  const document = served(create([...BUILT_IN_METRICS, { ...queue, decimals: 0 }]));
  const check = schemaCheck(document, OPEN);
  const sample = { $ref: "#/components/schemas/Sample" };
  assertEquals(check(sample, { service: "a", metrics: { queue: 9 } }), "");
  assert(check(sample, { service: "a", metrics: { queue: 10 } }).includes("<= 9"));
  assert(check(sample, { service: "a", metrics: { none: 1 } }).includes("additional properties"));
});

Deno.test("createDocument() lets clients get more fields in answers, and send none that are unknown", () => {
  const check = schemaCheck(served(create()), OPEN);
  const health = {
    ...{ status: "pass", version: "1", uptimeMs: 1, checks: {}, more: true },
    services: { healthy: 0, degraded: 0, down: 0, unknown: 0 },
  };
  assertEquals(check({ $ref: "#/components/schemas/Health" }, health), "");
  const draft = { by: "Anna", nope: 1 };
  assert(check({ $ref: "#/components/schemas/AcknowledgementDraft" }, draft) !== "");
});

Deno.test("createDocument() says of a number in a query what its parser does", () => {
  const document = served(create());
  const rows: [path: string, name: string, parse: (value: string) => unknown][] = [
    ["/api/alerts", "limit", (value) => parseAlertQuery(new URLSearchParams({ limit: value }))],
    [
      "/api/services/{name}/history",
      "points",
      (value) => parseHistoryQuery(new URLSearchParams({ points: value }), 1_700_000_000_000),
    ],
  ];
  for (const [path, name, parse] of rows) {
    const parameter = document.paths[path]?.get?.parameters?.find((each) => each.name === name);
    const check = schemaCheck(document, OPEN);
    const { maximum } = { maximum: NaN, ...parameter?.schema };
    for (const value of [-1, 0, 1, 2, maximum - 1, maximum, maximum + 1, 1.5]) {
      if (check(parameter?.schema, value) === "") parse(`${value}`);
      else assertThrows(() => parse(`${value}`), ProblemError);
    }
  }
});

Deno.test("OPERATIONS are unique, in known groups, and have the parts that their paths name", () => {
  const ids = OPERATIONS.map(({ id }) => id);
  assertEquals(ids.length, new Set(ids).size);
  for (const { id, path, params = {}, group } of OPERATIONS) {
    assertEquals([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name), Object.keys(params), id);
    assert(group in GROUPS);
  }
});

Deno.test("OPERATIONS ask of each client what the guard of access asks of it", () => {
  for (const { id, method, path, scope } of OPERATIONS) {
    assertEquals(needOf(method.toUpperCase(), path), scope, id);
  }
});

Deno.test("createDocument() describes what a new route says of itself, its format being another's", () => {
  const operation: Operation = {
    id: "getMetrics",
    method: "get",
    path: "/metrics",
    group: "Monitor",
    summary: "Exposes everything",
    scope: "public",
    errors: "page",
    answers: [{
      status: 200,
      description: "Exposition.",
      content: [{
        type: "text/plain; version=0.0.4",
        schema: foreignSchema("An exposition.", { url: "https://prometheus.io", type: "string" }),
        example: "up 1\n",
      }],
    }],
  };
  const { paths } = createDocument({ version: "1", metrics: [], operations: [operation] });
  assertEquals(Object.keys(paths), ["/metrics"]);
  const { responses = {}, security } = { ...paths["/metrics"]?.get };
  assertEquals([Object.keys(responses), security], [["200", "403", "500"], [{}]]);
  assertEquals(Object.keys(responses["500"]?.content ?? {}), ["text/html; charset=utf-8"]);
  const error = { type: "application/json", schema: { type: "string" }, example: "no" };
  const foreign = createDocument({
    ...{ version: "1", metrics: [], operations: [{ ...operation, errors: [error] }] },
  });
  const { type: _, ...body } = error;
  assertEquals(foreign.paths["/metrics"]?.get?.responses["403"]?.content, {
    "application/json": body,
  });
});

Deno.test("createDocument() joins what a route says of a status with what is said of all", () => {
  const [first] = OPERATIONS;
  assert(first);
  const problem = { type: "application/problem+json", schema: {}, example: {} };
  const answers = [{
    ...{ status: 429, description: "It is full.", content: [problem] },
    headers: { "x-bound": { description: "A bound.", pattern: "^", required: true } },
  }];
  const operation = { ...first, answers };
  const { paths } = createDocument({ version: "1", metrics: [], operations: [operation] });
  const { responses = {} } = { ...paths[first.path]?.post };
  const { description, headers = {}, content } = { ...responses["429"] };
  assertEquals(description, "It is full. Or: too many tokens from this address were wrong.");
  const required = Object.entries(headers).map(([name, header]) => [name, header.required]);
  assertEquals(Object.fromEntries(required), { "retry-after": false, "x-bound": false });
  assertEquals(Object.keys(content ?? {}), [problem.type]);
});
