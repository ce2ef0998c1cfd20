import { assertEquals, assertStringIncludes } from "@std/assert";

import { digestOf } from "@/lib/access/token_book.ts";
import { DEFAULT_AUDIT_LIMITS } from "@/lib/access/audit_log.ts";
import { DEFAULT_TRY_LIMITS } from "@/lib/access/try_limiter.ts";
import { parseConfig } from "@/lib/config/parse_config.ts";
import { formatToken, parseTokenWish } from "@/tools/token.ts";

async function readDoc(): Promise<string> {
  return await Deno.readTextFile(new URL("../../docs/access.md", import.meta.url));
}

Deno.test("access.md shows what deno task token prints", async () => {
  const [, text = ""] = /```text\n([^]*?)```/.exec(await readDoc()) ?? [];
  const [, token = ""] = /\n {2}([A-Za-z0-9_-]{43})\n/.exec(text) ?? [];
  assertEquals(`${text}\n`.trim(), formatToken(token, parseTokenWish(["grafana", "read"])).trim());
  assertStringIncludes(text, digestOf(token));
});

Deno.test("access.md shows a configuration that parseConfig() takes", async () => {
  const [, text = ""] = /```json\n([^]*?)```/.exec(await readDoc()) ?? [];
  const { auth, origins } = parseConfig(text);
  assertEquals([auth.trustProxy, origins], [["127.0.0.1", "::1"], ["https://vitals.example.com"]]);
});

Deno.test("access.md names the limits that hold", async () => {
  const doc = (await readDoc()).replaceAll("\n", " ");
  assertEquals([DEFAULT_TRY_LIMITS.burst, DEFAULT_TRY_LIMITS.refillMs], [10, 30_000]);
  assertStringIncludes(doc, "ten in a row are looked at, then one every 30 seconds");
  assertEquals(DEFAULT_AUDIT_LIMITS, { act: 1_000, session: 200, refused: 200 });
  assertStringIncludes(
    doc,
    "The latest 1,000 acts, 200 sign-ins and sign-outs and 200 refusals are kept",
  );
});
