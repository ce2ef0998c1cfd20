/**
 * The source `simulated` in the configuration.
 *
 * @module
 */

import { z } from "zod";

import { object, wholeNumber } from "../schema_parts.ts";
import type { SourceSchema } from "./source_schema.ts";

/** As it stands in the file. */
export interface SimulatedEntry {
  /** Tells sources apart. */
  readonly kind: "simulated";
  /** Name of a profile. */
  readonly profile: string;
  /** The same seed gives the same samples. */
  readonly seed: number;
}

/**
 * Its shape.
 *
 * @ignore
 */
export const SIMULATED: SourceSchema<SimulatedEntry> = object({
  kind: z.literal("simulated").meta({
    description: "Vitals makes the samples up, for a demo.",
  }),
  profile: z.string("must be the name of a profile").meta({
    description: "What kind of service is played.",
    examples: ["api"],
  }),
  seed: wholeNumber(0, 4_294_967_295).meta({
    description: "The same seed gives the same samples.",
    examples: [1],
  }),
}, "must be an object");
