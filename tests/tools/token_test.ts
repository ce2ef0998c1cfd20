import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";

import { digestOf } from "@/lib/access/token_book.ts";
import { parseConfig } from "@/lib/config/parse_config.ts";
import { formatToken, parseTokenWish } from "@/tools/token.ts";

Deno.test("parseTokenWish() takes a name and scopes, in their order, each once", () => {
  assertEquals(parseTokenWish(["grafana"]), { name: "grafana", scopes: ["read"] });
  assertEquals(parseTokenWish(["agents", "read", "ingest", "read"]), {
    ...{ name: "agents", scopes: ["ingest", "read"] },
  });
});

Deno.test("parseTokenWish() says what is wrong", () => {
  assertThrows(() => parseTokenWish([]), RangeError, "it wants a name");
  assertThrows(() => parseTokenWish(["my token"]), RangeError, "it wants a name");
  const message = 'there is no scope "write"; scopes are ingest, operate, read';
  assertThrows(() => parseTokenWish(["a", "write"]), RangeError, message);
});

Deno.test("formatToken() prints a line that configuration takes, and the token beside it", () => {
  const text = formatToken("a-random-token", parseTokenWish(["robot", "operate"]));
  assertStringIncludes(text, "\n  a-random-token\n");
  const [, entry = ""] = /\n {2}(\{.*\})\n/.exec(text) ?? [];
  const { tokens } = parseConfig(`{ "auth": { "tokens": [${entry}] } }`).auth;
  assertEquals(tokens, [
    { name: "robot", sha256: digestOf("a-random-token"), scopes: ["operate"] },
  ]);
  assertEquals(entry.includes("a-random-token"), false);
});
