import { assertEquals } from "@std/assert";

import { RunningApp } from "./running_app.ts";
import { findViolations, openPage, untilLive } from "./browser.ts";

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
