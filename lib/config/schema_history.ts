/**
 * The shape of what is said about the history, in `vitals.config.jsonc`.
 *
 * @module
 */

import type { z } from "zod";

import { maxLength } from "@/lib/protocol/length_checks.ts";

import type { HistoryEntry } from "./entry_types.ts";
import { duration, matching, object } from "./schema_parts.ts";

/** A path on one line; permissions cannot express one with a comma. */
const PATH = /^[^\p{C}\s,](?:[^\p{C},]*[^\p{C}\s,])?$/u;
const A_PATH = 'must be the path of a folder, on one line and without commas, or ":memory:"';

/** How long each tier is kept if the file does not say. */
export const DEFAULT_RETENTION_TEXTS = {
  ...{ raw: "24h", "10s": "7d", "1m": "30d", "1h": "2y" },
} as const;

function tier(key: keyof typeof DEFAULT_RETENTION_TEXTS, what: string): z.ZodOptional<z.ZodString> {
  const byDefault = DEFAULT_RETENTION_TEXTS[key];
  return duration(byDefault).optional().meta({
    description: `How long ${what}, from 1h to 10y.`,
    default: byDefault,
  });
}

const RETENTION = object({
  raw: tier("raw", "samples are kept as they came"),
  "10s": tier("10s", "buckets of ten seconds are kept, at least as long as samples"),
  "1m": tier("1m", "buckets of a minute are kept, at least as long as those of ten seconds"),
  "1h": tier("1h", "buckets of an hour and events are kept, at least as long as those of a minute"),
}, 'must be an object such as { "raw": "24h" }');

/**
 * What is said about the history.
 *
 * @ignore
 */
export const HISTORY: z.ZodType<HistoryEntry, Record<string, unknown>> = object({
  path: matching(PATH, A_PATH).check(maxLength(1_000, A_PATH)).optional().meta({
    description:
      'The folder that the history is kept in, relative to that of Vitals; ":memory:" for no disk. ' +
      "VITALS_DATA of the environment comes first. A change needs a restart.",
    default: "data",
    examples: ["data", "/var/lib/vitals", ":memory:"],
  }),
  retention: RETENTION.prefault({}).meta({
    description: "How long each tier is kept. None may be shorter than the finer one before it.",
  }),
}, 'must be an object such as { "path": "data" }').meta({
  title: "History",
  description: "What is kept of the past, where, and for how long.",
});

/** Returns what a file says about the history, nothing if it is malformed or left out. */
export function readHistory(value: unknown): HistoryEntry {
  return HISTORY.safeParse(value).data ?? HISTORY.parse({});
}
