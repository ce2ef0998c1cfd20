import { assert, assertEquals, assertStringIncludes } from "@std/assert";

import type { Locator, Page } from "playwright-core";

import { findViolations, openPage, untilLive } from "./browser.ts";
import { QUIET, RunningApp } from "./running_app.ts";

const LONGEST = "a-name.that_is-as-long-as-names.may_be-which-is-64-characters-xx";

/** All parts of the page of alerts. */
const PARTS = [
  "/alerts",
  ...["history", "silences", "delivery"].map((part) => `/alerts?view=${part}`),
];

/** One rule that fires at the first sample, and one that waits. */
const EAGER = {
  services: [],
  rules: [
    { name: "HIGH_CPU", metric: "cpu", above: 85, clear: 80, for: 1, severity: "warning" },
    { name: "HIGH_MEMORY", metric: "memory", above: 90, for: 3, severity: "critical" },
    { name: "SERVICE_DOWN", missingHeartbeat: "1h", severity: "critical" },
  ],
};

Deno.test("alerts: a page of its own says why, without scripts", async () => {
  await using app = await RunningApp.start(QUIET);
  for (const cpu of [91, 92.5, 93.1]) await app.push({ service: "auth", metrics: { cpu } });
  await using open = await openPage(`${app.origin}/`, { javaScriptEnabled: false });
  const { page } = open;
  assertEquals(await page.locator(".alert button:visible").count(), 0);
  await page.getByRole("link", { name: "Why? HIGH_CPU on auth" }).click();
  const story = await page.locator(".story").innerText();
  assertStringIncludes(story, "CPU above 85 % for 3 samples; resolves at 85 % or less.");
  assertStringIncludes(story, "CPU was 93.1 %: 8.1 percentage points above the limit of 85 %.");
  assertStringIncludes(story, "Nobody was told: no receivers are configured.");
  const cause = page.locator(".evidence").first();
  assertEquals(await cause.locator('.chart > .value[data-level="breach"]').count(), 3);
  assertEquals(await cause.locator(".chart > .limit").count(), 1);
  assertEquals(open.errors, []);
});

Deno.test("alerts: the code of dialogs is loaded by the first press", async () => {
  await using app = await RunningApp.start(EAGER);
  await app.push({ service: "auth", metrics: { cpu: 99 } });
  await using open = await openPage("about:blank");
  const scripts: string[] = [];
  open.page.on("request", (request) => scripts.push(request.url()));
  await open.page.goto(`${app.origin}/`);
  await untilLive(open.page);
  const isActs = (url: string) => url.includes("/alert_acts");
  assert(!scripts.some(isActs));
  await open.page.getByRole("button", { name: "Silence HIGH_CPU on auth" }).click();
  await open.page.getByRole("dialog", { name: "Silence" }).waitFor();
  assert(scripts.some(isActs));
  assertEquals(open.errors, []);
});

Deno.test("alerts: Why? opens over the page by keyboard, and gives the focus back", async () => {
  await using app = await RunningApp.start(EAGER);
  await app.push({ service: "auth", metrics: { cpu: 93.1 } });
  await using open = await openLive(`${app.origin}/`);
  const { page } = open;
  const why = page.getByRole("link", { name: "Why? HIGH_CPU on auth" });
  await why.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Why? HIGH_CPU on auth" });
  await dialog.getByText("CPU was 93.1 %").first().waitFor();
  assertEquals(new URL(page.url()).pathname, "/");
  assertEquals(await findViolations(page), []);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert(await hasFocus(why));
  assertEquals(open.errors, []);
});

