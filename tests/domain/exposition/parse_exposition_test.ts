import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";

import { ExpositionError } from "@/lib/domain/exposition/exposition_error.ts";
import type { ExpositionFormat } from "@/lib/domain/exposition/exposition_reader.ts";
import { parseExposition } from "@/lib/domain/exposition/parse_exposition.ts";
import type { Observation } from "@/lib/domain/observation.ts";

import {
  type Page,
  RIGHT_OPEN,
  RIGHT_TEXT,
  RIGHT_UTF8,
  STRICTER_TEXT,
  WRONG_OPEN,
  WRONG_TEXT,
  type WrongPage,
} from "./corpus.ts";

const RIGHT: readonly [ExpositionFormat, readonly Page[]][] = [
  ["text", [...RIGHT_TEXT, ...RIGHT_UTF8]],
  ["openmetrics", RIGHT_OPEN],
];

const WRONG: readonly [ExpositionFormat, readonly WrongPage[]][] = [
  ["text", [...WRONG_TEXT, ...STRICTER_TEXT]],
  ["openmetrics", WRONG_OPEN],
];

for (const [format, pages] of RIGHT) {
  Deno.test(`parseExposition() takes every right page of ${format}`, async (t) => {
    for (const { name, text } of pages) {
      await t.step(name, () => void parseExposition(text, { format }));
    }
  });
}

for (const [format, pages] of WRONG) {
  Deno.test(`parseExposition() names line and reason of every wrong page of ${format}`, async (t) => {
    for (const { name, text, line, reason } of pages) {
      await t.step(name, () => {
        const error = assertThrows(() => parseExposition(text, { format }), ExpositionError);
        assertEquals(error.line, line);
        assertStringIncludes(error.reason, reason);
        assertEquals(error.message, `Cannot parse exposition in line ${line}: ${error.reason}`);
      });
    }
  });
}

Deno.test("parseExposition() returns names, labels and values", () => {
  const page =
    '# TYPE a counter\na_total{b="\\\\ \\" \\n",c=""} 1e3 1700000000000\n:b +Inf\nc nan\n';
  assertEquals(parseExposition(page, { format: "text" }), [
    { name: "a_total", labels: { b: '\\ " \n', c: "" }, value: 1_000 },
    { name: ":b", labels: {}, value: Infinity },
    { name: "c", labels: {}, value: NaN },
  ]);
  assertEquals(
    parseExposition('{"a.b","c d"="e"} 1 2.5 # {x="y"} 3\n# EOF\n', { format: "openmetrics" }),
    [
      { name: "a.b", labels: { "c d": "e" }, value: 1 },
    ],
  );
});

Deno.test("parseExposition() keeps labels that objects have names for", () => {
  const [found] = parseExposition('a{__proto__="x",constructor="y"} 1\n', { format: "text" });
  assertEquals(Object.entries(found?.labels ?? {}), [["__proto__", "x"], ["constructor", "y"]]);
});

Deno.test("parseExposition() refuses pages beyond its bounds", () => {
  const limits = { maxSeries: 2, maxLine: 10 };
  const read = (text: string) => () => parseExposition(text, { format: "text", limits });
  assertEquals(read("a 1\nb 1\n")().length, 2);
  assertThrows(
    read("a 1\nb 1\nc 1\n"),
    ExpositionError,
    "line 3: a page must have at most 2 values",
  );
  assertThrows(read(`a ${"1".repeat(9)}\n`), ExpositionError, "at most 10 characters, got 11");
  const labels = Array.from({ length: 129 }, (_, index) => `l${index}=""`).join(",");
  assertThrows(
    () => parseExposition(`a{${labels}} 1\n`, { format: "text" }),
    ExpositionError,
    "at most 128 labels",
  );
});

const FORMAT = fc.constantFrom<ExpositionFormat>("text", "openmetrics");

/** Text that is nearly a page. */
const NEARLY = fc.array(
  fc.oneof(
    fc.constantFrom(
      "a",
      "up{",
      "}",
      '"',
      "\\",
      "\\n",
      "=",
      ",",
      " ",
      "\t",
      "\n",
      "1",
      "NaN",
      "-1.5e3",
    ),
    fc.constantFrom(
      "# TYPE ",
      "# HELP ",
      "# EOF",
      "#",
      "counter",
      'le="0.5"',
      "\r",
      "é",
      "\0",
      "{}",
    ),
    fc.string({ maxLength: 3 }),
  ),
  { maxLength: 60 },
).map((pieces) => pieces.join(""));

Deno.test("parseExposition() takes any text or refuses it with its line", () => {
  fc.assert(
    fc.property(fc.oneof(NEARLY, fc.string({ unit: "binary" })), FORMAT, (text, format) => {
      try {
        parseExposition(text, { format });
      } catch (error) {
        assert(error instanceof ExpositionError, String(error));
        assert(error.line >= 1 && error.line <= text.split("\n").length + 1);
      }
    }),
    { numRuns: 3_000 },
  );
});

const observation: fc.Arbitrary<Observation> = fc.record({
  name: fc.oneof(fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,8}$/), fc.string({ minLength: 1 })),
  labels: fc.dictionary(
    fc.string({ minLength: 1, maxLength: 5 }).filter((label) => label !== "__name__"),
    fc.string({ unit: "binary" }),
    { maxKeys: 3, noNullPrototype: true },
  ),
  value: fc.double(),
});

Deno.test("parseExposition() reads what an exporter would write of anything as the same again", () => {
  const series = fc.uniqueArray(observation, {
    selector: ({ name, labels }) => JSON.stringify([name, Object.entries(labels).sort()]),
  });
  fc.assert(
    fc.property(series, FORMAT, (observations, format) => {
      const lines = observations.map(write);
      const page = [...lines, ...format === "openmetrics" ? ["# EOF\n"] : []].join("");
      assertEquals(parseExposition(page, { format }), observations);
    }),
    { numRuns: 500 },
  );
});

/** Names of pages cut anywhere: never read as a whole one. */
Deno.test("parseExposition() never takes a page that was broken off within a line", () => {
  const page = 'a{b="c"} 1.25\nb 17\n# TYPE c gauge\nc{d="e",f="g"} 1e3 1700000000000\n';
  for (let length = 1; length < page.length; length++) {
    const text = page.slice(0, length);
    if (text.endsWith("\n")) continue;
    assertThrows(() => parseExposition(text, { format: "text" }), ExpositionError, "broken off");
  }
});

function write({ name, labels, value }: Observation): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${quoted(label)}=${quoted(text)}`);
  return `{${[quoted(name), ...pairs].join(",")}} ${Object.is(value, -0) ? "-0" : value}\n`;
}

function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
