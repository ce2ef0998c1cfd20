import { assertEquals } from "@std/assert";

import { SERVICE_NAME } from "@/lib/domain/sample.ts";

Deno.test("SERVICE_NAME takes what an address can hold as it is, and nothing else", async (t) => {
  const rows: [name: string, isService: boolean][] = [
    ["a", true],
    ["auth-service", true],
    ["db_2.eu", true],
    [".hidden", true],
    ["a.", true],
    ["...", true],
    ["..a", true],
    ["a".repeat(64), true],
    ["a".repeat(65), false],
    ["", false],
    [".", false],
    ["..", false],
    ["Auth", false],
    ["a b", false],
    ["a/b", false],
    ["a\n", false],
    ["..\n", false],
  ];
  for (const [name, isService] of rows) {
    await t.step(JSON.stringify(name), () => assertEquals(SERVICE_NAME.test(name), isService));
  }
});

Deno.test("SERVICE_NAME takes only names that URLs keep", async (t) => {
  for (const name of [".hidden", "a.", "...", "..a", "a..", "-", "_"]) {
    await t.step(name, () => {
      assertEquals(SERVICE_NAME.test(name), true);
      assertEquals(new URL(`http://vitals.lan/services/${name}`).pathname, `/services/${name}`);
    });
  }
});
