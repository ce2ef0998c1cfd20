/**
 * Chromium for tests.
 *
 * @module
 */

import axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

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

/** How long a page may take to come to what a test waits for, in milliseconds: a test ends, and passes sooner. */
const PATIENCE_MS = 30_000;

/** A page in a browser of its own. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /** Errors of scripts, violations of the content security policy, and errors told to the console. */
  readonly errors: readonly string[];
}

/** Opens a URL in a new browser. */
export async function openPage(
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ARGS });
  try {
    return await openIn(browser, url, options);
  } catch (error) {
    await browser.close();
    throw error;
  }
}

async function openIn(
  browser: Browser,
  url: string,
  options: BrowserContextOptions,
): Promise<OpenPage> {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(PATIENCE_MS);
  const errors: string[] = [];
  noteErrors(page, errors);
  await page.goto(url);
  return { page, errors, [Symbol.asyncDispose]: () => browser.close() };
}

/** Adds errors of scripts and what is told to the console as one, from now on. */
export function noteErrors(page: Page, errors: string[]): void {
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
}

/** Waits until the page gets live messages. */
export async function untilLive(page: Page): Promise<void> {
  await page.locator('.live[data-state="open"]').waitFor();
}

/** Returns a line for each rule of axe that is broken and element. The evaluation is the browser's, which no policy of a page binds. */
export async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run();
    return violations.flatMap(({ help, nodes }) => nodes.map(({ html }) => `${help}: ${html}`));
  });
}
