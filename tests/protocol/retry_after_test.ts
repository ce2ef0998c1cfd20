import { assertEquals } from "@std/assert";

import { parseRetryAfter } from "@/lib/protocol/retry_after.ts";

Deno.test("parseRetryAfter() takes seconds, and a date relative to the answer's", async (t) => {
  const date = "Tue, 24 Nov 2026 00:00:00 GMT";
  const later = "Tue, 24 Nov 2026 00:00:07 GMT";
  const rows: [string, Record<string, string>, number][] = [
    ["seconds", { "retry-after": "3" }, 3_000],
    ["zero", { "retry-after": "0" }, 0],
    ["nothing", {}, 0],
    ["a date", { "retry-after": later, date }, 7_000],
    ["a date that has passed", { "retry-after": date, date: later }, 0],
    ["a date without the answer's", { "retry-after": later }, 0],
    ["nonsense", { "retry-after": "soon", date }, 0],
    ["less than nothing", { "retry-after": "-5" }, 0],
  ];
  for (const [name, headers, pauseMs] of rows) {
    await t.step(name, () => assertEquals(parseRetryAfter(new Headers(headers)), pauseMs));
  }
});
