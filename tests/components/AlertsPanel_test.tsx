import { signal } from "@preact/signals";
import { assert, assertEquals, assertFalse } from "@std/assert";
import { renderToString } from "preact-render-to-string";

import { AlertsPanel } from "@/components/AlertsPanel.tsx";
import type { AlertView } from "@/lib/protocol/views.ts";

import { alert, NOW } from "./views.ts";

Deno.test("AlertsPanel says that all is quiet when it is", () => {
  const html = renderPanel([]);
  assert(html.includes("All quiet."));
  assertFalse(html.includes("firing"));
});

Deno.test("AlertsPanel counts firing and pending alerts", async (t) => {
  const firing = alert("HIGH_CPU", "a");
  const pending = alert("HIGH_CPU", "b", { state: "pending", firedAt: null });
  const rows: readonly [text: string, ...alerts: AlertView[]][] = [
    ["1 firing · 1 pending", firing, pending],
    ["1 firing", firing],
    ["1 pending", pending],
  ];
  for (const [text, ...alerts] of rows) {
    await t.step(text, () => assert(renderPanel(alerts).includes(`<span>${text}</span>`)));
  }
});

Deno.test("AlertsPanel shows rule, service, reason and age of a firing alert", () => {
  const html = renderPanel([alert("HIGH_CPU", "auth", { message: "CPU 93.1 % above 85 %" })]);
  assert(html.includes('data-tone="warn"'));
  assert(html.includes('<a href="#service-auth">auth</a>'));
  assert(html.includes("CPU 93.1 % above 85 %"));
  assert(html.includes('<span class="age">41 s</span>'));
});

Deno.test("AlertsPanel tells critical alerts from warnings, also in words", () => {
  const html = renderPanel([alert("SERVICE_DOWN", "auth")]);
  assert(html.includes('data-tone="crit"'));
  assert(html.includes(", critical"));
});

Deno.test("AlertsPanel shows how far a pending alert is", () => {
  const html = renderPanel([
    alert("HIGH_CPU", "auth", {
      state: "pending",
      firedAt: null,
      progress: { kind: "samples", breaches: 1, needed: 3 },
    }),
  ]);
  assert(html.includes("pending 1/3"));
  assert(html.includes('data-tone="idle"'));
});

Deno.test("AlertsPanel lets the silence of a missing heartbeat tick", () => {
  const down = alert("SERVICE_DOWN", "auth");
  assert(renderPanel([down], NOW) !== renderPanel([down], NOW + 1_000));
});

Deno.test("AlertsPanel lists fifty alerts and counts the rest", () => {
  const many = Array.from({ length: 53 }, (_, index) => alert("HIGH_CPU", `s${index}`));
  const html = renderPanel(many);
  assertEquals(html.match(/<li /g)?.length, 50);
  assert(html.includes("And 3 more."));
});

Deno.test("AlertsPanel renders HTML in any text as text", () => {
  const evil = "<script>alert(1)</script>";
  const html = renderPanel([alert("HIGH_CPU", evil, { rule: evil, message: evil })]);
  assertFalse(html.includes("<script"));
});

function renderPanel(alerts: readonly AlertView[], now = NOW): string {
  return renderToString(
    <AlertsPanel alerts={signal(alerts)} now={signal(now)} onFollow={() => {}} />,
  );
}
