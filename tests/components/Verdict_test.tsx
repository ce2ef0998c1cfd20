import { assert, assertEquals, assertFalse } from "@std/assert";
import { renderToString } from "preact-render-to-string";

import { LiveStore } from "@/components/live_store.ts";
import { Verdict } from "@/components/Verdict.tsx";
import type { AlertView, ServiceView } from "@/lib/protocol/views.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

import { alert, NOW, service, snapshot } from "./views.ts";

Deno.test("Verdict says how everything is, and why", () => {
  const html = renderVerdict(
    [
      service("payment-service", { status: "DOWN", lastHeartbeat: NOW - 12_000 }),
      service("auth-service", { status: "DEGRADED" }),
    ],
    [alert("HIGH_CPU", "auth-service")],
  );
  assert(html.includes("<h1>1 service down, 1 degraded</h1>"));
  assert(
    html.includes(
      "<p>payment-service stopped sending heartbeats 12 s ago. auth-service is above its CPU limit.</p>",
    ),
  );
});

Deno.test("Verdict counts the services of each status, unknown ones only if there are any", () => {
  assertEquals(countsOf(renderVerdict([service("a"), service("b")])), [
    "2 Healthy",
    "0 Degraded",
    "0 Down",
  ]);
  const waiting = renderVerdict([service("a", { status: "UNKNOWN", lastHeartbeat: null })]);
  assertEquals(countsOf(waiting), ["0 Healthy", "0 Degraded", "0 Down", "1 Unknown"]);
});

Deno.test("Verdict of no services has no reason to worry", () => {
  const html = renderVerdict([]);
  assert(html.includes("<h1>No services yet</h1>"));
  assertFalse(html.includes("down"));
});

function countsOf(html: string): string[] {
  const items = html.match(/<li.*?<\/li>/g) ?? [];
  return items.map((item) => item.replace(/<[^>]+>/g, "").trim());
}

function renderVerdict(
  services: readonly ServiceView[],
  alerts: readonly AlertView[] = [],
): string {
  const store = new LiveStore(snapshot(services, { alerts }), new FakeClock(NOW));
  return renderToString(<Verdict store={store} />);
}
