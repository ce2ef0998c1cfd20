import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import type { Page } from "playwright-core";

import { findViolations, openPage, untilLive } from "./browser.ts";
import { type PushedSample, QUIET, RunningApp } from "./running_app.ts";

/** A second apart up to now, with a hole of a minute in the middle, and too hot at the end. */
function pastSamples(now: number): PushedSample[] {
  return Array.from({ length: 240 }, (_, index) => 240 - index)
    .filter((ago) => ago < 100 || ago > 160)
    .map((ago) => ({
      service: "checkout",
      at: now - ago * 1_000,
      metrics: { cpu: ago < 10 ? 93 : 40 + ago % 5, latency: 120 + ago % 30 },
    }));
}

async function startWithPast(): Promise<RunningApp> {
  const app = await RunningApp.start(QUIET);
  await app.push(...pastSamples(Date.now()));
  return app;
}

const CHARTS = '[data-metric] .line-plot[role="slider"]';

/** Waits until the plots have taken the place of the drawings. */
async function untilPlotted(page: Page): Promise<void> {
  await untilLive(page);
  await page.locator(CHARTS).nth(1).waitFor();
}

/** Tells how many pixels of a canvas are not blank. */
async function countInk(page: Page, metric: string): Promise<number> {
  return await page.locator(`[data-metric="${metric}"] canvas`).evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) return 0;
    const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ??
      { data: [] };
    let ink = 0;
    for (let index = 3; index < data.length; index += 4) if (data[index] !== 0) ink++;
    return ink;
  });
}

/** Waits until a plot is there and has drawn, which it does in the next frame but one. */
async function untilDrawn(page: Page, metric: string): Promise<void> {
  await untilLive(page);
  await page.locator(`[data-metric="${metric}"] [role="slider"] canvas`).waitFor();
  await page.evaluate(() =>
    new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  );
}

Deno.test("service page: the first paint has it all before scripts run", async () => {
  await using app = await startWithPast();
  await using open = await openPage(`${app.origin}/services/checkout?window=5m`, {
    javaScriptEnabled: false,
  });
  const { page } = open;
  assertEquals(await page.locator("h1").textContent(), "checkout");
  const line = await page.locator('[data-metric="cpu"] .mean').getAttribute("d");
  assertEquals(line?.match(/M/g)?.length, 2, "one line on each side of the hole");
  assert(await page.locator('[data-metric="cpu"] tbody tr').count() > 30);
  assert(await page.locator(".timeline .span").count() > 0);
  await page.getByText("HIGH_CPU fired, warning").waitFor();
  await page.getByRole("link", { name: "24 h" }).click();
  assertMatch(page.url(), /\?window=24h$/);
  assertEquals(open.errors, []);
});

Deno.test("service page: a card leads to it, and it draws each metric", async () => {
  await using app = await startWithPast();
  await using open = await openPage("about:blank");
  const { page } = open;
  const scripts: string[] = [];
  page.on("request", (request) => scripts.push(new URL(request.url()).pathname));
  const loadsPlot = () => scripts.some((path) => path.includes("line_plot"));
  await page.goto(`${app.origin}/`);
  await untilLive(page);
  assert(!loadsPlot(), "the dashboard has no use for what draws charts");
  await page.getByRole("heading", { name: "checkout" }).getByRole("link").click();
  await page.waitForURL(`${app.origin}/services/checkout`);
  await page.getByRole("link", { name: "5 min" }).click();
  await untilPlotted(page);
  for (const metric of ["cpu", "latency"]) assert(await countInk(page, metric) > 200, metric);
  assertEquals(await page.locator("[data-metric]").count(), 2);
  assert(loadsPlot());
  assertEquals(open.errors, []);
});

