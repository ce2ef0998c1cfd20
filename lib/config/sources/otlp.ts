/**
 * The source `otlp` in the configuration.
 *
 * @module
 */

import { z } from "zod";

import type { OtlpConfig } from "@/lib/ports/source_config.ts";

import type { Placed } from "../entries.ts";
import { object } from "../schema_parts.ts";
import type { TextScope } from "../receiver_texts.ts";
import type { SourceSchema } from "./source_schema.ts";

/** As it stands in the file. */
export interface OtlpEntry {
  /** Tells sources apart. */
  readonly kind: "otlp";
}

/**
 * Its shape.
 *
 * @ignore
 */
export const OTLP: SourceSchema<OtlpEntry> = object({
  kind: z.literal("otlp").meta({ description: "TODO" }),
}, "must be an object");

/** Returns the source that an entry stands for; `null`, with the reason reported, if there is none. */
export function resolveOtlp(
  { entry }: Placed<OtlpEntry>,
  _scope: TextScope,
): OtlpConfig | null {
  throw new Error(`TODO ${entry.kind}`);
}
