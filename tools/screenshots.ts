/**
 * Takes the pictures in `docs/images` of a running Vitals: `deno task screenshots`, with its URL as argument
 * if it is not at 127.0.0.1:8000. Needs Chromium.
 *
 * @module
 */

import { type Browser, chromium } from "playwright-core";

const IMAGES = new URL("../docs/images/", import.meta.url);

const SCREENS = [
  { suffix: "", viewport: { width: 1440, height: 900 } },
  { suffix: "-360", viewport: { width: 360, height: 740 } },
];

if (import.meta.main) takeAll(Deno.args[0] ?? "http://127.0.0.1:8000/");

async function takeAll(url: string): Promise<void> {
  await Deno.mkdir(IMAGES, { recursive: true });
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu"],
  });
  try {
    for (const colorScheme of ["dark", "light"] as const) {
      for (const { suffix, viewport } of SCREENS) {
        const bytes = await take(browser, { url, colorScheme, viewport });
        await Deno.writeFile(new URL(`dashboard-${colorScheme}${suffix}.png`, IMAGES), bytes);
      }
    }
  } finally {
    await browser.close();
  }
}

interface Shot {
  readonly url: string;
  readonly colorScheme: "dark" | "light";
  readonly viewport: { readonly width: number; readonly height: number };
}

/** The page is live by then, and has measured its round trip. */
async function take(browser: Browser, { url, ...look }: Shot): Promise<Uint8Array> {
  const page = await browser.newPage(look);
  await page.goto(url);
  await page.locator(".live").getByText(/Live · .*ms/).waitFor();
  const bytes = await page.screenshot();
  await page.close();
  return bytes;
}
