import { assertEquals } from "@std/assert";
import fc from "fast-check";

import { globOfRegex, regexOfGlob } from "@/lib/alertmanager/glob_regex.ts";
import { compileMatcher } from "@/lib/alertmanager/label_matcher.ts";
import { matchesGlob } from "@/lib/domain/glob.ts";

const NAME = fc.string({
  unit: fc.constantFrom("a", "b", ".", "-", "_"),
  minLength: 1,
  maxLength: 6,
});

function fits(regex: string, name: string): boolean {
  const matcher = { name: "service", value: regex, isRegex: true, isEqual: true };
  return compileMatcher(matcher).accepts(name);
}

Deno.test("globOfRegex() returns a pattern that means the same, or none", () => {
  const unit = fc.constantFrom(
    "a",
    "b",
    ".",
    ".*",
    "*",
    "+",
    "?",
    "\\.",
    "\\-",
    "|",
    "(",
    ")",
    "^",
    "$",
    "[",
    "{2}",
    "\\",
    "_",
    ".+",
  );
  const regex = fc.string({ unit, maxLength: 6 });
  fc.assert(
    fc.property(regex, fc.array(NAME, { minLength: 5, maxLength: 20 }), (text, names) => {
      const glob = globOfRegex(text);
      if (glob === null) return;
      for (const name of names) {
        assertEquals(matchesGlob(glob, name), fits(text, name), `${text} as ${glob}: ${name}`);
      }
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("globOfRegex() undoes regexOfGlob(), which means the same", () => {
  const unit = fc.constantFrom("a", "b", ".", "-", "_", "*");
  fc.assert(fc.property(fc.string({ unit, minLength: 1, maxLength: 8 }), NAME, (glob, name) => {
    const regex = regexOfGlob(glob);
    assertEquals(globOfRegex(regex), glob);
    assertEquals(fits(regex, name), matchesGlob(glob, name));
  }));
});

Deno.test("globOfRegex() knows no pattern for what is more than a pattern", () => {
  for (const regex of ["a|b", "a.b", "a+", "(a)", "[ab]", "a.+", ".*?", "a\\", "", "^$", "a\\*b"]) {
    assertEquals(globOfRegex(regex), null, regex);
  }
});
