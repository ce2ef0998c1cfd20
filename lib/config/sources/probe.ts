/**
 * The source `probe` in the configuration.
 *
 * @module
 */

import { z } from "zod";

import type { ProbeConfig } from "@/lib/ports/source_config.ts";

import type { Placed } from "../entries.ts";
import { object } from "../schema_parts.ts";
import type { TextScope } from "../receiver_texts.ts";
import type { SourceSchema } from "./source_schema.ts";

/** As it stands in the file. */
export interface ProbeEntry {
  /** Tells sources apart. */
  readonly kind: "probe";
}

/**
 * Its shape.
 *
 * @ignore
 */
export const PROBE: SourceSchema<ProbeEntry> = object({
  kind: z.literal("probe").meta({ description: "TODO" }),
}, "must be an object");

/** Returns the source that an entry stands for; `null`, with the reason reported, if there is none. */
export function resolveProbe(
  { entry }: Placed<ProbeEntry>,
  _scope: TextScope,
): ProbeConfig | null {
  throw new Error(`TODO ${entry.kind}`);
}
