import { assertEquals } from "@std/assert";

import { ConfigError, formatConfigError } from "@/lib/config/config_error.ts";

const ISSUE = { path: "rules[2].metric", message: "is bad", position: { line: 7, column: 3 } };

Deno.test("ConfigError names the file, the first issue and how many more there are", () => {
  const error = new ConfigError([ISSUE, ISSUE, ISSUE], { file: "a.jsonc" });
  assertEquals(error.message, "Cannot use a.jsonc: rules[2].metric (line 7): is bad (and 2 more)");
  assertEquals(error.name, "ConfigError");
});

Deno.test("formatConfigError() gives a line for each issue", () => {
  const whole = { path: "", message: "expected a comma", position: { line: 2, column: 9 } };
  const unplaced = { path: "", message: "there is no such file", position: null };
  const error = new ConfigError([ISSUE, whole, unplaced]);
  assertEquals(
    formatConfigError(error),
    [
      "Cannot use configuration: 3 problems",
      "  rules[2].metric (line 7): is bad",
      "  line 2, column 9: expected a comma",
      "  there is no such file",
    ].join("\n"),
  );
});

Deno.test("formatConfigError() prints twenty issues and counts the others", () => {
  const lines = formatConfigError(new ConfigError(Array(25).fill(ISSUE))).split("\n");
  assertEquals(lines.length, 22);
  assertEquals(lines.at(-1), "  … and 5 more");
});
