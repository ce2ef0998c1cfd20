/**
 * The source `heartbeat` in the configuration.
 *
 * @module
 */

import { z } from "zod";

import type { HeartbeatConfig } from "@/lib/ports/source_config.ts";

import type { Placed } from "../entries.ts";
import { object } from "../schema_parts.ts";
import type { TextScope } from "../receiver_texts.ts";
import type { SourceSchema } from "./source_schema.ts";

/** As it stands in the file. */
export interface HeartbeatEntry {
  /** Tells sources apart. */
  readonly kind: "heartbeat";
}

/**
 * Its shape.
 *
 * @ignore
 */
export const HEARTBEAT: SourceSchema<HeartbeatEntry> = object({
  kind: z.literal("heartbeat").meta({ description: "TODO" }),
}, "must be an object");

/** Returns the source that an entry stands for; `null`, with the reason reported, if there is none. */
export function resolveHeartbeat(
  { entry }: Placed<HeartbeatEntry>,
  _scope: TextScope,
): HeartbeatConfig | null {
  throw new Error(`TODO ${entry.kind}`);
}
