/**
 * The source `scrape` in the configuration.
 *
 * @module
 */

import { z } from "zod";

import type { ScrapeConfig } from "@/lib/ports/source_config.ts";

import type { Placed } from "../entries.ts";
import { object } from "../schema_parts.ts";
import type { TextScope } from "../receiver_texts.ts";
import type { SourceSchema } from "./source_schema.ts";

/** As it stands in the file. */
export interface ScrapeEntry {
  /** Tells sources apart. */
  readonly kind: "scrape";
}

/**
 * Its shape.
 *
 * @ignore
 */
export const SCRAPE: SourceSchema<ScrapeEntry> = object({
  kind: z.literal("scrape").meta({ description: "TODO" }),
}, "must be an object");

/** Returns the source that an entry stands for; `null`, with the reason reported, if there is none. */
export function resolveScrape(
  { entry }: Placed<ScrapeEntry>,
  _scope: TextScope,
): ScrapeConfig | null {
  throw new Error(`TODO ${entry.kind}`);
}
