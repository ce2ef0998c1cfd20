import { assertEquals } from "@std/assert";
import { parse } from "jsonc-parser";
import type { FrameLocator, Locator, Page } from "playwright-core";

import { planOf, SLIDES } from "@/components/slides/script.ts";

import { noteErrors, openPage } from "./browser.ts";
import { PROJECT, RunningApp } from "./running_app.ts";

/** Over in a quarter of a minute, and fits the shipped configuration. */
const COFFEE_BREAK = {
  summary: "auth-service is out for a moment.",
  duration: "16s",
  services: [{ name: "auth-service", profile: "api", seed: 1 }],
  timeline: [{ at: "2s", service: "auth-service", kind: "outage", duration: "8s" }],
  expects: {
    alerts: [{ service: "auth-service", rule: "SERVICE_DOWN", fires: "7s", resolves: "11s" }],
    statuses: [
      { at: "9s", service: "auth-service", status: "DOWN" },
      { at: "16s", service: "auth-service", status: "HEALTHY" },
    ],
  },
};

Deno.test("rehearsal: the whole talk and its demo, three times in a row, as they are shipped", async () => {
  await using app = await RunningApp.start(await readShipped());
  await using open = await openPage(`${app.origin}/slides`);
  const { page } = open;
  const errors: string[] = [];
  const presenter = await openPresenter(page, errors);
  for (let turn = 0; turn < 3; turn++) {
    // Not Home: from the second turn on the dashboard has the keyboard, as its button was clicked.
    await page.keyboard.press("1");
    for (const { number } of SLIDES) {
      await untilShown(page, presenter, number);
      if (number === 5) await startStory(page);
      if (number < SLIDES.length) await page.keyboard.press("PageDown");
    }
    // It went on behind the last slides, and questions lead back to it.
    await page.keyboard.press("5");
    await untilShown(page, presenter, 5);
    await stopStory(page);
  }
  await startStory(page);
  await stopStory(page);
  const answer = await fetch(`${app.origin}/api/faults`);
  assertEquals(await answer.json(), []);
  assertEquals([...open.errors, ...errors], []);
});

Deno.test("rehearsal: a story in the frame of the demo comes to its good end", async () => {
  await using app = await RunningApp.start(await readShipped());
  await app.addScenario("coffee-break", COFFEE_BREAK);
  await using open = await openPage(`${app.origin}/slides#5`);
  const demo = await untilDemoLives(open.page);
  const card = demo.locator('[id="service-auth-service"]');
  await card.locator(".badge", { hasText: "HEALTHY" }).waitFor();
  await start(app, "coffee-break");
  await barOf(demo).getByText("Next: Outage on auth-service in 0:0").waitFor();
  await card.locator(".badge", { hasText: "DOWN" }).waitFor();
  await demo.locator(".alert", { hasText: "auth-service" }).getByText("SERVICE_DOWN").waitFor();
  await card.locator(".badge", { hasText: "HEALTHY" }).waitFor();
  await barOf(demo).getByText("All came as expected").waitFor();
  assertEquals(await barOf(demo).getAttribute("data-state"), "passed");
  assertEquals(open.errors, []);
});

/** Returns the shipped configuration, but for where it keeps the past. */
async function readShipped(): Promise<unknown> {
  const { history: _, ...config } = parse(
    await Deno.readTextFile(`${PROJECT}vitals.config.jsonc`),
    [],
    { allowTrailingComma: true },
  );
  return config;
}

async function openPresenter(page: Page, errors: string[]): Promise<Page> {
  await page.locator("html[data-deck]").waitFor();
  const opened = page.waitForEvent("popup");
  await page.keyboard.press("p");
  const presenter = await opened;
  noteErrors(presenter, errors);
  return presenter;
}

async function untilShown(page: Page, presenter: Page, number: number): Promise<void> {
  await page.locator(`[data-slide="${number}"][data-current]`).waitFor();
  await presenter.getByText(planOf(number).notes[0] ?? "").waitFor();
}

async function untilDemoLives(page: Page): Promise<FrameLocator> {
  const demo = page.frameLocator("#demo");
  await demo.locator('.live[data-state="open"]').waitFor();
  return demo;
}

async function startStory(page: Page): Promise<void> {
  const demo = await untilDemoLives(page);
  await page.keyboard.press("s");
  await page.locator(".deck-said").getByText("monday-morning runs, 10 min long.").waitFor();
  const bar = barOf(demo);
  await bar.getByText("monday-morning").waitFor();
  await bar.getByText("Next: CPU spike on auth-service in 0:1").waitFor();
}

async function stopStory(page: Page): Promise<void> {
  const bar = barOf(page.frameLocator("#demo"));
  await bar.getByRole("button", { name: "Stop the scenario" }).click();
  await bar.getByText("Was stopped").waitFor();
}

async function start(app: RunningApp, name: string): Promise<void> {
  const answer = await fetch(`${app.origin}/api/scenarios/current`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name }),
  });
  assertEquals(answer.status, 201, await answer.text());
}

function barOf(demo: FrameLocator): Locator {
  return demo.locator(".scenario");
}
