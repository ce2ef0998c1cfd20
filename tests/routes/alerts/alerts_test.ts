import { assert, assertEquals, assertStringIncludes } from "@std/assert";

import { alert, notification } from "@/tests/components/views.ts";
import { startWeb } from "@/tests/routes/web.ts";

const CPU = alert("HIGH_CPU", "auth", { id: "HIGH_CPU:auth:k2" });

Deno.test("GET /alerts is complete without scripts, in each of its parts", async (t) => {
  const web = await startWeb();
  web.source.sample("auth", "cpu", 99);
  web.source.alertTo("auth", "firing");
  const rows = [
    ["/alerts", "alert-auth"],
    ["/alerts?view=history", "Alerts that fired and are over stand here"],
    ["/alerts?view=silences", "Maintenance windows"],
    ["/alerts?view=delivery", "Delivery log"],
  ] as const;
  for (const [path, words] of rows) {
    await t.step(path, async () => {
      const response = await web.fetch(path);
      assertEquals(response.status, 200);
      assertEquals(response.headers.get("cache-control"), "no-store");
      const html = await response.text();
      assertStringIncludes(html, words);
      assertStringIncludes(html, '<a href="/alerts" aria-current="page">Alerts</a>');
    });
  }
});

Deno.test("GET /alerts sends no series of services, which it does not show", async () => {
  const web = await startWeb();
  web.source.sample("auth", "cpu", 12.34567);
  const html = await (await web.fetch("/alerts")).text();
  assert(!html.includes("12.34567"));
  assertStringIncludes(await (await web.fetch("/")).text(), "12.34567");
});

Deno.test("GET /alerts?view=history asks the monitor by severity and cursor", async () => {
  const web = await startWeb();
  const response = await web.fetch("/alerts?view=history&severity=critical&after=x");
  await response.body?.cancel();
  assertEquals(web.monitor.queries, [
    { state: "resolved", service: null, severity: "critical", after: "x", limit: 200 },
  ]);
});

Deno.test("GET /alerts?view=delivery asks the desk by receiver, state and cursor", async () => {
  const web = await startWeb();
  const response = await web.fetch("/alerts?view=delivery&receiver=ops&state=failed&after=n9");
  await response.body?.cancel();
  assertEquals(web.desk.queries, [
    { receiver: "ops", service: null, alert: null, state: "failed", limit: 50, before: "n9" },
  ]);
});

Deno.test("GET /alerts/data is what the page of the same query shows", async () => {
  const web = await startWeb();
  web.desk.notificationList = [notification()];
  const response = await web.fetch("/alerts/data?view=delivery");
  assertEquals(response.headers.get("cache-control"), "no-store");
  const data = await response.json();
  assertEquals(data.notifications, [notification()]);
  assertEquals([data.silences, data.history], [[], { alerts: [], next: null }]);
});

Deno.test("GET /alerts/:id tells the story of an alert", async (t) => {
  const web = await startWeb();
  web.desk.details.set(CPU.id, { alert: CPU, transitions: [], notifications: [notification()] });
  for (const path of ["/alerts/HIGH_CPU:auth:k2", "/alerts/HIGH_CPU%3Aauth%3Ak2"]) {
    await t.step(path, async () => {
      const response = await web.fetch(path);
      assertEquals(response.status, 200);
      const html = await response.text();
      assertStringIncludes(html, "<title>HIGH_CPU on auth · Vitals</title>");
      assertStringIncludes(html, "CPU above 85 % for 3 samples; resolves at 85 % or less.");
      assertStringIncludes(html, "ops was told.");
    });
  }
});

Deno.test("GET /alerts/:id has no page for an alert that is not kept", async (t) => {
  const web = await startWeb();
  for (const path of ["/alerts/none", "/alerts/%25E0%25A4%25A"]) {
    await t.step(path, async () => {
      const response = await web.fetch(path);
      await response.body?.cancel();
      assertEquals(response.status, 404);
    });
  }
});
