import { assert, assertEquals, assertMatch } from "@std/assert";
import fc from "fast-check";

import {
  type ExpositionSample,
  formatExposition,
  type MetricFamily,
  toLabelName,
  toMetricName,
  writeExposition,
} from "@/lib/domain/exposition.ts";

const HEAD = { name: "a_seconds", help: "Some.", unit: "seconds" } as const;

function gauge(samples: readonly ExpositionSample[], change: Partial<MetricFamily> = {}) {
  return { ...HEAD, kind: "gauge", samples, ...change } as MetricFamily;
}

Deno.test("formatExposition() writes a gauge in both formats", () => {
  const families = [gauge([{ labels: { a: "1", b: "2" }, value: 0.5 }, { labels: {}, value: 1 }])];
  const lines = 'a_seconds{a="1",b="2"} 0.5\na_seconds 1\n';
  const head = "# HELP a_seconds Some.\n# TYPE a_seconds gauge\n";
  assertEquals(formatExposition(families, "text"), head + lines);
  assertEquals(
    formatExposition(families, "openmetrics"),
    `${head}# UNIT a_seconds seconds\n${lines}# EOF\n`,
  );
});

Deno.test("formatExposition() names the metric of a counter as each format wants it", () => {
  const families: MetricFamily[] = [
    {
      kind: "counter",
      name: "hits",
      help: "Hits.",
      unit: null,
      samples: [{ labels: {}, value: 2 }],
    },
  ];
  assertMatch(formatExposition(families, "text"), /^# TYPE hits_total counter\nhits_total 2$/m);
  assertMatch(formatExposition(families, "openmetrics"), /^# TYPE hits counter\nhits_total 2$/m);
});

Deno.test("formatExposition() writes histograms and summaries with sum and count", () => {
  const sums = { count: 3, sum: 4.5 };
  const buckets = [{ bound: 0.5, count: 1 }, { bound: 1, count: 2 }];
  const histogram: MetricFamily = { ...HEAD, kind: "histogram", buckets, ...sums };
  assertEquals(formatExposition([histogram], "text").split("\n").slice(2), [
    'a_seconds_bucket{le="0.5"} 1',
    'a_seconds_bucket{le="1.0"} 2',
    'a_seconds_bucket{le="+Inf"} 3',
    ...["a_seconds_sum 4.5", "a_seconds_count 3", ""],
  ]);
  const quantiles = [{ part: 0.99, value: 2 }];
  const summary: MetricFamily = { ...HEAD, kind: "summary", quantiles, ...sums };
  assertEquals(formatExposition([summary], "text").split("\n").slice(2), [
    'a_seconds{quantile="0.99"} 2',
    ...["a_seconds_sum 4.5", "a_seconds_count 3", ""],
  ]);
});

Deno.test("formatExposition() escapes help and labels", () => {
  const nasty = 'back\\slash "quoted"\nnext';
  const families = [gauge([{ labels: { a: nasty }, value: 1 }], { help: nasty })];
  assertEquals(formatExposition(families, "text").split("\n"), [
    '# HELP a_seconds back\\\\slash "quoted"\\nnext',
    "# TYPE a_seconds gauge",
    String.raw`a_seconds{a="back\\slash \"quoted\"\nnext"} 1`,
    "",
  ]);
  assertMatch(formatExposition(families, "openmetrics"), /slash \\"quoted\\"\\nnext$/m);
});

Deno.test("formatExposition() writes numbers that Go can read", () => {
  const values = [1e21, 1e-7, Infinity, -Infinity, NaN, -0];
  const text = formatExposition([gauge(values.map((value) => ({ labels: {}, value })))], "text");
  assertEquals(
    text.split("\n").slice(2, -1).map((line) => line.split(" ")[1]),
    ["1e+21", "1e-7", "+Inf", "-Inf", "NaN", "0"],
  );
});

Deno.test("formatExposition() sorts families by name and says the same of the same", () => {
  const families = ["b", "a", "c"].map((name) => gauge([], { name, unit: null }));
  const text = formatExposition(families, "text");
  assertEquals(text.match(/^# HELP \w/gm), ["# HELP a", "# HELP b", "# HELP c"]);
  assertEquals(formatExposition(families.toReversed(), "text"), text);
});

const HELP_LINE = /^# HELP [a-zA-Z_:][a-zA-Z0-9_:]* (?:[^\\\n]|\\[\\n"])*$/;
const TYPE_LINE = /^# TYPE [a-zA-Z_:][a-zA-Z0-9_:]* (?:gauge|counter)$/;
const UNIT_LINE = /^# UNIT \S+ \S+$/;
const SAMPLE_LINE =
  /^[a-zA-Z_:][a-zA-Z0-9_:]*(?:\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\n"])*",?)*\})? (?:NaN|[+-]Inf|-?[\d.]+(?:e[+-]?\d+)?)$/;

Deno.test("formatExposition() keeps the format whatever names, labels and help are", () => {
  const text = fc.string({ unit: "binary", maxLength: 12 });
  const sample = fc.record({
    labels: fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true }),
    value: fc.double(),
  });
  const family = fc.record({
    kind: fc.constantFrom("gauge" as const, "counter" as const),
    name: text,
    help: text,
    unit: fc.constantFrom(null, "seconds"),
    samples: fc.array(sample, { maxLength: 3 }),
  });
  fc.assert(fc.property(fc.array(family, { maxLength: 3 }), (families) => {
    const lines = formatExposition(families, "openmetrics").split("\n");
    assertEquals(lines.slice(-2), ["# EOF", ""]);
    const samples = families.reduce((sum, { samples }) => sum + samples.length, 0);
    const units = lines.filter((line) => UNIT_LINE.test(line)).length;
    assertEquals(lines.length - 2, 2 * families.length + units + samples);
    for (const line of lines.slice(0, -2)) {
      assert([HELP_LINE, TYPE_LINE, UNIT_LINE, SAMPLE_LINE].some((form) => form.test(line)), line);
    }
  }));
});

Deno.test("toMetricName() and toLabelName() return names as they are if they fit", () => {
  assertEquals([toMetricName("a:b_1"), toLabelName("a:b_1")], ["a:b_1", "a_b_1"]);
  assertEquals([toMetricName("1 b"), toLabelName(""), toMetricName("ü")], ["_1_b", "_", "_"]);
});

Deno.test("writeExposition() cuts a long text between families", () => {
  const samples = [{ labels: { long: "x".repeat(70_000) }, value: 1 }];
  const families = ["a", "b", "c"].map((name) => gauge(name === "b" ? samples : [], { name }));
  const pieces = [...writeExposition(families, "openmetrics")];
  assertEquals(pieces.map((piece) => piece.match(/^# HELP \w+|^# EOF/gm)), [
    ["# HELP a", "# HELP b"],
    ["# HELP c", "# EOF"],
  ]);
  assertEquals(pieces.join(""), formatExposition(families, "openmetrics"));
});
