import { assertEquals } from "@std/assert";

import { formatAlertsQuery, parseAlertsQuery } from "@/components/alerts_data.ts";

const DEFAULT = parseAlertsQuery(new URLSearchParams());

Deno.test("parseAlertsQuery() asks for the alerts of now by default", () => {
  assertEquals(DEFAULT, {
    ...{ part: "now", service: "", rule: "", severity: null, receiver: "", state: null },
    ...{ after: null, shown: 50 },
  });
});

Deno.test("parseAlertsQuery() passes over what it does not know", () => {
  const params = new URLSearchParams("view=none&severity=bad&state=none&n=7&x=y&after=");
  assertEquals(parseAlertsQuery(params), DEFAULT);
});

Deno.test("formatAlertsQuery() is read back as the same query", async (t) => {
  const rows = [
    "",
    "?view=history&service=au+th&rule=CPU&severity=critical&after=HIGH_CPU%3Aauth%3Ax",
    "?view=delivery&receiver=ops&state=failed",
    "?n=1000",
  ];
  for (const text of rows) {
    await t.step(text || "nothing", () => {
      assertEquals(formatAlertsQuery(parseAlertsQuery(new URLSearchParams(text))), text);
    });
  }
});

Deno.test("parseAlertsQuery() cuts texts that no name can be", () => {
  const query = parseAlertsQuery(new URLSearchParams({ service: "x".repeat(5_000) }));
  assertEquals(query.service.length, 100);
});