Deno.test("alerts: the first acknowledgement asks for a name, the next is one press", async () => {
  await using app = await RunningApp.start(EAGER);
  await app.push({ service: "auth", metrics: { cpu: 99 } }, {
    service: "cart",
    metrics: { cpu: 99 },
  });
  await using open = await openLive(`${app.origin}/`);
  const { page } = open;
  await page.getByRole("button", { name: "Acknowledge HIGH_CPU on auth" }).click();
  await page.getByLabel("Your name").fill("Anna");
  await page.getByLabel("Note").fill("restarting it");
  assertEquals(await findViolations(page), []);
  await page.keyboard.press("Enter");
  await page.getByText("Acknowledged by Anna · restarting it").waitFor();
  await page.getByRole("button", { name: "Acknowledge HIGH_CPU on cart" }).click();
  await page.locator(".chip").nth(1).waitFor();
  assertEquals(await page.locator(".chip").allInnerTexts().then((chips) => chips.length), 2);
  await page.getByRole("button", { name: "Take back HIGH_CPU on cart" }).click();
  await page.getByRole("button", { name: "Acknowledge HIGH_CPU on cart" }).waitFor();
  assertEquals(open.errors, []);
});

Deno.test("alerts: a silence is made, shown by the live channel, listed, and ended", async () => {
  await using app = await RunningApp.start(EAGER);
  await app.push({ service: "auth", metrics: { cpu: 99 } }, {
    service: "cart",
    metrics: { cpu: 99 },
  });
  await using open = await openLive(`${app.origin}/`);
  const { page } = open;
  await page.getByRole("button", { name: "Silence HIGH_CPU on auth" }).click();
  const dialog = page.getByRole("dialog", { name: "Silence" });
  await dialog.getByRole("button", { name: "Remove service" }).click();
  await dialog.getByText("mutes 2 alerts now").waitFor();
  await dialog.getByRole("radio", { name: "4 h" }).check();
  await dialog.getByLabel("Your name").fill("Anna");
  await dialog.getByLabel("Reason").fill("deploy");
  assertEquals(await findViolations(page), []);
  await dialog.getByRole("button", { name: "Silence", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await page.locator(".chip", { hasText: "Anna: deploy" }).nth(1).waitFor();
  await page.goto(`${app.origin}/alerts?view=silences`);
  await untilLive(page);
  await page.getByText("mutes 2 alerts now").waitFor();
  await page.getByRole("button", { name: "End silence: HIGH_CPU on all services" }).click();
  await page.getByText("1 expired").waitFor();
  assertEquals(open.errors, []);
});

Deno.test("alerts: the page of alerts follows without a reload", async () => {
  await using app = await RunningApp.start(EAGER);
  await using open = await openLive(`${app.origin}/alerts`);
  const { page } = open;
  await app.push({ service: "auth", metrics: { cpu: 99, memory: 95 } });
  await page.locator("#open").getByText("HIGH_CPU").waitFor();
  await page.locator("#pending").getByText("1 of 3").waitFor();
  await page.goto(`${app.origin}/alerts?view=history`);
  await untilLive(page);
  await app.push({ service: "auth", metrics: { cpu: 20 } });
  await page.getByRole("rowheader", { name: "HIGH_CPU" }).waitFor();
  assertEquals(open.errors, []);
});

Deno.test("alerts: a new alert calls by a message of the browser once that is switched on", async () => {
  await using app = await RunningApp.start(EAGER);
  await using open = await openPage("about:blank");
  const { page } = open;
  await page.addInitScript(recordNotifications);
  await page.goto(`${app.origin}/`);
  await untilLive(page);
  await app.push({ service: "before", metrics: { cpu: 99 } });
  await page.getByRole("link", { name: "Why? HIGH_CPU on before" }).waitFor();
  assertEquals(await recorded(page), { asked: 0, shown: [] });
  await page.getByRole("button", { name: "Call me when an alert fires: off" }).click();
  await page.getByRole("switch", { name: "Browser notification" }).click();
  await page.getByRole("switch", { name: "Browser notification", checked: true }).waitFor();
  await app.push({ service: "after", metrics: { cpu: 99 } });
  await page.getByRole("link", { name: "Why? HIGH_CPU on after" }).waitFor();
  assertEquals(await recorded(page), { asked: 1, shown: ["Warning: after"] });
  await page.reload();
  await page.getByRole("button", { name: "Call me when an alert fires: on" }).waitFor();
  assertEquals(await recorded(page), { asked: 0, shown: [] });
  assertEquals(open.errors, []);
});

Deno.test("alerts: who was told is said, and a receiver can be tried out", async () => {
  await using app = await RunningApp.start({ ...EAGER, receivers: [{ name: "ops", kind: "log" }] });
  await app.push({ service: "auth", metrics: { cpu: 99 } });
  await using open = await openLive(`${app.origin}/`);
  const { page } = open;
  await page.getByRole("link", { name: "Why? HIGH_CPU on auth" }).click();
  await page.getByRole("dialog").getByText(/Nobody was told|ops was told/).waitFor();
  await page.goto(`${app.origin}/alerts?view=delivery`);
  await untilLive(page);
  await page.getByRole("button", { name: "Test ops" }).click();
  await page.locator(".outcome", { hasText: "Delivered" }).waitFor();
  await page.locator("#log").getByText(/ops \(log\): sent, test: delivered/).waitFor();
  assertEquals(open.errors, []);
});

Deno.test("alerts: where a token is set, who is signed in gives a name once, and then acts by one press", async () => {
  await using app = await RunningApp.start(EAGER, { VITALS_TOKEN: "correct-horse" });
  const hot = { cpu: 99 };
  await app.push({ service: "auth", metrics: hot }, { service: "cart", metrics: hot });
  await using open = await openPage(`${app.origin}/`);
  const { page } = open;
  await page.getByLabel("Token").fill("correct-horse");
  await page.keyboard.press("Enter");
  await untilLive(page);
  await page.getByRole("button", { name: "Acknowledge HIGH_CPU on auth" }).click();
  await page.getByLabel("Your name").fill("Anna");
  await page.keyboard.press("Enter");
  await page.getByText("Acknowledged by Anna").waitFor();
  await page.getByRole("button", { name: "Acknowledge HIGH_CPU on cart" }).click();
  await page.locator(".chip").nth(1).waitFor();
  assert(!page.url().includes("correct-horse"));
});

for (const colorScheme of ["dark", "light"] as const) {
  Deno.test(`alerts: axe finds nothing on the ${colorScheme} pages`, async () => {
    await using app = await RunningApp.start(EAGER);
    await app.push({ service: "auth", metrics: { cpu: 99, memory: 95 } });
    await using open = await openPage("about:blank", { colorScheme });
    for (const path of [...PARTS, await alertPathOf(app, "auth")]) {
      await open.page.goto(app.origin + path);
      await untilLive(open.page);
      assertEquals(await findViolations(open.page), [], path);
    }
  });
}

Deno.test("alerts: nothing is wider than a screen of 360 pixels", async () => {
  await using app = await RunningApp.start(EAGER);
  await app.push({ service: LONGEST, metrics: { cpu: 99 } });
  await app.push({ service: LONGEST, metrics: { cpu: 10 } });
  await app.push({ service: LONGEST, metrics: { cpu: 99, memory: 95 } });
  await using open = await openPage("about:blank", { viewport: { width: 360, height: 740 } });
  for (const path of [...PARTS, await alertPathOf(app, LONGEST)]) {
    await open.page.goto(app.origin + path);
    await untilLive(open.page);
    assertEquals(await open.page.evaluate(() => document.documentElement.scrollWidth), 360, path);
  }
});

async function openLive(url: string) {
  const open = await openPage(url);
  await untilLive(open.page);
  return open;
}

async function alertPathOf(app: RunningApp, service: string): Promise<string> {
  const response = await fetch(`${app.origin}/api/alerts?service=${service}`);
  const alerts: { readonly id: string }[] = await response.json();
  return `/alerts/${alerts[0]?.id}`;
}

function hasFocus(element: Locator): Promise<boolean> {
  return element.evaluate((node) => node === document.activeElement);
}

/** Runs in the page, before its own scripts: nobody is asked, and what would be shown is kept. */
function recordNotifications(): void {
  const record = { asked: 0, shown: [] as string[] };
  class FakeNotification extends EventTarget {
    static permission = "default";
    static requestPermission() {
      record.asked++;
      FakeNotification.permission = "granted";
      return Promise.resolve("granted");
    }
    constructor(title: string) {
      super();
      record.shown.push(title);
    }
  }
  Object.assign(globalThis, { Notification: FakeNotification, notificationRecord: record });
}

function recorded(page: Page): Promise<unknown> {
  return page.evaluate(() => (globalThis as { notificationRecord?: unknown }).notificationRecord);
}
