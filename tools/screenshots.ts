/**
 * Takes the pictures in `docs/images` of a running Vitals that has been up for a few minutes, over a year that
 * `deno task history:year` made: `deno task screenshots`, with its URL as argument if it is not at 127.0.0.1:8000.
 * Needs Chromium.
 *
 * @module
 */

import { type Browser, chromium, type Page } from "playwright-core";

import { tokenHeader, visit } from "./visit.ts";

const IMAGES = new URL("../docs/images/", import.meta.url);

const SCREENS = [
  { suffix: "", viewport: { width: 1440, height: 900 } },
  { suffix: "-360", viewport: { width: 360, height: 740 } },
];

/** A service that is in trouble when the pictures are taken, whatever the simulated ones are up to. */
const TROUBLED = "checkout";

/** A service of the made year. */
const LONG_KNOWN = "payment-service";

/** How long it takes until that alert has fired and was told, in milliseconds. */
const WARM_UP_MS = 52_000;

if (import.meta.main) takeAll(Deno.args[0] ?? "http://127.0.0.1:8000/");

async function takeAll(url: string): Promise<void> {
  await Deno.mkdir(IMAGES, { recursive: true });
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu"],
  });
  const heating = new AbortController();
  const heated = heat(url, heating.signal);
  try {
    await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS));
    for (const colorScheme of ["dark", "light"] as const) {
      for (const { suffix, viewport } of SCREENS) {
        const page = await open(browser, { url, colorScheme, viewport });
        await save(page, `dashboard-${colorScheme}${suffix}.png`);
        await page.getByRole("link", { name: `Why? HIGH_CPU on ${TROUBLED}` }).click();
        await page.getByText("log was told.").waitFor();
        await save(page, `why-${colorScheme}${suffix}.png`);
        await page.goto(new URL(`/services/${LONG_KNOWN}?window=1y`, url).href);
        await page.locator('[data-metric="latency"] [role="slider"] canvas').waitFor();
        await untilMeasured(page);
        await save(page, `service-${colorScheme}${suffix}.png`);
        await page.close();
      }
    }
  } finally {
    heating.abort();
    await heated;
    await browser.close();
  }
}

/** Sends samples, a second apart: good ones at first, then hot ones. */
async function heat(url: string, signal: AbortSignal): Promise<void> {
  for (let second = 0; !signal.aborted; second++) {
    const cpu = second < 40 ? 41 + second % 3 : Math.min(94, 70 + (second - 40) * 4) - second % 2;
    const metrics = { cpu, memory: 62.5, latency: 181, errorRate: 0.8 };
    const answer = await fetch(new URL("/api/samples", url), {
      method: "POST",
      headers: { "content-type": "application/json", ...tokenHeader() },
      body: JSON.stringify({ service: TROUBLED, metrics }),
    });
    await answer.body?.cancel();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

interface Shot {
  readonly url: string;
  readonly colorScheme: "dark" | "light";
  readonly viewport: { readonly width: number; readonly height: number };
}

/** The page is live by then, and has measured its round trip. */
async function open(browser: Browser, { url, ...look }: Shot): Promise<Page> {
  const page = await browser.newPage(look);
  await page.context().addCookies([{ name: "first-steps", value: "done", url }]);
  await visit(page, url);
  await untilMeasured(page);
  return page;
}

async function untilMeasured(page: Page): Promise<void> {
  await page.locator(".live").getByText(/Live · .*ms/).waitFor();
}

async function save(page: Page, name: string): Promise<void> {
  await Deno.writeFile(new URL(name, IMAGES), await page.screenshot());
}
