import { assertEquals } from "@std/assert";

import { subjectOf } from "@/lib/protocol/act_subject.ts";

Deno.test("subjectOf() takes the path before Location, each unescaped", () => {
  assertEquals(subjectOf({ id: "HIGH_CPU%3Acheckout%3A1" }, "/x/y"), "HIGH_CPU:checkout:1");
  assertEquals(subjectOf({ a: "", b: "%" }, null), "%");
  assertEquals(subjectOf({}, "/api/silences/s1"), "s1");
  assertEquals(subjectOf({}, null), "");
});
