import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { loginPath, parseReturnPath } from "@/lib/protocol/return_path.ts";

Deno.test("parseReturnPath() goes to pages of this site alone", async (t) => {
  const rows: readonly [to: string | null, path: string][] = [
    [null, "/"],
    ["", "/"],
    ["/", "/"],
    ["/alerts?view=history#x", "/alerts?view=history#x"],
    ["/services/a%2Fb", "/services/a%2Fb"],
    ["https://evil.example/", "/"],
    ["//evil.example/", "/"],
    ["/\\evil.example", "/"],
    ["\\/evil.example", "/"],
    ["/.//evil.example", "/"],
    ["/x/..//evil.example", "/"],
    ["/\t/evil.example", "/"],
    ["javascript:alert(1)", "/"],
    ["alerts", "/"],
    ["/login?to=/alerts", "/"],
    ["/logout", "/"],
    ["/logs", "/logs"],
    ["/" + "x".repeat(2_000), "/"],
  ];
  for (const [to, path] of rows) {
    await t.step(String(to).slice(0, 40), () => assertEquals(parseReturnPath(to), path));
  }
});

Deno.test("parseReturnPath() never leaves the site, and is its own answer", () => {
  const parts = fc.array(
    fc.constantFrom(
      "/",
      "\\",
      ".",
      "..",
      "evil.example",
      "@",
      ":",
      "\t",
      "\n",
      "?",
      "#",
      "%2f",
      "a",
    ),
  );
  fc.assert(fc.property(parts, (pieces) => {
    const path = parseReturnPath("/" + pieces.join(""));
    const url = new URL(path, "https://vitals.example.com/login");
    assertEquals(url.origin, "https://vitals.example.com");
    assert(path.startsWith("/"));
    assertEquals(parseReturnPath(path), path);
  }));
});

Deno.test("loginPath() names a page only if it is another than the dashboard", () => {
  assertEquals(loginPath("/"), "/login");
  assertEquals(loginPath("/alerts?a=b&c"), "/login?to=%2Falerts%3Fa%3Db%26c");
  assertEquals(loginPath("//evil.example"), "/login");
});
