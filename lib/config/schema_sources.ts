/**
 * The shape of what is said about all sources of a kind, in `vitals.config.jsonc`.
 *
 * @module
 */

import type { z } from "zod";

import { object } from "./schema_parts.ts";
import { OTLP_DEFAULTS, type OtlpDefaultsEntry } from "./sources/otlp.ts";

/** What a file says about sources. */
export interface SourcesEntry {
  /** What holds for OpenTelemetry. */
  readonly otlp: OtlpDefaultsEntry;
}

/**
 * What is said about sources.
 *
 * @ignore
 */
export const SOURCES: z.ZodType<SourcesEntry, Record<string, unknown>> = object({
  otlp: OTLP_DEFAULTS.prefault({}).meta({
    description: "What holds for services that export over OpenTelemetry's protocol.",
  }),
}, 'must be an object such as { "otlp": { "interval": "60s" } }').meta({
  title: "Sources",
  description: "What holds for all sources of a kind. See docs/sources.md.",
});

/** Returns what a file says about sources, the defaults if it is malformed or left out. */
export function readSources(value: unknown): SourcesEntry {
  return SOURCES.safeParse(value).data ?? SOURCES.parse({});
}
