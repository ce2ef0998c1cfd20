import { assertEquals, assertFalse, assertThrows } from "@std/assert";

import { ConfigError } from "@/lib/config/config_error.ts";
import { parseOperatorToken } from "@/lib/config/operator_token.ts";

Deno.test("parseOperatorToken() returns what a header can carry", () => {
  const rows: readonly [text: string | undefined, token: string | null][] = [
    [undefined, null],
    ["", null],
    [" \n", null],
    ["correct-horse", "correct-horse"],
    ["correct-horse\n", "correct-horse"],
    ["\tcorrect-horse\r\n", "correct-horse"],
    ["a+/~._-=!", "a+/~._-=!"],
  ];
  for (const [text, token] of rows) {
    assertEquals(parseOperatorToken(text)?.reveal() ?? null, token, JSON.stringify(text));
  }
});

Deno.test("parseOperatorToken() refuses what no header can carry, and does not repeat it", () => {
  for (const text of ["correct horse", "correct\nhorse", "pferd-über", "a\u0000b"]) {
    const error = assertThrows(
      () => parseOperatorToken(text),
      ConfigError,
      "Cannot use the environment: VITALS_TOKEN: must be",
    );
    assertFalse(error.message.includes(text));
  }
});
