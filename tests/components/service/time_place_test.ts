import { assertEquals } from "@std/assert";

import {
  alertsOn,
  describeSpans,
  fitSpans,
  placeInstant,
  placeSpan,
} from "@/components/service/time_place.ts";
import type { AlertSpanView, TimelineView } from "@/lib/protocol/history_views.ts";

const SHOWN = { from: 1_000, to: 2_000 };

Deno.test("placeSpan() cuts a span to what is shown", () => {
  assertEquals(placeSpan(SHOWN, { from: 1_250, to: 1_500 }), { x: 25, width: 25 });
  assertEquals(placeSpan(SHOWN, { from: 0, to: 1_500 }), { x: 0, width: 50 });
  assertEquals(placeSpan(SHOWN, { from: 1_900, to: 9_000 }), { x: 90, width: 10 });
  assertEquals(placeSpan(SHOWN, { from: 0, to: 1_000 }), undefined);
  assertEquals(placeSpan(SHOWN, { from: 2_000, to: 3_000 }), undefined);
  assertEquals(placeInstant(SHOWN, 1_100), 10);
});

Deno.test("fitSpans() lets the last status go on while the window slides", () => {
  const timeline: TimelineView = {
    ...{ from: 0, to: 1_800, alerts: [], uptime: [] },
    spans: [
      { from: 0, to: 900, status: "DOWN" },
      { from: 900, to: 1_200, status: "GAP" },
      { from: 1_200, to: 1_800, status: "HEALTHY" },
    ],
  };
  assertEquals(fitSpans(timeline, SHOWN), [
    { from: 1_000, to: 1_200, status: "GAP" },
    { from: 1_200, to: 2_000, status: "HEALTHY" },
  ]);
});

Deno.test("describeSpans() says how long each status held", () => {
  assertEquals(
    describeSpans([
      { from: 0, to: 60_000, status: "HEALTHY" },
      { from: 60_000, to: 180_000, status: "GAP" },
      { from: 180_000, to: 300_000, status: "HEALTHY" },
    ]),
    "healthy 3 min, monitor not running 2 min",
  );
  assertEquals(describeSpans([{ from: 0, to: 1, status: "UNKNOWN" }]), "not known throughout");
  assertEquals(describeSpans([]), "nothing on record");
});

Deno.test("alertsOn() shades a missing heartbeat on all charts", () => {
  const alert = (id: string, metric: string | null): AlertSpanView => ({
    ...{ id, metric, rule: id, severity: "warning", firedAt: 0, resolvedAt: null, message: "" },
  });
  const alerts = [alert("a", "cpu"), alert("b", null), alert("c", "memory")];
  assertEquals(alertsOn({ alerts }, "cpu").map(({ id }) => id), ["a", "b"]);
});
