/**
 * Chromium for tests.
 *
 * @module
 */

import type { Page } from "playwright-core";

/** A page in a browser of its own. */
export interface BrowserPage extends AsyncDisposable {
  /** The page. */
  readonly page: Page;
  /** Errors of scripts, and whatever the console was told as an error. */
  readonly errors: readonly string[];
}

const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Opens a URL. */
export async function openPage(url: string): Promise<BrowserPage> {
  // Only here, because it looks at the environment when it is imported.
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ARGS });
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.goto(url);
  return { page, errors, [Symbol.asyncDispose]: () => browser.close() };
}
