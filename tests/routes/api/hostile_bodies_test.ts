import { assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";

import { startWeb, type Web } from "@/tests/routes/web.ts";

/** A value that throws where something takes its `length` for a number or a text. */
const WITH_LENGTH = { length: { toString: 1, valueOf: 1 } };

/** What takes a body, and a body that is good, as far as one of another kind lets it be. */
const BODIES: readonly (readonly [path: string, body: Readonly<Record<string, unknown>>])[] = [
  ["/api/samples", { service: "checkout", at: 1, metrics: { cpu: 1 }, status: "ok" }],
  ["/api/alerts/x/ack", { by: "ann", note: "" }],
  ["/api/silences", {
    ...{ match: { service: "a", rule: "B", tag: "c", severity: "warning" }, startsAt: 1 },
    ...{ endsAt: 2, duration: "1h", author: "ann", reason: "" },
  }],
  ["/api/faults", { service: "checkout", kind: "cpu", intensity: 1, durationMs: 5_000 }],
  ["/api/scenarios/current", { name: "blackout" }],
  ["/api/v2/silences", {
    ...{ id: "", matchers: [{ name: "service", value: "a", isRegex: false, isEqual: true }] },
    ...{ startsAt: "2026-11-24T22:00:00Z", endsAt: "2026-11-24T23:00:00Z" },
    ...{ createdBy: "ann", comment: "" },
  }],
  ["/v1/metrics", { resourceMetrics: [{ resource: { attributes: [] }, scopeMetrics: [] }] }],
];

Deno.test("web app: a field that is something with a length is the fault of the sender", async () => {
  const web = await startWeb();
  for (const [path, body] of BODIES) {
    for (const field of fieldsOf(body)) {
      const status = await send(web, path, replace(body, field, WITH_LENGTH));
      assertEquals([path, field, status < 500], [path, field, true]);
    }
  }
  assertEquals(web.log.errors, []);
});

Deno.test("web app: no JSON in any field of any body is a fault of the server", async () => {
  const web = await startWeb();
  const cases = BODIES.flatMap(([path, body]) =>
    fieldsOf(body).map((field) => ({ path, body, field }))
  );
  const hostile = fc.oneof(
    fc.jsonValue(),
    fc.jsonValue().map((length) => ({ length })),
    fc.dictionary(
      fc.constantFrom("length", "toString", "valueOf", "toJSON", "__proto__"),
      fc.jsonValue(),
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...cases), hostile, async ({ path, body, field }, value) => {
      assertLess(await send(web, path, replace(body, field, value)), 500);
    }),
    { numRuns: 500 },
  );
  assertEquals(web.log.errors, []);
});

type Field = readonly (string | number)[];

/** Returns the way to each value inside of another one, and the empty one to itself. */
function fieldsOf(value: unknown): readonly Field[] {
  if (typeof value !== "object" || value === null) return [[]];
  const inner = Object.entries(value).flatMap(([key, each]) =>
    fieldsOf(each).map((field) => [Array.isArray(value) ? Number(key) : key, ...field])
  );
  return [[], ...inner];
}

function replace(value: unknown, [key, ...rest]: Field, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((each, index) => index === key ? replace(each, rest, by) : each);
  }
  const entries = Object.entries(value ?? {});
  return Object.fromEntries(
    entries.map(([name, each]) => [name, name === key ? replace(each, rest, by) : each]),
  );
}

async function send(web: Web, path: string, body: unknown): Promise<number> {
  const response = await web.fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  await response.body?.cancel();
  return response.status;
}
