import { assertEquals } from "@std/assert";

import { composePublicVerdict } from "@/lib/domain/public_verdict.ts";
import type { PublicStatus } from "@/lib/domain/public_status.ts";

Deno.test("composePublicVerdict() says the worst first", async (t) => {
  const rows: [statuses: PublicStatus[], status: PublicStatus, headline: string][] = [
    [[], "unknown", "No services are shown here"],
    [["up"], "up", "The service is operational"],
    [["up", "up"], "up", "All services are operational"],
    [["down"], "down", "The service is down"],
    [["down", "down"], "down", "All services are down"],
    [["up", "down", "down"], "down", "2 of 3 services are down"],
    [["degraded", "down", "degraded"], "down", "1 of 3 services is down, 2 are degraded"],
    [["up", "degraded", "maintenance"], "degraded", "1 of 3 services is degraded"],
    [["up", "maintenance"], "maintenance", "1 of 2 services is under maintenance"],
    [["up", "unknown", "unknown"], "unknown", "No data from 2 of 3 services"],
    [["unknown", "unknown"], "unknown", "No data yet"],
  ];
  for (const [statuses, status, headline] of rows) {
    await t.step(headline, () => {
      assertEquals(composePublicVerdict(statuses), { status, headline });
    });
  }
});
