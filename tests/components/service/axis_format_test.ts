import { assertEquals } from "@std/assert";

import { createAxisFormat } from "@/components/service/axis_format.ts";

const [SECOND, HOUR, DAY] = [1_000, 3_600_000, 86_400_000];
const UTC = createAxisFormat("UTC");

Deno.test("createAxisFormat() writes as much as the step needs", async (t) => {
  const rows: readonly (readonly [at: string, stepMs: number, text: string])[] = [
    ["2026-11-24T08:30:05Z", SECOND, "08:30:05"],
    ["2026-11-24T08:30:00Z", 60 * SECOND, "08:30"],
    ["2026-11-24T18:00:00Z", 6 * HOUR, "18:00"],
    ["2026-11-24T00:00:00Z", 6 * HOUR, "24 Nov"],
    ["2026-11-24T00:00:00Z", DAY, "24 Nov"],
    ["2026-11-01T00:00:00Z", 30 * DAY, "Nov"],
    ["2026-01-01T00:00:00Z", 60 * DAY, "2026"],
  ];
  for (const [at, stepMs, text] of rows) {
    await t.step(text, () => assertEquals(UTC.tick(Date.parse(at), stepMs), text));
  }
});

Deno.test("createAxisFormat() knows how far the reader's clock is ahead", () => {
  assertEquals(UTC.offsetMs(0), 0);
  const at = Date.UTC(2026, 5, 1);
  const expected = -new Date(at).getTimezoneOffset() * 60_000;
  assertEquals(createAxisFormat("local").offsetMs(at) + 0, expected + 0);
});
