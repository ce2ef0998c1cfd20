/**
 * The registry of sources in the configuration: a kind is one entry here and one file beside it.
 *
 * @module
 */

import { z } from "zod";

import { HEARTBEAT, type HeartbeatEntry } from "./heartbeat.ts";
import { OTLP, type OtlpEntry } from "./otlp.ts";
import { PROBE, type ProbeEntry } from "./probe.ts";
import { PUSH, type PushEntry } from "./push.ts";
import { SCRAPE, type ScrapeEntry } from "./scrape.ts";
import { SIMULATED, type SimulatedEntry } from "./simulated.ts";

/** A source as it stands in the file. */
export type SourceEntry =
  | PushEntry
  | ProbeEntry
  | ScrapeEntry
  | OtlpEntry
  | HeartbeatEntry
  | SimulatedEntry;

/**
 * Any source.
 *
 * @ignore
 */
export const SOURCE: z.ZodType<SourceEntry, unknown> = z.discriminatedUnion("kind", [
  PUSH,
  PROBE,
  SCRAPE,
  OTLP,
  HEARTBEAT,
  SIMULATED,
], {
  error: (issue) =>
    issue.code === "invalid_union"
      ? 'must be "push", "probe", "scrape", "otlp", "heartbeat" or "simulated"'
      : 'must be an object such as { "kind": "push" }',
}).default({ kind: "push" }).meta({
  description: "Where the samples come from. See docs/sources.md.",
});
