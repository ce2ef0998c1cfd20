import { assert, assertEquals, assertNotEquals } from "@std/assert";

import { QUIET, RunningApp } from "./running_app.ts";
import { openPage, untilLive } from "./browser.ts";

const SIMULATED = {
  services: [
    { name: "auth-service", source: { kind: "simulated", profile: "api", seed: 1 } },
    { name: "payment-service", source: { kind: "simulated", profile: "payments", seed: 2 } },
  ],
};

/** What `/` may load, in bytes after gzip. */
const MAX_SCRIPT_BYTES = 25 * 1024;

Deno.test("dashboard: the first paint has the data before scripts run", async () => {
  await using app = await RunningApp.start(QUIET);
  await app.push({ service: "checkout", metrics: { cpu: 41.2, latency: 120.4 } });
  await using open = await openPage(`${app.origin}/`, { javaScriptEnabled: false });
  const card = open.page.locator("article");
  assertEquals(await card.locator("h2").textContent(), "checkout");
  const values = await card.locator("dl").innerText();
  assert(values.includes("41.2 %"), values);
  assert(values.includes("120 ms"), values);
  assertEquals(await open.page.locator("h1").textContent(), "1 service healthy");
  assertEquals(open.errors, []);
});

Deno.test("dashboard: simulated services change without a reload", async () => {
  await using app = await RunningApp.start(SIMULATED);
  await using open = await openPage(`${app.origin}/`);
  await untilLive(open.page);
  await open.page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
  for (const { name } of SIMULATED.services) {
    const values = open.page.locator(`[id="service-${name}"] dl`);
    const before = await values.textContent();
    await open.page.waitForFunction(
      ([id, text]) => document.querySelector(`[id="${id}"] dl`)?.textContent !== text,
      [`service-${name}`, before] as const,
    );
    assertNotEquals(await values.textContent(), before);
  }
  assert(await open.page.evaluate(() => "sameDocument" in globalThis));
  assertEquals(open.errors, []);
});

Deno.test("dashboard: two browsers stay in step", async () => {
  await using app = await RunningApp.start(QUIET);
  await using one = await openPage(`${app.origin}/`);
  await using other = await openPage(`${app.origin}/`);
  for (const { page } of [one, other]) await untilLive(page);
  for (const cpu of [12.5, 33.4, 71.9]) {
    await app.push({ service: "checkout", metrics: { cpu } }, { service: "cart" });
    for (const { page } of [one, other]) await page.getByText(`${cpu} %`).first().waitFor();
    const [first, second] = await Promise.all(
      [one, other].map(({ page }) => page.locator("article dl, h1, .counts").allInnerTexts()),
    );
    assertEquals(first, second);
  }
  assertEquals([...one.errors, ...other.errors], []);
});

Deno.test("dashboard: the chosen theme is remembered", async () => {
  await using app = await RunningApp.start(QUIET);
  await using open = await openPage(`${app.origin}/`, { colorScheme: "dark" });
  await untilLive(open.page);
  const theme = () => open.page.locator("html").getAttribute("data-theme");
  const background = () =>
    open.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  assertEquals(await theme(), null);
  await open.page.getByRole("button", { name: "Switch to light" }).click();
  assertEquals(await theme(), "light");
  assertNotEquals(await background(), dark);
  await open.page.reload();
  assertEquals(await theme(), "light");
  assertNotEquals(await background(), dark);
  assertEquals(open.errors, []);
});

Deno.test("dashboard: nothing is wider than a screen of 360 pixels", async () => {
  await using app = await RunningApp.start(SIMULATED);
  const longest = "a-name.that_is-as-long-as-names.may_be-which-is-64-characters-xx";
  await app.push({ service: longest, metrics: { cpu: 99.9, memory: 100, latency: 123_456 } });
  await using open = await openPage(`${app.origin}/`, { viewport: { width: 360, height: 740 } });
  await untilLive(open.page);
  assertEquals(await open.page.locator("article").count(), 3);
  assertEquals(await open.page.evaluate(() => document.documentElement.scrollWidth), 360);
});

Deno.test("dashboard: a long name in the verdict wraps on a screen of 360 pixels", async () => {
  await using app = await RunningApp.start(QUIET);
  const service = "a".repeat(64);
  for (let i = 0; i < 3; i++) await app.push({ service, metrics: { cpu: 97 } });
  await using open = await openPage(`${app.origin}/`, { viewport: { width: 360, height: 740 } });
  await open.page.locator(".verdict", { hasText: service }).waitFor();
  assertEquals(await open.page.evaluate(() => document.documentElement.scrollWidth), 360);
  assertEquals(open.errors, []);
});

Deno.test("dashboard: the largest latency has room beside its line", async () => {
  await using app = await RunningApp.start(QUIET);
  await app.push({ service: "checkout", metrics: { latency: 3_599_999 } });
  for (const width of [1440, 360]) {
    await using open = await openPage(`${app.origin}/`, { viewport: { width, height: 740 } });
    const row = open.page.locator(".metric", { hasText: "3599999" });
    const line = await row.locator(".spark").boundingBox();
    const valueEnd = await row.locator("dt + dd").evaluate((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return range.getBoundingClientRect().right;
    });
    assert(line !== null && valueEnd < line.x, `${width}: ${valueEnd} of ${line?.x}`);
  }
});

Deno.test("dashboard: its scripts are at most 25 KB after gzip", async () => {
  await using app = await RunningApp.start(SIMULATED);
  await using open = await openPage("about:blank");
  const scripts = new Map<string, Promise<Uint8Array>>();
  open.page.on("response", (response) => {
    const isScript = response.request().resourceType() === "script";
    if (isScript) scripts.set(response.url(), response.body());
  });
  await open.page.goto(`${app.origin}/`);
  await untilLive(open.page);
  const inline = await open.page.locator('script[type="module"]').allTextContents();
  const texts = [...await Promise.all(scripts.values()), ...inline.map(encode)];
  const sizes = await Promise.all(texts.map(gzipSize));
  assert(scripts.size > 0);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  assert(total <= MAX_SCRIPT_BYTES, `${total} bytes in ${[...scripts.keys()].join(", ")}`);
});

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

async function gzipSize(bytes: Uint8Array): Promise<number> {
  const stream = new Blob([new Uint8Array(bytes)]).stream();
  const zipped = stream.pipeThrough(new CompressionStream("gzip"));
  return (await new Response(zipped).arrayBuffer()).byteLength;
}
