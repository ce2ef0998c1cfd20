/**
 * The source `push` in the configuration.
 *
 * @module
 */

import { z } from "zod";

import { object } from "../schema_parts.ts";
import type { SourceSchema } from "./source_schema.ts";

/** As it stands in the file. */
export interface PushEntry {
  /** Tells sources apart. */
  readonly kind: "push";
}

/**
 * Its shape.
 *
 * @ignore
 */
export const PUSH: SourceSchema<PushEntry> = object({
  kind: z.literal("push").meta({
    description: "The service, or an agent beside it, sends samples over HTTP.",
  }),
}, "must be an object");
