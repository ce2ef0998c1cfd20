import { assertEquals } from "@std/assert";
import fc from "fast-check";

import { BUILT_IN_METRICS } from "@/lib/domain/metric.ts";
import { namedInputs } from "@/lib/protocol/openapi/named_schemas.ts";
import { createDocument } from "@/lib/protocol/openapi/openapi_document.ts";
import { parseClientMessage } from "@/lib/protocol/parse_client_message.ts";
import { schemaCheck, served } from "@/tests/support/schema_check.ts";

const CHECK = schemaCheck(
  served(createDocument({ version: "1", metrics: BUILT_IN_METRICS })),
  { isClosed: false },
);

const INPUTS = namedInputs(BUILT_IN_METRICS);

/** What may stand in any field: right things, near misses, and anything at all. */
const ANYTHING = fc.oneof(
  fc.constantFrom("checkout", "..", "A", "", "2h", "30s", "cpu-spike", "warning", "HIGH_*"),
  fc.constantFrom("2026-11-24T22:00:00Z", "2026-11-24", "2026-02-30T00:00:00Z"),
  fc.constantFrom(0, 1, -1, 0.5, 100, 101, 1_700_000_000_000, 2 ** 53, -(2 ** 53), 1e300),
  fc.constantFrom(null, true),
  fc.jsonValue({ maxDepth: 2 }),
);

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Sample: ["service", "at", "metrics", "nope"],
  AcknowledgementDraft: ["by", "note", "nope"],
  SilenceDraft: ["match", "startsAt", "endsAt", "duration", "author", "reason"],
  FaultDraft: ["service", "kind", "intensity", "duration", "durationMs"],
  ClientMessage: ["type", "id", "seq"],
};

const INNER = fc.record(
  { cpu: ANYTHING, latency: ANYTHING, service: ANYTHING, tag: ANYTHING, nope: ANYTHING },
  { requiredKeys: [] },
);

function bodyOf(name: string): fc.Arbitrary<unknown> {
  const fields = FIELDS[name] ?? [];
  const values = fields.map((field) => [field, fc.oneof(ANYTHING, INNER)] as const);
  return fc.oneof(fc.record(Object.fromEntries(values), { requiredKeys: [] }), ANYTHING);
}

/** Bodies of which most are right, so that it is seen what is said of right ones. */
const RIGHT: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  Sample: fc.record({
    service: fc.constantFrom("checkout", "a", "a.b-c_1"),
    metrics: fc.record({ cpu: fc.double({ min: 0, max: 100, noNaN: true }) }, { requiredKeys: [] }),
  }),
  SilenceDraft: fc.record({
    match: fc.record({ service: fc.constantFrom("a", "*", null) }, { requiredKeys: [] }),
    startsAt: fc.constantFrom(null, 5, "2026-11-24T22:00:00+01:00"),
    duration: fc.constantFrom("2h", "1.5d"),
  }, { requiredKeys: ["match", "duration"] }),
  AcknowledgementDraft: fc.record({ by: fc.string(), note: fc.string() }, { requiredKeys: [] }),
  ClientMessage: fc.record({
    type: fc.constantFrom("ping", "resume"),
    id: fc.integer(),
    seq: fc.integer(),
    nope: fc.string(),
  }),
  FaultDraft: fc.record({
    service: fc.constant("a"),
    kind: fc.constantFrom("crash", "outage"),
    durationMs: fc.integer({ min: 0, max: 99_999_999 }),
  }, { requiredKeys: ["service", "kind"] }),
};

Deno.test("namedInputs() are described so that nothing that is taken is said to be wrong", async (t) => {
  for (const [name, schema] of Object.entries(INPUTS)) {
    await t.step(name, () => {
      const seen = { taken: 0 };
      fc.assert(
        fc.property(fc.oneof(RIGHT[name] ?? bodyOf(name), bodyOf(name)), (value) => {
          if (!schema.safeParse(value).success) return;
          seen.taken++;
          assertEquals(CHECK({ $ref: `#/components/schemas/${name}` }, value), "");
        }),
        { numRuns: 500, seed: 1 },
      );
      assertEquals(seen.taken > 0, true);
    });
  }
});

Deno.test("namedInputs() take what the parser of messages of clients takes", () => {
  const arbitrary = fc.oneof(bodyOf("ClientMessage"), RIGHT.ClientMessage ?? fc.nat());
  fc.assert(
    fc.property(arbitrary, (value) => {
      const isValid = CHECK({ $ref: "#/components/schemas/ClientMessage" }, value) === "";
      assertEquals(isValid, isClientMessage(value));
    }),
    { numRuns: 1_000 },
  );
});

function isClientMessage(value: unknown): boolean {
  try {
    parseClientMessage(JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

Deno.test("namedInputs() are described so that a sample that is refused is said to be wrong", () => {
  const schema = INPUTS.Sample;
  fc.assert(
    fc.property(fc.oneof(bodyOf("Sample"), RIGHT.Sample ?? fc.nat()), (value) => {
      const isTaken = schema?.safeParse(value).success === true;
      assertEquals(CHECK({ $ref: "#/components/schemas/Sample" }, value) === "", isTaken);
    }),
    { numRuns: 1_000 },
  );
});
