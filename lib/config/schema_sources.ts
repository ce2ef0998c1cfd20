/**
 * The shape of what is said about all sources of a kind, in `vitals.config.jsonc`.
 *
 * @module
 */

import { z } from "zod";

import type { ProbesConfig } from "@/lib/ports/sources_config.ts";

import { object } from "./schema_parts.ts";
import { OTLP_DEFAULTS, type OtlpDefaultsEntry } from "./sources/otlp.ts";

/** What a file says about sources. */
export interface SourcesEntry {
  /** What holds for OpenTelemetry. */
  readonly otlp: OtlpDefaultsEntry;
  /** What holds for probes; it means what it says. */
  readonly probe: ProbesConfig;
}

const PROBES = object({
  denyPrivate: z.boolean("must be true or false").default(false).meta({
    description: "Whether probes refuse addresses that are not public: private ones, those of " +
      "this machine, of its link, of a carrier, and where clouds tell their machines of themselves.",
  }),
}, 'must be an object such as { "denyPrivate": true }');

/**
 * What is said about sources.
 *
 * @ignore
 */
export const SOURCES: z.ZodType<SourcesEntry, Record<string, unknown>> = object({
  otlp: OTLP_DEFAULTS.prefault({}).meta({
    description: "What holds for services that export over OpenTelemetry's protocol.",
  }),
  probe: PROBES.prefault({}).meta({ description: "What holds for all probes." }),
}, 'must be an object such as { "probe": { "denyPrivate": true } }').meta({
  title: "Sources",
  description: "What holds for all sources of a kind. See docs/sources.md.",
});

/** Returns what a file says about sources, the defaults if it is malformed or left out. */
export function readSources(value: unknown): SourcesEntry {
  return SOURCES.safeParse(value).data ?? SOURCES.parse({});
}
