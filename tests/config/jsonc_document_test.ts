import { assertEquals, assertThrows } from "@std/assert";

import { ConfigError } from "@/lib/config/config_error.ts";
import { decodeConfig, MAX_CONFIG_BYTES, parseJsonc } from "@/lib/config/jsonc_document.ts";

Deno.test("parseJsonc() takes comments, trailing commas and a byte order mark", () => {
  const { value } = parseJsonc('\uFEFF// one\n{ /* two */ "a": [1, 2,], }');
  assertEquals(JSON.stringify(value), '{"a":[1,2]}');
});

Deno.test("parseJsonc() gives objects without a prototype", () => {
  const { value } = parseJsonc("{}");
  assertEquals(Object.getPrototypeOf(value), null);
});

Deno.test("parseJsonc() names the first mistake with line and column", async (t) => {
  const rows: [string, string, string][] = [
    ["nothing", "", "the file says nothing; write at least {}"],
    ["only comments", " // x\n/* y */\n", "the file says nothing; write at least {}"],
    ["an open brace", '{\n  "a": 1\n', 'line 3, column 1: expected "}"'],
    ["an open bracket", "[1", 'line 1, column 3: expected "]"'],
    ["a missing comma", '{\n  "a": 1\n  "b": 2\n}', "line 3, column 3: expected a comma"],
    ["a missing colon", '{"a" 1}', "line 1, column 6: expected a colon"],
    ["a missing value", '{"a": }', "line 1, column 7: expected a value"],
    ["a bare key", "{a: 1}", "line 1, column 2: unknown word; text goes in double quotes"],
    ["single quotes", "{'a': 1}", "line 1, column 2: unknown word; text goes in double quotes"],
    ["a number as key", "{1: 1}", "line 1, column 2: expected a key in double quotes"],
    ["two values", "{}\n{}", "line 2, column 1: expected nothing more"],
    [
      "an open text",
      '{"a": "b\n}',
      "line 1, column 7: the text in quotes does not end on its line",
    ],
    ["an open comment", "{} /* x", "line 1, column 4: the comment does not end"],
    ["half a number", '{"a": 1e}', "line 1, column 7: the number does not end"],
    ["a tab in quotes", '{"a": "\t"}', "line 1, column 7: a control character in quotes"],
    ["a bad escape", '{"a": "\\x"}', "line 1, column 7: not an escape"],
    ["a bad code", '{"a": "\\u12"}', "line 1, column 7: expected four hexadecimal digits"],
    ["the same key twice", '{\n"a": 1,\n"a": 2}', 'line 3, column 1: the key "a" is given twice'],
    [
      "__proto__",
      '{"a": {"__proto__": 1}}',
      'line 1, column 8: the key "__proto__" is not allowed',
    ],
    [
      "33 levels",
      "[".repeat(33) + "]".repeat(33),
      "line 1, column 33: nested deeper than 32 levels",
    ],
    ["100,000 levels", "[".repeat(100_000), "line 1, column 33: nested deeper than 32 levels"],
  ];
  for (const [name, text, message] of rows) {
    await t.step(name, () => {
      assertThrows(() => parseJsonc(text), ConfigError, `Cannot use configuration: ${message}`);
    });
  }
});

Deno.test("parseJsonc() takes 32 levels, and brackets in texts and comments beyond", () => {
  const inner = `/* ${"[".repeat(50)} */ "${"[".repeat(50)}"`;
  const { value } = parseJsonc("[".repeat(32) + inner + "]".repeat(32));
  assertEquals(JSON.stringify(value).length, 64 + 52);
});

Deno.test("parseJsonc() refuses more than a mebibyte, counted as UTF-8", () => {
  const fits = `"${"é".repeat(MAX_CONFIG_BYTES / 2 - 1)}"`;
  assertEquals(String(parseJsonc(fits).value).length, MAX_CONFIG_BYTES / 2 - 1);
  assertThrows(() => parseJsonc(`${fits} `), ConfigError, "larger than 1048576 bytes");
});

Deno.test("parseJsonc() locates a value, its key, or the nearest thing around it", async (t) => {
  const { locate } = parseJsonc('{\n  "a": [\n    { "b": 1 }\n  ]\n}');
  const rows: [(string | number)[], number, number][] = [
    [[], 1, 1],
    [["a"], 2, 3],
    [["a", 0], 3, 5],
    [["a", 0, "b"], 3, 7],
    [["a", 0, "c"], 3, 5],
    [["a", 7], 2, 3],
    [["x", "y"], 1, 1],
  ];
  for (const [path, line, column] of rows) {
    await t.step(JSON.stringify(path), () => assertEquals(locate(path), { line, column }));
  }
});

Deno.test("decodeConfig() refuses what is not UTF-8 and what is too large", () => {
  assertEquals(decodeConfig(new TextEncoder().encode("é")), "é");
  assertThrows(() => decodeConfig(new Uint8Array([0xff, 0xfe, 0x7b, 0])), ConfigError, "not UTF-8");
  const tooLarge = new Uint8Array(MAX_CONFIG_BYTES + 1);
  assertThrows(() => decodeConfig(tooLarge), ConfigError, "larger than 1048576 bytes");
});
