import { assertEquals } from "@std/assert";

import { explainUptime, hintUptime, nameSpan } from "@/components/service/uptime_text.ts";

const HOUR = 3_600_000;

Deno.test("explainUptime() says how much is known", () => {
  const day = { spanMs: 24 * HOUR, ratio: 1, knownMs: 24 * HOUR };
  const tail = "is on record; up is all that was not DOWN";
  assertEquals(explainUptime(day), `Of the last 1 d all of it ${tail}`);
  assertEquals(explainUptime({ ...day, knownMs: HOUR }), `Of the last 1 d 1 h of it ${tail}`);
  const nothing = { ...day, ratio: null, knownMs: 0 };
  assertEquals(explainUptime(nothing), "Nothing is on record of the last 1 d");
});

Deno.test("nameSpan() counts in hours up to a day, then in days", () => {
  assertEquals([24, 168, 720].map((hours) => nameSpan(hours * HOUR)), ["24 h", "7 d", "30 d"]);
});

Deno.test("hintUptime() warns where little is known", () => {
  const day = { spanMs: 24 * HOUR, ratio: 0.5, knownMs: 24 * HOUR };
  assertEquals(hintUptime(day), "");
  assertEquals(hintUptime({ ...day, knownMs: 23 * HOUR }), "");
  assertEquals(hintUptime({ ...day, knownMs: 30_000 }), "of 30 s known");
  assertEquals(hintUptime({ ...day, ratio: null, knownMs: 0 }), "");
});
