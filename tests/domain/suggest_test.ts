import { assertEquals } from "@std/assert";

import { suggest } from "@/lib/domain/suggest.ts";

const METRICS = ["cpu", "memory", "latency", "errorRate"];

Deno.test("suggest() names what is near, else what there is", async (t) => {
  const rows: [string, string, readonly string[], string][] = [
    ["a letter is missing", "latncy", METRICS, '; did you mean "latency"?'],
    ["only the case differs", "ERRORRATE", METRICS, '; did you mean "errorRate"?'],
    ["one of three letters is wrong", "cpo", METRICS, '; did you mean "cpu"?'],
    ["two of three letters are wrong", "cab", ["cpu"], '; known is "cpu"'],
    ["one letter is all there is", "b", ["a"], '; known is "a"'],
    ["nothing is near", "disk", ["cpu", "memory"], '; known are "cpu" and "memory"'],
    ["nothing is known", "disk", [], ""],
    ["too much is known to list it", "zzzz", Array.from({ length: 17 }, (_, i) => `a${i}`), ""],
    ["too much is known to search it", "a1", Array.from({ length: 301 }, (_, i) => `a${i}`), ""],
  ];
  for (const [name, found, known, text] of rows) {
    await t.step(name, () => assertEquals(suggest(found, known), text));
  }
});
