import { assert, assertEquals } from "@std/assert";

import type { Page } from "playwright-core";

import { runScenarioTool } from "@/tools/scenario.ts";

import { findViolations, type OpenPage, openPage, untilLive } from "./browser.ts";
import { RunningApp } from "./running_app.ts";

const CONFIG = {
  services: [{ name: "auth-service", source: { kind: "simulated", profile: "api", seed: 1 } }],
};

/** Over in a quarter of a minute. */
const SHORT = {
  summary: "A service is out for a moment.",
  duration: "16s",
  services: [{ name: "auth-service", profile: "api" }],
  timeline: [{ at: "2s", service: "auth-service", kind: "outage", duration: "8s" }],
  expects: {
    alerts: [
      { service: "auth-service", rule: "SERVICE_DOWN", fires: "7s", resolves: "11s" },
    ],
    statuses: [{ at: "8s", service: "auth-service", status: "DOWN" }],
  },
};

Deno.test("scenarios: one is started by the tool, seen by all, and comes as expected", async () => {
  await using app = await RunningApp.start(CONFIG);
  await app.addScenario("short", SHORT);
  await using open = await openLive(`${app.origin}/`);
  await using other = await openLive(`${app.origin}/`, { colorScheme: "dark" });
  const { page } = open;
  assertEquals(await barOf(page).count(), 0);
  const [lines, played] = play(app, "short");
  await barOf(page).getByText("Next: Outage on auth-service in 0:0").waitFor();
  await barOf(other.page).getByText("Next: end of outage on auth-service").waitFor();
  await page.locator("article .badge", { hasText: "DOWN" }).waitFor();
  for (const each of [page, other.page]) assertEquals(await findViolations(each), []);
  await barOf(page).getByText("All came as expected").waitFor();
  await barOf(other.page).getByText("All came as expected").waitFor();
  assertEquals(await played, 0, lines.join("\n"));
  assertEquals(lines.at(-1), "All came as expected");
  assert(lines.some((line) => line.endsWith("SERVICE_DOWN on auth-service fires")));
  assertEquals([...open.errors, ...other.errors], []);
});

Deno.test("scenarios: one is paused, resumed and stopped by its buttons, also on a small screen", async () => {
  await using app = await RunningApp.start(CONFIG);
  await app.addScenario("short", { ...SHORT, duration: "10m" });
  await using open = await openLive(`${app.origin}/`, { viewport: { width: 360, height: 740 } });
  const { page } = open;
  const [lines, played] = play(app, "short");
  const press = (name: string) =>
    barOf(page).getByRole("button", { name: `${name} the scenario` }).click();
  await page.getByText("outage", { exact: true }).first().waitFor();
  assertEquals(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  await press("Pause");
  await barOf(page).getByText("Paused").waitFor();
  await page.getByText("outage", { exact: true }).waitFor({ state: "detached" });
  assertEquals(await findViolations(page), []);
  await press("Resume");
  await page.getByText("outage", { exact: true }).first().waitFor();
  await press("Stop");
  await barOf(page).getByText("Was stopped").waitFor();
  await page.getByText("outage", { exact: true }).waitFor({ state: "detached" });
  assertEquals([await played, lines.at(-1)], [1, "Stopped before its end"]);
  assertEquals(open.errors, []);
});

function play(app: RunningApp, name: string): [lines: string[], played: Promise<number>] {
  const lines: string[] = [];
  const played = runScenarioTool([name, "--url", app.origin], {
    ...{ folder: "simulators/scenarios", request: fetch, token: undefined },
    print: (line) => lines.push(line),
  });
  return [lines, played];
}

function barOf(page: Page): ReturnType<Page["locator"]> {
  return page.locator(".scenario");
}

async function openLive(...how: Parameters<typeof openPage>): Promise<OpenPage> {
  const open = await openPage(...how);
  await untilLive(open.page);
  return open;
}
