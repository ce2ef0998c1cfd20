/**
 * Opens a page of a running Vitals for a tool, which signs in with `VITALS_TOKEN` of the environment if that is
 * wanted.
 *
 * @module
 */

import type { Page } from "playwright-core";

/** Goes to an address. */
export async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  const token = Deno.env.get("VITALS_TOKEN")?.trim();
  if (!token || new URL(page.url()).pathname !== "/login") return;
  await page.getByLabel("Token").fill(token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(url);
}

/** Returns the header that programs send. */
export function tokenHeader(): Readonly<Record<string, string>> {
  const token = Deno.env.get("VITALS_TOKEN")?.trim();
  return token ? { authorization: `Bearer ${token}` } : {};
}
