/**
 * Writes `vitals.schema.json`, by which editors help with `vitals.config.jsonc`. Run it after a change of
 * `lib/config/schema.ts`.
 *
 * @module
 */

import { formatConfigSchema } from "@/lib/config/schema.ts";

if (import.meta.main) {
  Deno.writeTextFileSync(new URL("../vitals.schema.json", import.meta.url), formatConfigSchema());
}
