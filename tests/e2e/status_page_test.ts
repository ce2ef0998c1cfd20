import { assert, assertEquals } from "@std/assert";

import { RunningApp } from "./running_app.ts";
import { findViolations, openPage } from "./browser.ts";

/** Every look that a row can have. */
const CONFIG = {
  services: [
    { name: "silent", tags: ["shop"], rules: { HIGH_CPU: false } },
    { name: "busy", tags: ["shop"] },
    { name: "well", tags: ["shop"] },
    { name: "unheard" },
    { name: "database" },
  ],
  rules: [
    { name: "HIGH_CPU", metric: "cpu", above: 85, for: 1, severity: "warning" },
    { name: "SERVICE_DOWN", missingHeartbeat: "1h", services: ["busy", "well", "database"] },
    { name: "SILENT", missingHeartbeat: "1s", services: ["silent"] },
  ],
  maintenance: [
    { name: "disks", match: { service: "database" }, every: "day", at: "00:00", duration: "25h" },
  ],
  status: {
    title: "Example status",
    names: { busy: "Checkout" },
    maintenance: { disks: "New disks" },
  },
};

async function startApp(): Promise<RunningApp> {
  const app = await RunningApp.start(CONFIG);
  const metrics = { cpu: 10 };
  await app.push({ service: "well", metrics }, { service: "database", metrics });
  await app.push({ service: "busy", metrics: { cpu: 99 } });
  // The page is made when it is first asked for, which is after this.
  await untilDown(app);
  return app;
}

/** The dashboard shows it at once. */
async function untilDown(app: RunningApp): Promise<void> {
  await using open = await openPage(`${app.origin}/`);
  await open.page.locator('#service-silent[data-tone="crit"]').waitFor();
}

for (const colorScheme of ["dark", "light"] as const) {
  Deno.test(`status page: axe finds nothing in ${colorScheme}, wide or narrow`, async () => {
    await using app = await startApp();
    await using open = await openPage(`${app.origin}/status`, { colorScheme });
    assertEquals(await open.page.locator(".row").count(), 5);
    for (const width of [1_280, 360]) {
      await open.page.setViewportSize({ width, height: 800 });
      assertEquals(await findViolations(open.page), [], `${width}`);
      const overflow = await open.page.evaluate(() => document.documentElement.scrollWidth);
      assert(overflow <= width, `${overflow} of ${width}`);
    }
    assertEquals(open.errors, []);
  });
}

Deno.test("status page: without scripts it says how all is, and what is under maintenance", async () => {
  await using app = await startApp();
  await using open = await openPage(`${app.origin}/status`, { javaScriptEnabled: false });
  const { page } = open;
  assertEquals(await page.locator("h1").textContent(), "1 of 5 services is down, 1 is degraded");
  const texts = await page.locator(".row-head").allTextContents();
  assertEquals(texts, [
    "silent■ Down",
    "Checkout▲ Degraded",
    "well● Operational",
    "unheard○ No data",
    "database◆ Maintenance",
  ]);
  assertEquals(await page.locator("#maintenance + ul strong").allTextContents(), ["New disks"]);
  assertEquals(
    await page.locator("#current + ul strong").allTextContents().then((each) => each.sort()),
    ["Checkout", "silent"],
  );
});

Deno.test("status page: a badge is shown by a page of another site", async () => {
  await using app = await startApp();
  await using open = await openPage(`${app.origin}/status`);
  // Another port is another origin, and another name another site.
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    () =>
      new Response(`<img src="${app.origin}/badge/busy.svg" alt="badge">`, {
        headers: { "content-type": "text/html", "cross-origin-embedder-policy": "require-corp" },
      }),
  );
  await open.page.goto(`http://localhost:${server.addr.port}/`);
  const width = await open.page.locator("img").evaluate((image) =>
    (image as HTMLImageElement).naturalWidth
  );
  assert(width > 80, `${width}`);
});
