import { assert, assertEquals } from "@std/assert";

import { findViolations, openPage } from "./browser.ts";
import { QUIET, RunningApp } from "./running_app.ts";

for (const colorScheme of ["dark", "light"] as const) {
  Deno.test(`api page: axe finds nothing on it, all unfolded, ${colorScheme}`, async () => {
    await using app = await RunningApp.start(QUIET);
    await using open = await openPage(`${app.origin}/api`, { colorScheme });
    await open.page.evaluate(() => {
      for (const each of document.querySelectorAll("details")) each.open = true;
    });
    assertEquals(await findViolations(open.page), []);
    assertEquals(open.errors, []);
  });
}

Deno.test("api page: it fits 360 pixels, all unfolded", async () => {
  await using app = await RunningApp.start(QUIET);
  const viewport = { width: 360, height: 800 };
  await using open = await openPage(`${app.origin}/api`, { viewport });
  const width = await open.page.evaluate(() => {
    for (const each of document.querySelectorAll("details")) each.open = true;
    return document.documentElement.scrollWidth;
  });
  assertEquals(width, 360);
});

Deno.test("api page: a link leads to an operation, and unfolds a schema", async () => {
  await using app = await RunningApp.start(QUIET);
  await using open = await openPage(`${app.origin}/`);
  const { page } = open;
  await page.getByRole("link", { name: "API", exact: true }).click();
  await page.getByRole("link", { name: "GET /api/services/{name}/history" }).click();
  assert(page.url().endsWith("/api#getHistory"));
  await page.locator("#getHistory:target").waitFor();
  const answer = page.locator("#getHistory .answers details").first();
  await answer.locator("summary").first().click();
  await answer.getByRole("link", { name: "History" }).click();
  await page.locator("#schema-History").getByText("stepMs").waitFor();
  assertEquals(open.errors, []);
});

Deno.test("api page: it is complete without scripts", async () => {
  await using app = await RunningApp.start(QUIET);
  await using open = await openPage(`${app.origin}/api#postSamples`, { javaScriptEnabled: false });
  await open.page.locator("#postSamples:target").getByText("202").waitFor();
});
