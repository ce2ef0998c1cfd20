/**
 * The shape of what is said about web pages of other sites, in `vitals.config.jsonc`: those that may act as
 * Vitals' own, and those that may read.
 *
 * @module
 */

import { z } from "zod";

import type { CorsEntry } from "./entry_types.ts";
import { list, object } from "./schema_parts.ts";
import { explainOrigin, isOrigin, ORIGIN_PATTERN } from "./web_origin.ts";

const ORIGIN_ERROR = {
  error: ({ input }: { readonly input?: unknown }) => explainOrigin(input),
  abort: true,
};

/**
 * One origin.
 *
 * @ignore
 */
export const ORIGIN: z.ZodType<string, string> = z.string(ORIGIN_ERROR)
  .regex(ORIGIN_PATTERN, ORIGIN_ERROR).refine(isOrigin, ORIGIN_ERROR);

const A_CHOICE = 'must be "*" or a list of origins such as ["https://wiki.example.com"]';

/**
 * Who may read.
 *
 * @ignore
 */
export const CORS: z.ZodType<CorsEntry, Record<string, unknown>> = object({
  origins: z.union([z.literal("*"), list(ORIGIN, 32, "origins")], {
    error: ({ input }) => Array.isArray(input) ? "must be a list of at most 32 origins" : A_CHOICE,
  }).default([]).meta({
    description: 'Origins of web pages that may read, or "*" for all of them. Scheme, host and ' +
      "perhaps a port, no path.",
    examples: [["https://wiki.example.com"], "*"],
  }),
}, 'must be an object such as { "origins": ["https://wiki.example.com"] }').meta({
  title: "Cross-origin reading",
  description: "Which web pages of other sites may read the API and the metrics. None may write.",
});

/** Returns what a file says about reading from other sites, nothing if it is malformed or left out. */
export function readCors(value: unknown): CorsEntry {
  return CORS.safeParse(value).data ?? CORS.parse({});
}
