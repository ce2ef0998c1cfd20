import { assert, assertEquals } from "@std/assert";

import type { Locator, Page } from "playwright-core";

import { findViolations, type OpenPage, openPage, untilLive } from "./browser.ts";
import { RunningApp } from "./running_app.ts";

const SERVICE = "payment-service";

/** Few rules, so that hardly anything happens that no test asked for. */
const QUIET_RULES = [
  { name: "HIGH_CPU", metric: "cpu", above: 85, for: 3, severity: "warning" },
  { name: "SERVICE_DOWN", missingHeartbeat: "1h", severity: "critical" },
];

const SIMULATED = {
  services: [
    { name: SERVICE, source: { kind: "simulated", profile: "payments", seed: 2 } },
    { name: "checkout", source: { kind: "push" } },
  ],
  rules: QUIET_RULES,
};

Deno.test("faults: a stranger injects one by two clicks, sees what it does, and ends it by one", async () => {
  await using app = await RunningApp.start(SIMULATED);
  await using open = await openLive(`${app.origin}/`);
  const { page } = open;
  await using other = await openLive(`${app.origin}/`);
  await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
  const card = cardOf(page);
  await card.locator(".badge", { hasText: "HEALTHY" }).waitFor();
  await card.getByRole("button", { name: "Inject fault" }).click();
  const menu = page.getByRole("dialog", { name: `Inject a fault into ${SERVICE}` });
  await menu.getByRole("button", { name: "CPU spike" }).click();
  await menu.waitFor({ state: "detached" });
  await card.getByText("cpu spike").waitFor();
  // All others that look see it too.
  await cardOf(other.page).getByText("cpu spike").waitFor();
  await card.locator(".badge", { hasText: "DEGRADED" }).waitFor();
  const alert = page.locator(".alert", { hasText: "HIGH_CPU" });
  await alert.getByText(/CPU 9\d\.\d % above 85 % for 3 samples/).waitFor();
  assertEquals(await findViolations(page), []);
  await card.getByRole("button", { name: `End cpu-spike on ${SERVICE}` }).click();
  await card.getByText("cpu spike").waitFor({ state: "detached" });
  assert(await hasFocus(card.getByRole("button", { name: "Inject fault" })));
  await card.locator(".badge", { hasText: "HEALTHY" }).waitFor();
  await alert.waitFor({ state: "detached" });
  assert(await page.evaluate(() => "sameDocument" in globalThis));
  assertEquals([...open.errors, ...other.errors], []);
});

Deno.test("faults: a crash ends the worker, which is started again by itself", async () => {
  await using app = await RunningApp.start(SIMULATED);
  await using open = await openLive(`${app.origin}/`);
  const card = cardOf(open.page);
  await card.getByRole("button", { name: "Inject fault" }).click();
  await open.page.getByRole("button", { name: "Crash" }).click();
  await card.getByText("restarted 1×").waitFor();
  await card.getByText("Restarting").waitFor({ state: "detached" });
  assertEquals(open.errors, []);
});

Deno.test("faults: the menu is one for the keyboard, and gives the focus back", async () => {
  await using app = await RunningApp.start(SIMULATED);
  await using open = await openLive(`${app.origin}/services/${SERVICE}`);
  const { page } = open;
  const button = page.getByRole("button", { name: `Inject fault into ${SERVICE}` });
  await button.press("Enter");
  const menu = page.getByRole("dialog", { name: `Inject a fault into ${SERVICE}` });
  const kind = (name: string) => menu.getByRole("button", { name });
  await menu.waitFor();
  assert(await hasFocus(kind("CPU spike")));
  assertEquals(await findViolations(page), []);
  await page.keyboard.press("End");
  assert(await hasFocus(kind("Slow network")));
  await page.keyboard.press("Escape");
  await menu.waitFor({ state: "detached" });
  assert(await hasFocus(button));
  await page.keyboard.press("Enter");
  await menu.getByRole("radio", { name: "Worst" }).check();
  await menu.getByRole("radio", { name: "5 min" }).check();
  await kind("CPU spike").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByText("memory leak", { exact: true }).waitFor();
  assert(await hasFocus(button));
  const [fault] = await (await fetch(`${app.origin}/api/faults`)).json();
  assertEquals([fault.kind, fault.intensity, fault.durationMs], ["memory-leak", 1, 300_000]);
  assertEquals(open.errors, []);
});

