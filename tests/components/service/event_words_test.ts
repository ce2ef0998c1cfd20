import { assertEquals } from "@std/assert";

import { describeEvent, mergeEvents } from "@/components/service/event_words.ts";
import type { AlertChange } from "@/lib/domain/explain.ts";
import type { EventView } from "@/lib/protocol/history_views.ts";

const AT = 1_700_000_000_000;

function alert(change: AlertChange, severity: "warning" | "critical" = "warning"): EventView {
  return {
    ...{ kind: "alert", id: "e", at: AT, change, alert: "a", rule: "HIGH_CPU", metric: "cpu" },
    ...{ severity, value: 91, limit: 85, unit: "%", message: "CPU 91.0 % above 85 %" },
  };
}

Deno.test("describeEvent() says what happened, in shape and tone as well", async (t) => {
  const rows: readonly (readonly [event: EventView, words: string, tone: string])[] = [
    [
      { kind: "status", id: "e", at: AT, from: "HEALTHY", to: "DOWN" },
      "■ DOWN: was HEALTHY",
      "crit",
    ],
    [
      { kind: "status", id: "e", at: AT, from: "UNKNOWN", to: "HEALTHY" },
      "● HEALTHY: a heartbeat came",
      "ok",
    ],
    [
      { kind: "status", id: "e", at: AT, from: "UNKNOWN", to: "DEGRADED" },
      "▲ DEGRADED: a heartbeat came",
      "warn",
    ],
    [
      { kind: "status", id: "e", at: AT, from: "UNKNOWN", to: "DOWN" },
      "■ DOWN: no heartbeat came",
      "crit",
    ],
    [
      { kind: "status", id: "e", at: AT, from: "DOWN", to: "UNKNOWN" },
      "○ UNKNOWN: not heard of since the monitor began again",
      "idle",
    ],
    [alert("firing"), "▲ HIGH_CPU fired, warning: CPU 91.0 % above 85 %", "warn"],
    [alert("firing", "critical"), "■ HIGH_CPU fired, critical: CPU 91.0 % above 85 %", "crit"],
    [
      alert("escalated", "critical"),
      "■ HIGH_CPU became critical: CPU 91.0 % above 85 %",
      "crit",
    ],
    [alert("eased"), "▲ HIGH_CPU is a warning again: CPU 91.0 % above 85 %", "warn"],
    [alert("resolved"), "✓ HIGH_CPU resolved: CPU 91.0 % above 85 %", "ok"],
    [alert("acknowledged"), "○ HIGH_CPU acknowledged: CPU 91.0 % above 85 %", "idle"],
    [alert("cancelled"), "○ HIGH_CPU cancelled before it fired: CPU 91.0 % above 85 %", "idle"],
    [
      { kind: "flapping", id: "e", at: AT, rule: "HIGH_CPU", flapping: true },
      "≈ HIGH_CPU is flapping: it keeps changing, so it is told of once",
      "warn",
    ],
    [
      { kind: "flapping", id: "e", at: AT, rule: "HIGH_CPU", flapping: false },
      "≈ HIGH_CPU is steady again: ",
      "ok",
    ],
    [
      { kind: "gap", id: "e", at: AT, to: AT + 240_000 },
      "╱ Monitor was not running for 4 min: nothing is known",
      "idle",
    ],
  ];
  for (const [event, expected, tone] of rows) {
    await t.step(expected, () => {
      const words = describeEvent(event);
      const text = [words.mark, words.title, words.what].filter((word) => word !== "").join(" ");
      assertEquals(`${text}: ${words.why}`, expected);
      assertEquals(words.tone, tone);
    });
  }
});

Deno.test("mergeEvents() lists each event once, newest first", () => {
  const gap = (id: string): EventView => ({ kind: "gap", id, at: AT, to: AT });
  const merged = mergeEvents([gap("3"), gap("2")], [gap("2"), gap("1")]);
  assertEquals(merged.map(({ id }) => id), ["3", "2", "1"]);
});
