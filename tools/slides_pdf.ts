/**
 * Prints the talk of a running Vitals to a PDF, a page for each slide: `deno task slides:pdf`, with `--url` if it is
 * not at 127.0.0.1:8000, and `--out` for another file than `slides.pdf`. Needs Chromium.
 *
 * @module
 */

import { parseArgs } from "node:util";

import { chromium, type Page } from "playwright-core";

import { visit } from "./visit.ts";

if (import.meta.main) void main(Deno.args);

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      url: { type: "string", default: "http://127.0.0.1:8000" },
      out: { type: "string", default: "slides.pdf" },
    },
  });
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu"],
  });
  try {
    const page = await browser.newPage({ colorScheme: "light", reducedMotion: "reduce" });
    await visit(page, new URL("/slides", values.url).href);
    await Deno.writeFile(values.out, await printSlides(page));
    // deno-lint-ignore no-console -- says where the file is
    console.log(`Written: ${values.out}`);
  } finally {
    await browser.close();
  }
}

/** Returns the slides of an open page as a PDF, in the page size that their style sheet asks for. */
export async function printSlides(page: Page): Promise<Uint8Array> {
  await page.locator("[data-slide][data-current]").waitFor();
  return await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true });
}
