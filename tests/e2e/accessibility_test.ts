import { assertEquals } from "@std/assert";

import axe from "axe-core";
import type { Page } from "playwright-core";

import { RunningApp } from "./running_app.ts";
import { openPage, untilLive } from "./browser.ts";

/** Every look that a card and an alert can have. */
const CONFIG = {
  services: [
    { name: "silent", source: { kind: "push" } },
    { name: "unheard", source: { kind: "push" }, rules: { SERVICE_DOWN: false } },
    { name: "simulated", source: { kind: "simulated", profile: "api", seed: 1 } },
  ],
  rules: [
    { name: "HIGH_CPU", metric: "cpu", above: 85, for: 1, severity: "warning" },
    { name: "HIGH_MEMORY", metric: "memory", above: 85, for: 3, severity: "warning" },
    { name: "SERVICE_DOWN", missingHeartbeat: "3s", severity: "critical" },
  ],
};

for (const colorScheme of ["dark", "light"] as const) {
  Deno.test(`accessibility: axe finds nothing on the ${colorScheme} dashboard`, async () => {
    await using app = await RunningApp.start(CONFIG);
    await using open = await openPage(`${app.origin}/`, { colorScheme });
    await untilLive(open.page);
    await open.page.locator('#service-silent[data-tone="crit"]').waitFor();
    await app.push({ service: "busy", metrics: { cpu: 99, memory: 99, latency: 12 } });
    await open.page.locator('#service-busy[data-tone="warn"]').waitFor();
    assertEquals(await findViolations(open.page), []);
  });
}

/** Returns a line for each rule and element. The evaluation is the browser's, which no policy of a page binds. */
async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run();
    return violations.flatMap(({ help, nodes }) => nodes.map(({ html }) => `${help}: ${html}`));
  });
}