Deno.test("service page: a live sample arrives without a reload", async () => {
  await using app = await startWithPast();
  await using open = await openPage(`${app.origin}/services/checkout?window=5m`);
  const { page } = open;
  await untilPlotted(page);
  const slider = page.getByRole("slider", { name: "CPU over time" });
  const before = Number(await slider.getAttribute("aria-valuemax"));
  await app.push({ service: "checkout", metrics: { cpu: 77.7 } });
  await page.waitForFunction(
    ([selector, last]) =>
      Number(document.querySelector(selector)?.getAttribute("aria-valuemax")) > last,
    ['[data-metric="cpu"] [role="slider"]', before] as const,
  );
  await slider.focus();
  await page.keyboard.press("End");
  await page.locator('[data-metric="cpu"] .readout').getByText("77.7 %").waitFor();
  assertEquals(open.errors, []);
});

Deno.test("service page: windows and zoom are in the address, and the way back works", async () => {
  await using app = await startWithPast();
  await using open = await openPage(`${app.origin}/services/checkout?window=5m`);
  const { page } = open;
  await untilPlotted(page);
  await page.getByRole("link", { name: "6 h" }).click();
  assertMatch(page.url(), /\?window=6h$/);
  await page.goBack();
  assertMatch(page.url(), /\?window=5m$/);
  const box = await page.locator(CHARTS).first().boundingBox();
  assert(box !== null);
  await page.mouse.move(box.x + box.width / 4, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + 50, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL(/\?window=5m&from=\d+&to=\d+$/);
  const zoomed = page.url();
  await page.getByRole("link", { name: "Back to now" }).click();
  assertMatch(page.url(), /\?window=5m$/);
  await page.goto(zoomed);
  await untilPlotted(page);
  const params = new URL(zoomed).searchParams;
  const lengthMs = Number(params.get("to")) - Number(params.get("from"));
  assert(Math.abs(lengthMs - 75_000) < 5_000, `${lengthMs} ms`);
  await page.locator(".zoom").getByText("–").waitFor();
  assertEquals(open.errors, []);
});

Deno.test("service page: the charts share one cursor, which the keys move", async () => {
  await using app = await startWithPast();
  await using open = await openPage(`${app.origin}/services/checkout?window=5m`);
  const { page } = open;
  await untilPlotted(page);
  const slider = page.getByRole("slider", { name: "CPU over time" });
  await slider.focus();
  await page.keyboard.press("End");
  const readouts = page.locator('.readout[data-cursor="true"]');
  await readouts.nth(1).waitFor();
  const newest = await slider.getAttribute("aria-valuetext");
  await page.keyboard.press("ArrowLeft");
  await page.waitForFunction(
    (text) => document.activeElement?.getAttribute("aria-valuetext") !== text,
    newest,
  );
  const times = await readouts.locator("span:first-child").allTextContents();
  assertEquals(times[0], times[1]);
  await page.keyboard.press("+");
  await page.waitForURL(/from=\d+&to=\d+$/);
  assertEquals(await page.evaluate(() => document.activeElement?.role), "slider");
  await page.keyboard.press("-");
  await page.waitForURL(/\?window=5m$/);
  assertEquals(open.errors, []);
});

Deno.test("service page: an event leads to the window around it, and is marked", async () => {
  await using app = await startWithPast();
  await using open = await openPage(`${app.origin}/services/checkout?window=5m`);
  const { page } = open;
  await untilPlotted(page);
  const event = page.locator(".event-list li", { hasText: "fired, warning" });
  await event.getByRole("link").first().click();
  await page.waitForURL(/from=\d+&to=\d+&at=\d+$/);
  assertEquals(await event.getAttribute("aria-current"), "true");
  assertEquals(await page.locator(".mark-line").count(), 2);
  await event.getByRole("link", { name: "why HIGH_CPU firing" }).click();
  await page.getByRole("heading", { name: "HIGH_CPU" }).waitFor();
  assertMatch(page.url(), /\/alerts\/HIGH_CPU:checkout:/);
  assertEquals(open.errors, []);
});

Deno.test("service page: each chart has a table of at most sixty rows", async () => {
  await using app = await startWithPast();
  await using open = await openPage(`${app.origin}/services/checkout?window=5m`);
  const { page } = open;
  await untilPlotted(page);
  await page.getByText("CPU as a table").click();
  const table = page.getByRole("table", { name: "CPU in this window" });
  const rows = await table.locator("tbody tr").count();
  assert(rows > 30 && rows <= 60, `${rows}`);
  assertEquals(await table.getByRole("columnheader").count(), 5);
  assertEquals(await table.getByRole("rowheader").count(), rows);
  assertEquals(open.errors, []);
});

Deno.test("service page: lines follow the theme", async () => {
  await using app = await startWithPast();
  await using open = await openPage(`${app.origin}/services/checkout?window=5m`, {
    colorScheme: "dark",
  });
  const { page } = open;
  await untilPlotted(page);
  const picture = () =>
    page.locator('[data-metric="latency"] canvas').evaluate((canvas) =>
      canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : ""
    );
  const dark = await picture();
  await page.getByRole("button", { name: "Switch to light" }).click();
  await page.waitForFunction(
    ([selector, before]) => {
      const canvas = document.querySelector(selector);
      return canvas instanceof HTMLCanvasElement && canvas.toDataURL() !== before;
    },
    ['[data-metric="latency"] canvas', dark] as const,
  );
  assertNotEquals(await picture(), dark);
  assertEquals(open.errors, []);
});

for (const colorScheme of ["dark", "light"] as const) {
  Deno.test(`service page: axe finds nothing on the ${colorScheme} one`, async () => {
    await using app = await startWithPast();
    await using open = await openPage(`${app.origin}/services/checkout?window=5m`, { colorScheme });
    await untilPlotted(open.page);
    assertEquals(await findViolations(open.page), []);
  });
}

Deno.test("service page: a line at zero is seen", async () => {
  await using app = await RunningApp.start(QUIET);
  const now = Date.now();
  await app.push(
    ...pastSamples(now).map(({ service, at = now }) => ({
      ...{ service, at, metrics: { errorRate: 0 } },
    })),
  );
  await using open = await openPage(`${app.origin}/services/checkout?window=5m`);
  await untilDrawn(open.page, "errorRate");
  assert(await countInk(open.page, "errorRate") > 500);
  assertEquals(open.errors, []);
});

Deno.test("service page: samples that came in one burst are seen", async () => {
  await using app = await RunningApp.start(QUIET);
  const now = Date.now();
  for (const ago of [6, 3, 0]) {
    await app.push({ service: "checkout", at: now - ago, metrics: { cpu: 97 } });
  }
  await using open = await openPage(`${app.origin}/services/checkout?window=1h`);
  await untilDrawn(open.page, "cpu");
  assert(await countInk(open.page, "cpu") > 3);
  assertEquals(open.errors, []);
});

Deno.test("service page: a window without samples says so in one line", async () => {
  await using app = await startWithPast();
  const to = Date.now() - 600_000;
  await using open = await openPage(
    `${app.origin}/services/checkout?window=1h&from=${to - 60_000}&to=${to}`,
  );
  const words = open.page.locator(".no-samples").first();
  await words.getByText("The last one is of").waitFor();
  const tops = await words.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return [...range.getClientRects()].map(({ top }) => top);
  });
  assert(Math.max(...tops) - Math.min(...tops) < 6, `${tops}`);
  assertEquals(open.errors, []);
});

Deno.test("service page: nothing is wider than a screen of 360 pixels", async () => {
  await using app = await RunningApp.start(QUIET);
  const longest = "a-name.that_is-as-long-as-names.may_be-which-is-64-characters-xx";
  await app.push({ service: longest, metrics: { cpu: 99.9, latency: 123_456 } });
  await using open = await openPage(`${app.origin}/services/${longest}?window=5m`, {
    viewport: { width: 360, height: 740 },
  });
  await untilPlotted(open.page);
  assertEquals(await open.page.evaluate(() => document.documentElement.scrollWidth), 360);
  assertEquals(open.errors, []);
});

Deno.test("service page: a service that is not known has no page", async () => {
  await using app = await RunningApp.start(QUIET);
  const response = await fetch(`${app.origin}/services/nobody`);
  assert((await response.text()).includes("There is no such page"));
  assertEquals(response.status, 404);
});
