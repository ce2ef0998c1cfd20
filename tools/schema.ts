/**
 * Writes `vitals.schema.json` and that of scenarios, by which editors help with these files. Run it after a
 * change of `lib/config/schema.ts` or `schema_scenario.ts`.
 *
 * @module
 */

import { formatConfigSchema } from "@/lib/config/schema.ts";
import { formatScenarioSchema } from "@/lib/config/schema_scenario.ts";

const PROJECT = new URL("../", import.meta.url);

if (import.meta.main) {
  Deno.writeTextFileSync(new URL("vitals.schema.json", PROJECT), formatConfigSchema());
  const scenario = new URL("simulators/scenarios/scenario.schema.json", PROJECT);
  Deno.writeTextFileSync(scenario, formatScenarioSchema());
}
