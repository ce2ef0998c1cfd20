import { assertEquals, assertMatch } from "@std/assert";

import { PROJECT, QUIET, RunningApp } from "./running_app.ts";
import { openPage, untilLive } from "./browser.ts";
import { ChildProcess } from "./child_process.ts";

Deno.test("push: a sample of an unknown service makes a new card appear", async () => {
  await using app = await RunningApp.start(QUIET);
  await using open = await openPage(`${app.origin}/`);
  await untilLive(open.page);
  assertEquals(await open.page.locator("article").count(), 0);
  await app.push({ service: "checkout", metrics: { cpu: 41.2 } });
  const card = open.page.locator("#service-checkout");
  await card.getByText("41.2 %", { exact: true }).waitFor();
  assertMatch(await card.innerText(), /Healthy/i);
  assertEquals(open.errors, []);
});

Deno.test("push: an alert fires and resolves on screen", async () => {
  await using app = await RunningApp.start(QUIET);
  await using open = await openPage(`${app.origin}/`);
  const { page } = open;
  await untilLive(page);
  const start = Date.now() - 30_000;
  const push = (second: number, cpu: number) =>
    app.push({ service: "checkout", at: start + second * 1_000, metrics: { cpu } });
  const alerts = page.getByRole("complementary", { name: "Active alerts" });

  await push(0, 91);
  await push(1, 92);
  await alerts.getByText("2 of 3").waitFor();
  assertEquals(await page.locator("#service-checkout").getAttribute("data-tone"), "ok");

  await push(2, 93.5);
  await page.locator('#service-checkout[data-tone="warn"]').waitFor();
  await alerts.getByText("CPU 93.5 % above 85 %").waitFor();
  assertMatch(await page.title(), /degraded/i);
  assertMatch(await page.locator("#favicon").getAttribute("href") ?? "", /favicon-degraded/);

  await push(3, 20);
  await page.locator('#service-checkout[data-tone="ok"]').waitFor();
  await alerts.getByText("All quiet").waitFor();
  assertMatch(await page.title(), /healthy/i);
  assertEquals(open.errors, []);
});

Deno.test("push: silence does not resolve an alert", async () => {
  await using app = await RunningApp.start({
    services: [],
    rules: [
      { name: "HIGH_CPU", metric: "cpu", above: 85, for: 1, severity: "warning" },
      { name: "SERVICE_DOWN", missingHeartbeat: "500ms", severity: "critical" },
    ],
  });
  await using open = await openPage(`${app.origin}/`);
  await untilLive(open.page);
  await app.push({ service: "checkout", metrics: { cpu: 99 } });
  await open.page.locator('#service-checkout[data-tone="crit"]').waitFor();
  const alerts = await open.page.locator(".alert .rule").allTextContents();
  assertEquals(alerts, ["SERVICE_DOWN critical", "HIGH_CPU warning"]);
});

Deno.test("push: a stopped agent turns its card DOWN, and a new one brings it back", async () => {
  await using app = await RunningApp.start({
    services: [],
    rules: [{ name: "SERVICE_DOWN", missingHeartbeat: "1s", severity: "critical" }],
  });
  await using open = await openPage(`${app.origin}/`);
  const card = open.page.locator("#service-my-laptop");
  await untilLive(open.page);
  {
    await using _agent = startAgent(app.origin);
    await card.locator('[class*="badge"]').getByText(/healthy/i).waitFor();
    assertMatch(await card.innerText(), /memory\s+\d+\.\d %/i);
  }
  await open.page.locator('#service-my-laptop[data-tone="crit"]').waitFor();
  await open.page.getByText(/no heartbeat for/i).first().waitFor();
  await using _agent = startAgent(app.origin);
  await open.page.locator('#service-my-laptop[data-tone="ok"]').waitFor();
  assertEquals(open.errors, []);
});

function startAgent(url: string): ChildProcess {
  const port = new URL(url).port;
  const args = [
    ...["run", "--no-prompt", `--allow-net=127.0.0.1:${port}`],
    ...["--allow-read=/proc/stat,/proc/meminfo", "--allow-sys=hostname,systemMemoryInfo,cpus"],
    ...["--allow-env=VITALS_TOKEN", "agent/main.ts"],
    ...["--url", url, "--service", "my-laptop", "--interval", "100ms"],
  ];
  return new ChildProcess({ args, folder: PROJECT });
}
