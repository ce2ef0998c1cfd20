import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertStringIncludes,
} from "@std/assert";
import type { Page } from "playwright-core";

import { SLIDES } from "@/components/slides/script.ts";
import { printSlides } from "@/tools/slides_pdf.ts";

import { findViolations, openPage } from "./browser.ts";
import { RunningApp } from "./running_app.ts";

const SIMULATED = {
  services: [
    { name: "auth-service", source: { kind: "simulated", profile: "api", seed: 1 } },
    { name: "payment-service", source: { kind: "simulated", profile: "payments", seed: 2 } },
  ],
};

const SCREENS = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 360, height: 740 },
];

/** Waits until that slide alone is shown. */
async function untilShown(page: Page, number: number): Promise<void> {
  await page.locator(`[data-slide="${number}"][data-current]`).waitFor();
  assertEquals(await page.locator("[data-slide]:visible").count(), 1);
}

/** Waits until the dashboard in the demo gets live messages. */
async function untilDemoLives(page: Page): Promise<void> {
  const demo = page.frameLocator("#demo");
  await demo.locator('.live[data-state="open"]').waitFor();
  await demo.locator('[id="service-auth-service"]').waitFor();
}

async function scrollWidth(page: Page): Promise<number> {
  return await page.evaluate(() => document.documentElement.scrollWidth);
}

const BUSY = {
  ...{ status: 409, contentType: "application/problem+json" },
  json: { detail: 'Cannot do that: "calm" is played, stop it first' },
};

Deno.test("slides: the whole talk by key, three times in a row, with the live dashboard", async () => {
  await using app = await RunningApp.start(SIMULATED);
  await using open = await openPage("about:blank");
  const { page, errors } = open;
  const hosts = new Set<string>();
  page.on("request", (request) => hosts.add(new URL(request.url()).host));
  await page.goto(`${app.origin}/slides`);
  for (let turn = 0; turn < 3; turn++) {
    await page.keyboard.press("Home");
    for (const { number, name } of SLIDES) {
      await untilShown(page, number);
      assertEquals(await page.title(), `${number} · ${name} · Vitals`);
      if (number > 1) assertEquals(new URL(page.url()).hash, `#${number}`);
      if (number === 5) await untilDemoLives(page);
      await page.keyboard.press(["ArrowRight", "Space", "PageDown"][turn] ?? "ArrowRight");
    }
    await untilShown(page, SLIDES.length);
  }
  assertEquals([...hosts], [new URL(app.origin).host]);
  assertEquals(errors, []);
});

Deno.test("slides: the address carries the slide", async () => {
  await using app = await RunningApp.start(SIMULATED);
  await using open = await openPage(`${app.origin}/slides#3`);
  await untilShown(open.page, 3);
  await open.page.goto(`${app.origin}/slides?slide=6`);
  await untilShown(open.page, 6);
  await open.page.keyboard.press("ArrowLeft");
  await untilShown(open.page, 5);
  assertEquals(new URL(open.page.url()).hash, "#5");
  await open.page.getByRole("link", { name: "2. Architecture" }).click();
  await untilShown(open.page, 2);
  await open.page.reload();
  await untilShown(open.page, 2);
  assertEquals(open.errors, []);
});

Deno.test("slides: the presenter's window keeps in step both ways", async () => {
  await using app = await RunningApp.start(SIMULATED);
  await using open = await openPage(`${app.origin}/slides#2`);
  await untilShown(open.page, 2);
  const opened = open.page.waitForEvent("popup");
  await open.page.keyboard.press("p");
  const presenter = await opened;
  const errors: string[] = [];
  presenter.on("pageerror", (error) => errors.push(String(error)));
  const preview = (which: string, number: number) =>
    presenter.frameLocator(`[data-which="${which}"] iframe`)
      .locator(`[data-slide="${number}"][data-current]`).waitFor();
  await preview("current", 2);
  await preview("next", 3);
  await presenter.getByText(SLIDES[1]?.notes[0] ?? "").waitFor();

  await open.page.keyboard.press("ArrowRight");
  await presenter.getByText(SLIDES[2]?.notes[0] ?? "").waitFor();
  await preview("current", 3);
  await preview("next", 4);
  await presenter.keyboard.press("End");
  await untilShown(open.page, 7);
  await presenter.getByText("The end").waitFor();

  await presenter.route("**/api/scenarios/current", (route) => route.fulfill(BUSY));
  await presenter.keyboard.press("s");
  await open.page.locator(".deck-said").getByText(
    'The scenario did not start: "calm" is played, stop it first.',
  ).waitFor();

  const { width } = await presenter.locator(".preview iframe").first().boundingBox() ??
    { width: 0 };
  const place = await presenter.locator(".preview").first().boundingBox();
  assert(Math.abs(width - (place?.width ?? 0)) < 6, `${width} is not ${place?.width}`);

  await presenter.locator(".elapsed").getByText(/^0:0[1-9]$/).waitFor();
  await presenter.getByRole("button", { name: "Reset time" }).click();
  assertMatch(await presenter.locator(".elapsed").innerText(), /^0:0[01]$/);
  assertMatch(await presenter.locator(".clock").innerText(), /\d/);
  assertEquals(await findViolations(presenter), []);
  assertEquals(errors, []);
});

