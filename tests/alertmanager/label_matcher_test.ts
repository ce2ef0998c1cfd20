import { assert, assertEquals, assertFalse, assertThrows } from "@std/assert";
import fc from "fast-check";

import {
  compileMatcher,
  type LabelMatcher,
  matchesLabels,
  parseLabelMatcher,
} from "@/lib/alertmanager/label_matcher.ts";

function accepts(text: string, labels: Record<string, string | string[]>): boolean {
  return matchesLabels([compileMatcher(parseLabelMatcher(text))], labels);
}

Deno.test("parseLabelMatcher() reads all operators, with and without quotes", () => {
  const rows: [text: string, matcher: LabelMatcher][] = [
    ["a=b", { name: "a", value: "b", isRegex: false, isEqual: true }],
    [' a != "b c" ', { name: "a", value: "b c", isRegex: false, isEqual: false }],
    ['a=~"b.*"', { name: "a", value: "b.*", isRegex: true, isEqual: true }],
    ["a!~b|c", { name: "a", value: "b|c", isRegex: true, isEqual: false }],
    [String.raw`a="x\"\\\n"`, { name: "a", value: 'x"\\\n', isRegex: false, isEqual: true }],
    ['a=""', { name: "a", value: "", isRegex: false, isEqual: true }],
  ];
  for (const [text, matcher] of rows) assertEquals(parseLabelMatcher(text), matcher, text);
});

Deno.test("parseLabelMatcher() reads what it wrote as JSON strings", () => {
  const value = fc.string({ maxLength: 30 }).filter((text) => !/[\p{C}]/u.test(text));
  fc.assert(fc.property(value, (text) => {
    assertEquals(parseLabelMatcher(`a=${JSON.stringify(text)}`).value, text);
  }));
});

Deno.test("parseLabelMatcher() refuses what is no matcher", () => {
  for (const text of ["", "a", "=b", '1a="b"', 'a="b', 'a=b"', `a="${"x".repeat(2_000)}"`]) {
    assertThrows(() => parseLabelMatcher(text), SyntaxError, "Cannot read the matcher", text);
  }
});

Deno.test("compileMatcher() refuses a regular expression that is none", () => {
  const broken = parseLabelMatcher('a=~"("');
  assertThrows(() => compileMatcher(broken), SyntaxError, 'regular expression "("');
});

Deno.test("compileMatcher() is not held up by a nasty expression", () => {
  assertFalse(accepts('a=~"(a+)+b"', { a: "a".repeat(500) }));
});

Deno.test("matchesLabels() looks at whole values, and at absent labels as empty ones", () => {
  assert(accepts('a=~"b.*"', { a: "bc" }));
  assertFalse(accepts('a=~"b"', { a: "bc" }));
  assert(accepts('a!="b"', {}));
  assert(accepts('a=""', {}));
  assertFalse(accepts('a="b"', {}));
  assertFalse(accepts("constructor=~.+", {}));
});

Deno.test("matchesLabels() takes one of several values, and none of them for a negative matcher", () => {
  const labels = { tag: ["shop", "eu"] };
  assert(accepts("tag=eu", labels));
  assertFalse(accepts("tag!=eu", labels));
  assert(accepts("tag!=us", labels));
});
