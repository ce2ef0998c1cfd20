import { assertEquals } from "@std/assert";
import fc from "fast-check";

import { deriveStatus, STATUSES_BY_SEVERITY, worstStatus } from "@/lib/domain/status.ts";
import {
  advanceStrip,
  markStrip,
  startStrip,
  STRIP_SLOTS,
  stripStatuses,
} from "@/lib/domain/status_strip.ts";

Deno.test("deriveStatus() follows from what fires", () => {
  const down = { kind: "missingHeartbeat", severity: "critical" } as const;
  const slow = { kind: "threshold", severity: "critical" } as const;
  assertEquals(deriveStatus({ firing: [], seen: false }), "UNKNOWN");
  assertEquals(deriveStatus({ firing: [], seen: true }), "HEALTHY");
  assertEquals(deriveStatus({ firing: [slow], seen: true }), "DEGRADED");
  assertEquals(deriveStatus({ firing: [slow, down], seen: true }), "DOWN");
  assertEquals(deriveStatus({ firing: [down], seen: false }), "DOWN");
});

Deno.test("worstStatus() is HEALTHY only if all are", () => {
  assertEquals(worstStatus(["HEALTHY", "UNKNOWN", "DEGRADED"]), "DEGRADED");
  assertEquals(worstStatus([]), "HEALTHY");
});

Deno.test("advanceStrip() fills the slots passed with the status that held", () => {
  let strip = startStrip("HEALTHY", 1_700_000_003_000);
  assertEquals(strip.from, 1_700_000_000_000);
  strip = advanceStrip(strip, "HEALTHY", 1_700_000_014_999);
  assertEquals(strip.slots, "HHH");
  strip = markStrip(strip, "DOWN");
  assertEquals(strip.slots, "HHX");
  assertEquals(markStrip(strip, "HEALTHY").slots, "HHX");
});

Deno.test("markStrip() lets UNKNOWN go once anything is known", () => {
  assertEquals(markStrip(startStrip("UNKNOWN", 0), "HEALTHY").slots, "H");
});

Deno.test("advanceStrip() keeps the newest slots and stays aligned, whatever time does", () => {
  const moves = fc.array(
    fc.tuple(fc.integer({ min: -20_000, max: 900_000 }), fc.constantFrom(...STATUSES_BY_SEVERITY)),
    { maxLength: 30 },
  );
  fc.assert(fc.property(moves, (list) => {
    let now = 1_700_000_000_000;
    let latest = now;
    let strip = startStrip("UNKNOWN", now);
    for (const [moveMs, status] of list) {
      now += moveMs;
      latest = Math.max(latest, now);
      strip = advanceStrip(strip, status, now);
      assertEquals(strip.from % strip.stepMs, 0);
      assertEquals(strip.slots.length <= STRIP_SLOTS, true);
      assertEquals(stripStatuses(strip).length, strip.slots.length);
      const end = strip.from + strip.slots.length * strip.stepMs;
      assertEquals(latest >= end - strip.stepMs && latest < end, true);
    }
  }));
});
