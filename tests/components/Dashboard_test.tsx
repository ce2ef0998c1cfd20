import { signal } from "@preact/signals";
import { assert, assertEquals, assertFalse } from "@std/assert";
import { renderToString } from "preact-render-to-string";

import { PageFrame } from "@/components/PageFrame.tsx";
import { faviconOf } from "@/components/PageStatus.tsx";
import Dashboard from "@/islands/Dashboard.tsx";
import LiveStatus from "@/islands/LiveStatus.tsx";
import ThemeSwitch from "@/islands/ThemeSwitch.tsx";
import { countStatuses } from "@/lib/domain/verdict.ts";

import { alert, NOW, service, snapshot } from "./views.ts";

Deno.test("Dashboard has all data before any script runs", () => {
  const html = renderPage();
  assert(html.includes("<h1>1 service down</h1>"));
  assert(html.includes('id="service-auth"'));
  assert(html.includes('id="service-checkout"'));
  assert(html.includes("1 firing"));
  assert(html.includes("p50 0.3 ms, p99 2.1 ms"));
  assert(html.includes('data-stale="false"'));
});

Deno.test("Dashboard announces nothing when the page opens", () => {
  assert(renderPage().includes('aria-live="assertive"><p></p>'));
});

Deno.test("Dashboard has no inline style and no inline handler, which the page's policy would block", () => {
  assertFalse(/\sstyle=|\son\w+=/i.test(renderPage()));
});

Deno.test("PageFrame marks the page in the navigation", () => {
  const html = renderPage();
  assert(html.includes('<a href="/" aria-current="page">Dashboard</a>'));
  const below = renderToString(<PageFrame path="/alerts/x" theme="auto">x</PageFrame>);
  assert(below.includes('<a href="/alerts" aria-current="true">Alerts</a>'));
  const elsewhere = renderToString(<PageFrame path="/nowhere" theme="auto">x</PageFrame>);
  assertFalse(elsewhere.includes("aria-current"));
});

Deno.test("ThemeSwitch names the present theme and the next", () => {
  const html = renderToString(<ThemeSwitch theme="light" />);
  assert(html.includes('aria-label="Theme: light. Switch to dark"'));
});

Deno.test("faviconOf() goes by the worst status", () => {
  assert(faviconOf(countStatuses([])).includes("favicon-healthy.svg"));
  assert(faviconOf(countStatuses(["HEALTHY", "UNKNOWN"])).includes("favicon-unknown.svg"));
  assert(faviconOf(countStatuses(["HEALTHY", "DEGRADED"])).includes("favicon-degraded.svg"));
  assert(faviconOf(countStatuses(["DOWN", "DEGRADED"])).includes("favicon-down.svg"));
});

Deno.test("faviconOf() names files that exist", async () => {
  const names: string[] = [];
  for await (const file of Deno.readDir("static")) names.push(file.name);
  assertEquals(names.filter((name) => name.startsWith("favicon-")).toSorted(), [
    "favicon-degraded.svg",
    "favicon-down.svg",
    "favicon-healthy.svg",
    "favicon-unknown.svg",
  ]);
});

function renderPage(): string {
  const down = service("auth", { status: "DOWN", lastHeartbeat: NOW - 12_000 });
  const initial = signal(
    snapshot([service("checkout"), down], { alerts: [alert("SERVICE_DOWN", "auth")] }),
  );
  return renderToString(
    <PageFrame path="/" theme="auto" status={<LiveStatus initial={initial} />}>
      <Dashboard initial={initial} origin="http://127.0.0.1:8000" hasReceivers />
    </PageFrame>,
  );
}
