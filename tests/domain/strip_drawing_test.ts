import { assertEquals } from "@std/assert";

import { type StatusStrip, STRIP_SLOTS } from "@/lib/domain/status_strip.ts";
import { describeStrip, drawStrip } from "@/lib/domain/strip_drawing.ts";

Deno.test("drawStrip() merges neighbours and keeps runs apart", () => {
  assertEquals(drawStrip(strip("H".repeat(20) + "X" + "H".repeat(25) + "XX")), [
    { status: "DOWN", path: "M20 0h1v1h-1zM46 0h2v1h-2z" },
    { status: "HEALTHY", path: "M0 0h20v1h-20zM21 0h25v1h-25z" },
  ]);
});

Deno.test("drawStrip() fills a full strip from end to end", () => {
  assertEquals(drawStrip(strip("U".repeat(STRIP_SLOTS))), [
    { status: "UNKNOWN", path: "M0 0h48v1h-48z" },
  ]);
});

Deno.test("drawStrip() puts a short strip at the right end", () => {
  assertEquals(drawStrip(strip("D")), [{ status: "DEGRADED", path: "M47 0h1v1h-1z" }]);
});

Deno.test("describeStrip() says how long each status held", async (t) => {
  const rows: readonly [slots: string, text: string][] = [
    ["H".repeat(48), "Last 4 min: healthy throughout"],
    ["H".repeat(39) + "X" + "D".repeat(8), "Last 4 min: healthy 3 min, degraded 40 s, down 5.0 s"],
    ["U", "Last 5.0 s: unknown throughout"],
  ];
  for (const [slots, text] of rows) {
    await t.step(text, () => assertEquals(describeStrip(strip(slots)), text));
  }
});

function strip(slots: string): StatusStrip {
  return { from: 0, stepMs: 5_000, slots };
}
