import { assertEquals } from "@std/assert";

import { type AlertMarks, groupOf, summariseAlerts } from "@/lib/domain/alert_group.ts";

const OPEN: AlertMarks = {
  state: "firing",
  acknowledged: null,
  silencedBy: null,
  inhibitedBy: null,
};

Deno.test("groupOf() tells what wants a person from what does not", async (t) => {
  const rows: readonly (readonly [group: string, marks: Partial<AlertMarks>])[] = [
    ["open", {}],
    ["acknowledged", { acknowledged: {} }],
    ["acknowledged", { acknowledged: {}, silencedBy: {} }],
    ["muted", { silencedBy: {} }],
    ["muted", { inhibitedBy: {} }],
    ["pending", { state: "pending", silencedBy: {} }],
    ["resolved", { state: "resolved", acknowledged: {} }],
  ];
  for (const [group, marks] of rows) {
    await t.step(`${group}: ${JSON.stringify(marks)}`, () => {
      assertEquals(groupOf({ ...OPEN, ...marks }), group);
    });
  }
});

Deno.test("summariseAlerts() counts each alert once, and names only what there is", () => {
  assertEquals(summariseAlerts([]), "");
  assertEquals(
    summariseAlerts([
      OPEN,
      OPEN,
      { ...OPEN, acknowledged: {} },
      { ...OPEN, silencedBy: {} },
      { ...OPEN, state: "pending" },
    ]),
    "2 firing · 1 acknowledged · 1 muted · 1 pending",
  );
});