Deno.test("faults: a service that is not simulated offers none, and refuses them", async () => {
  await using app = await RunningApp.start(SIMULATED);
  await using open = await openLive(`${app.origin}/`);
  const { page } = open;
  const card = page.locator('[id="service-checkout"]');
  await card.waitFor();
  assertEquals(await card.getByRole("button").count(), 0);
  await page.goto(`${app.origin}/services/checkout`);
  await untilLive(page);
  assertEquals(await page.getByRole("button", { name: "Inject fault" }).count(), 0);
  const answer = await fetch(`${app.origin}/api/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ service: "checkout", kind: "outage" }),
  });
  const message = "checkout is not simulated: faults are for simulated services only";
  assertEquals([answer.status, (await answer.json()).issues], [
    422,
    [{ path: "service", message }],
  ]);
  assertEquals(open.errors, []);
});

Deno.test("faults: where a token is set, who is signed in needs none more", async () => {
  await using app = await RunningApp.start(SIMULATED, { VITALS_TOKEN: "let-me-in-please" });
  await using open = await openPage(`${app.origin}/`);
  const { page } = open;
  await page.getByLabel("Token").fill("let-me-in-please");
  await page.keyboard.press("Enter");
  await untilLive(page);
  const card = cardOf(page);
  await card.getByRole("button", { name: "Inject fault" }).click();
  await page.getByRole("button", { name: "Error burst" }).click();
  await card.getByText("error burst").waitFor();
  await card.getByRole("button", { name: `End error-burst on ${SERVICE}` }).click();
  await card.getByText("error burst").waitFor({ state: "detached" });
});

Deno.test("faults: without scripts they are shown, and nothing is offered that would not work", async () => {
  await using app = await RunningApp.start(SIMULATED);
  await fetch(`${app.origin}/api/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ service: SERVICE, kind: "slow-network", duration: "5m" }),
  }).then((answer) => answer.body?.cancel());
  await using open = await openPage(`${app.origin}/`, { javaScriptEnabled: false });
  const card = cardOf(open.page);
  assert((await card.innerText()).includes("SLOW NETWORK"));
  assertEquals(await card.locator("button:visible").count(), 0);
  await open.page.goto(`${app.origin}/services/${SERVICE}`);
  assertEquals(await open.page.locator(".faults button:visible").count(), 0);
});

Deno.test("faults: the menu fits a screen of 360 pixels", async () => {
  await using app = await RunningApp.start(SIMULATED);
  await using open = await openPage(`${app.origin}/`, { viewport: { width: 360, height: 640 } });
  const { page } = open;
  await untilLive(page);
  await cardOf(page).getByRole("button", { name: "Inject fault" }).click();
  const menu = page.getByRole("dialog");
  await menu.waitFor();
  const box = await menu.boundingBox();
  assert(box !== null && box.x >= 0 && box.x + box.width <= 360, JSON.stringify(box));
  assert(box.y >= 0 && box.y + box.height <= 640, JSON.stringify(box));
  assertEquals(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  assertEquals(await findViolations(page), []);
});

function cardOf(page: Page): Locator {
  return page.locator(`[id="service-${SERVICE}"]`);
}

async function openLive(url: string): Promise<OpenPage> {
  const open = await openPage(url);
  await untilLive(open.page);
  return open;
}

async function hasFocus(element: Locator): Promise<boolean> {
  return await element.evaluate((node) => node === document.activeElement);
}
