import { assertEquals } from "@std/assert";
import fc from "fast-check";

import { BUILT_IN_METRICS } from "@/lib/domain/metric.ts";
import { SERVICE_NAME } from "@/lib/domain/sample.ts";
import { sampleParser } from "@/lib/protocol/sample_body.ts";

Deno.test("sampleParser() takes any sample within the bounds as it is", () => {
  const parse = sampleParser(BUILT_IN_METRICS);
  const values = Object.fromEntries(
    BUILT_IN_METRICS.map(({ id, min, max }) => [id, fc.double({ min, max, noNaN: true })]),
  );
  const sample = fc.record({
    service: fc.stringMatching(/^[a-z0-9._-]{1,64}$/).filter((name) => SERVICE_NAME.test(name)),
    at: fc.nat(),
    metrics: fc.record(values, { requiredKeys: [] }),
  }, { requiredKeys: ["service", "metrics"] });
  fc.assert(fc.property(sample, (value) => {
    const fromJson = JSON.parse(JSON.stringify(value));
    assertEquals(parse(fromJson), { kind: "sample", sample: fromJson });
  }));
});

Deno.test("sampleParser() knows a metric as soon as the table does", () => {
  const queue = { ...BUILT_IN_METRICS[0], id: "queueLength", label: "Queue", name: "queue" };
  const metric = { ...queue, unit: "", min: -5, max: 5, decimals: 0 };
  const parse = sampleParser([metric]);
  assertEquals(parse({ service: "a", metrics: { queueLength: -5 } }).kind, "sample");
  assertEquals(parse({ service: "a", metrics: { queueLength: 6 } }), {
    kind: "invalid",
    issues: [{ path: "metrics.queueLength", message: "must be a number from -5 to 5, got 6" }],
  });
});

Deno.test("sampleParser() shortens what it quotes", () => {
  const parse = sampleParser(BUILT_IN_METRICS);
  const outcome = parse({
    service: "a",
    ["k".repeat(1_000)]: 1,
    metrics: { cpu: "v".repeat(999) },
  });
  const text = JSON.stringify(outcome);
  assertEquals(text.length < 400, true, text);
});
