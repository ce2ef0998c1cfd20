import { assertEquals } from "@std/assert";

import { placeAlerts } from "@/components/service/alert_places.ts";
import type { AlertSpanView } from "@/lib/protocol/history_views.ts";

const SHOWN = { from: 0, to: 1_000 };

function alert(rule: string, firedAt: number, resolvedAt: number | null): AlertSpanView {
  return {
    ...{ id: `${rule} ${firedAt}`, rule, metric: "cpu", severity: "warning", message: "" },
    ...{ firedAt, resolvedAt },
  };
}

function rowsOf(
  ...alerts: readonly AlertSpanView[]
): readonly (readonly [string, number | null])[] {
  return placeAlerts(alerts, SHOWN).map(({ alert: { rule }, row }) => [rule, row]);
}

Deno.test("placeAlerts() places what can be seen", () => {
  const places = placeAlerts([alert("A", 500, null), alert("B", -900, -100)], SHOWN);
  assertEquals(places.map(({ x, width }) => ({ x, width })), [{ x: 50, width: 50 }]);
});

Deno.test("placeAlerts() gives names that would cover each other rows of their own", () => {
  const rows = rowsOf(alert("SERVICE_DOWN", 30, null), alert("HIGH_CPU", 0, null));
  assertEquals(rows, [["HIGH_CPU", 0], ["SERVICE_DOWN", 1]]);
});

Deno.test("placeAlerts() takes the same row again beside a name", () => {
  const rows = rowsOf(alert("HIGH_CPU", 0, 900), alert("B", 150, 900), alert("C", 500, 900));
  assertEquals(rows, [["HIGH_CPU", 0], ["B", 0], ["C", 0]]);
});

Deno.test("placeAlerts() names nothing that is narrow, and no more than four at one place", () => {
  assertEquals(rowsOf(alert("HIGH_CPU", 0, 100)), [["HIGH_CPU", null]]);
  const names = ["A", "B", "C", "D", "E"].map((name) => alert(name, 0, null));
  assertEquals(rowsOf(...names).map(([, row]) => row), [0, 1, 2, 3, null]);
});
