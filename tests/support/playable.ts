/**
 * Scenarios for tests.
 *
 * @module
 */

import { parseScenario } from "@/lib/config/parse_scenario.ts";
import type { PlayableScenario } from "@/lib/ports/playable_scenario.ts";
import { PROFILES } from "@/simulators/profiles.ts";

/** Returns a scenario of one minute with one service, `auth-service`, changed as told. */
export function playable(
  change: Readonly<Record<string, unknown>> = {},
  name = "trial",
): PlayableScenario {
  const text = JSON.stringify({
    summary: "A trial.",
    duration: "1m",
    services: [{ name: "auth-service", profile: "api" }],
    expects: {},
    ...change,
  });
  return parseScenario(text, { name, profiles: Object.keys(PROFILES) });
}
