import { assertEquals } from "@std/assert";

import { formatPath, valueAt } from "@/lib/domain/value_path.ts";

Deno.test("formatPath() writes keys and indices as one would in code", async (t) => {
  const rows: [readonly (string | number)[], string][] = [
    [[], ""],
    [["limits"], "limits"],
    [["rules", 2, "metric"], "rules[2].metric"],
    [[2, "metrics", "cpu"], "[2].metrics.cpu"],
    [["services", 0, "rules", "HIGH CPU", "for"], 'services[0].rules["HIGH CPU"].for'],
    [["x".repeat(65)], `["${"x".repeat(64)}…"]`],
  ];
  for (const [path, text] of rows) {
    await t.step(`"${text}"`, () => assertEquals(formatPath(path), text));
  }
});

Deno.test("valueAt() sees own properties only", () => {
  const value = { rules: [{ name: "HIGH_CPU" }] };
  assertEquals(valueAt(value, []), value);
  assertEquals(valueAt(value, ["rules", 0, "name"]), "HIGH_CPU");
  assertEquals(valueAt(value, ["rules", 1, "name"]), undefined);
  assertEquals(valueAt(value, ["toString"]), undefined);
});