Deno.test("slides: s starts the scenario, and what came of it is said in words", async () => {
  await using app = await RunningApp.start(SIMULATED);
  await using open = await openPage(`${app.origin}/slides#5`);
  const { page } = open;
  await untilDemoLives(page);
  const said = page.locator(".deck-said");
  const bodies: (string | null)[] = [];
  const answers = [
    { status: 201, json: { durationMs: 600_000 } },
    { status: 404, json: { status: 404 } },
  ];
  await page.route("**/api/scenarios/current", async (route) => {
    bodies.push(route.request().postData());
    await route.fulfill(answers.shift() ?? { status: 500 });
  });
  await page.keyboard.press("s");
  await said.getByText("monday-morning runs, 10 min long.").waitFor();
  await page.keyboard.press("s");
  await said.getByText("This Vitals has no scenario monday-morning.").waitFor();
  assertEquals(bodies, ['{"name":"monday-morning"}', '{"name":"monday-morning"}']);
  await page.keyboard.press("ArrowRight");
  await untilShown(page, 6);
});

Deno.test("slides: a click into the dashboard does not take the keys for turning away", async () => {
  await using app = await RunningApp.start(SIMULATED);
  await using open = await openPage(`${app.origin}/slides#5`);
  const { page } = open;
  await untilDemoLives(page);
  const heading = page.frameLocator("#demo").locator("h1");
  await heading.click();
  await page.keyboard.press("ArrowRight");
  await untilShown(page, 5);
  await page.keyboard.press("PageDown");
  await untilShown(page, 6);
  await page.keyboard.press("ArrowLeft");
  await untilShown(page, 5);
  await heading.click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowLeft");
  await untilShown(page, 4);
  assertEquals(open.errors, []);
});

Deno.test("slides: a swipe turns them", async () => {
  await using app = await RunningApp.start(SIMULATED);
  await using open = await openPage(`${app.origin}/slides`, {
    hasTouch: true,
    viewport: { width: 360, height: 740 },
  });
  await untilShown(open.page, 1);
  const swipe = (from: number, to: number) =>
    open.page.evaluate(([from, to]) => {
      const touch = (clientX = 0) => [
        new Touch({ identifier: 1, target: document.body, clientX, clientY: 300 }),
      ];
      document.body.dispatchEvent(
        new TouchEvent("touchstart", { bubbles: true, touches: touch(from) }),
      );
      document.body.dispatchEvent(
        new TouchEvent("touchend", { bubbles: true, changedTouches: touch(to) }),
      );
    }, [from, to]);
  await swipe(300, 100);
  await untilShown(open.page, 2);
  await swipe(100, 300);
  await untilShown(open.page, 1);
});

Deno.test("slides: ? shows the keys", async () => {
  await using app = await RunningApp.start(SIMULATED);
  await using open = await openPage(`${app.origin}/slides`);
  await untilShown(open.page, 1);
  await open.page.keyboard.press("?");
  await open.page.getByText("presenter's view in a second window").waitFor();
  assertEquals(await findViolations(open.page), []);
  await open.page.keyboard.press("Escape");
  await open.page.locator(".deck-help").waitFor({ state: "detached" });
});

for (const colorScheme of ["dark", "light"] as const) {
  Deno.test(`slides: axe finds nothing on any ${colorScheme} slide`, async () => {
    await using app = await RunningApp.start(SIMULATED);
    await using open = await openPage(`${app.origin}/slides`, {
      colorScheme,
      reducedMotion: "reduce",
    });
    for (const { number } of SLIDES) {
      await open.page.keyboard.press(String(number));
      await untilShown(open.page, number);
      if (number === 5) await untilDemoLives(open.page);
      assertEquals(await findViolations(open.page), [], `slide ${number}`);
    }
  });
}

for (const viewport of SCREENS) {
  Deno.test(`slides: no slide is wider than a screen of ${viewport.width} pixels`, async () => {
    await using app = await RunningApp.start(SIMULATED);
    await using open = await openPage(`${app.origin}/slides`, { viewport });
    for (const { number } of SLIDES) {
      await open.page.keyboard.press(String(number));
      await untilShown(open.page, number);
      assertEquals(await scrollWidth(open.page), viewport.width, `slide ${number}`);
      if (viewport.width < 1_000) continue;
      const height = await open.page.evaluate(() => document.documentElement.scrollHeight);
      assertEquals(height, viewport.height, `slide ${number}`);
    }
  });
}

Deno.test("slides: without scripts they are one page to scroll", async () => {
  await using app = await RunningApp.start(SIMULATED);
  await using open = await openPage(`${app.origin}/slides#7`, { javaScriptEnabled: false });
  assertEquals(await open.page.locator("[data-slide]:visible").count(), SLIDES.length);
  assert(await open.page.locator('[data-slide="7"] h2').isVisible());
  assertEquals(open.errors, []);
});

Deno.test("slides: nothing moves for those who want it so", async () => {
  await using app = await RunningApp.start(SIMULATED);
  await using open = await openPage(`${app.origin}/slides#2`, { reducedMotion: "reduce" });
  await untilShown(open.page, 2);
  const animations = () => open.page.evaluate(() => document.getAnimations().length);
  assertEquals(await animations(), 0);
  assert(await open.page.locator(".station-6").isVisible());
  await open.page.emulateMedia({ reducedMotion: "no-preference" });
  assertNotEquals(await animations(), 0);
});

Deno.test("slides: they print to seven pages, wherever the talk is", async () => {
  await using app = await RunningApp.start(SIMULATED);
  await using open = await openPage(`${app.origin}/slides#4`, { colorScheme: "dark" });
  const pdf = new TextDecoder("latin1").decode(await printSlides(open.page));
  assertStringIncludes(pdf.slice(0, 8), "%PDF-");
  assertEquals(pdf.match(/\/Type \/Page\b/g)?.length, SLIDES.length);
  assertEquals(new Set(pdf.match(/\/MediaBox \[[^\]]*\]/g)), new Set(["/MediaBox [0 0 960 540]"]));
});
