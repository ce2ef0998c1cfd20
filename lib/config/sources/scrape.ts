/**
 * The source `scrape` in the configuration.
 *
 * @module
 */

import { z } from "zod";

import { MAX_EXPRESSION } from "@/lib/domain/expression/tokens.ts";
import type { ScrapeConfig } from "@/lib/ports/source_config.ts";
import { maxLength, minLength } from "@/lib/protocol/length_checks.ts";

import type { Placed } from "../entries.ts";
import { resolveDuration } from "../resolve_durations.ts";
import { duration, matching, object, wholeNumber } from "../schema_parts.ts";
import type { SourceScope } from "./resolve_source.ts";
import { resolveScrapedMetrics, type ScrapeMetricsEntry } from "./scrape_metrics.ts";
import { PRESETS } from "./scrape_presets.ts";
import { resolveScrapeRequest, type ScrapeRequestEntry } from "./scrape_request.ts";
import type { SourceSchema } from "./source_schema.ts";

/** As it stands in the file. */
export interface ScrapeEntry extends ScrapeRequestEntry, ScrapeMetricsEntry {
  /** Tells sources apart. */
  readonly kind: "scrape";
  /** From one scrape to the next, as a duration. */
  readonly interval: string;
  /** How long one scrape may take, as a duration. */
  readonly timeout?: string | undefined;
  /** How long the page may be, in bytes. */
  readonly maxBytes: number;
}

const ENVIRONMENT = "`${NAME}` stands for a variable of the environment.";
const A_URL = 'must be an address such as "http://db-1.example.com:9100/metrics"';
const A_HEADER = "must be a text of at most 8192 characters";
const A_HEADER_NAME = "must be the name of a header";
const HEADERS = 'must be an object such as { "x-scope-orgid": "shop" }';
const A_TOKEN = 'must be a token, best of the environment: "${METRICS_TOKEN}"';
const AN_EXPRESSION = `must be an expression of at most ${MAX_EXPRESSION} characters`;

/** A token of RFC 9110, section 5.6.2. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/;

/**
 * Its shape.
 *
 * @ignore
 */
export const SCRAPE: SourceSchema<ScrapeEntry> = object({
  kind: z.literal("scrape").meta({
    description: "Vitals reads a Prometheus exporter. See docs/sources.md.",
  }),
  url: z.string(A_URL).check(minLength(1, A_URL), maxLength(2_048, A_URL)).meta({
    description: `The page of the exporter. ${ENVIRONMENT}`,
    examples: ["http://db-1.example.com:9100/metrics"],
  }),
  preset: z.enum(PRESETS, `must be ${PRESETS.map((name) => `"${name}"`).join(" or ")}`).optional()
    .meta({ description: "What is taken from the page, for a usual exporter." }),
  metrics: z.record(
    z.string(),
    z.string(AN_EXPRESSION).check(
      minLength(1, AN_EXPRESSION),
      maxLength(MAX_EXPRESSION, AN_EXPRESSION),
    ),
    'must be an object such as { "latency": "1000 * my_latency_seconds" }',
  ).default({}).meta({
    description:
      "What is taken from the page, by id of metric; goes before the preset. See docs/expressions.md.",
    examples: [{ cpu: '100 * (1 - avg(rate(node_cpu_seconds_total{mode="idle"})))' }],
  }),
  token: z.string(A_TOKEN).check(minLength(1, A_TOKEN), maxLength(2_048, A_TOKEN)).optional().meta({
    description: `Is sent as a bearer token. ${ENVIRONMENT}`,
    examples: ["${METRICS_TOKEN}"],
  }),
  headers: z.record(
    matching(HEADER_NAME, A_HEADER_NAME),
    z.string(A_HEADER).check(maxLength(8_192, A_HEADER)),
    { error: (issue) => issue.code === "invalid_key" ? A_HEADER_NAME : HEADERS },
  ).default({}).meta({
    description: `Headers that are sent, to the host of the url alone. ${ENVIRONMENT}`,
    examples: [{ "x-scope-orgid": "shop" }],
  }),
  interval: duration("15s").default("15s").meta({
    description: "From one scrape to the next, 1s to 24h.",
    examples: ["5s", "1m"],
  }),
  timeout: duration("10s").optional().meta({
    description:
      "How long one scrape may take, from 100ms to the interval. Left out, it is 10s, or the " +
      "interval if that is shorter.",
    examples: ["5s"],
  }),
  maxBytes: wholeNumber(1_024, 67_108_864).default(10_485_760).meta({
    description: "How long the page may be, in bytes.",
  }),
}, 'must be an object such as { "kind": "scrape", "url": "http://db-1.example.com:9100/metrics" }');

/** What a scrape may take if nothing is said, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** Returns the source that an entry stands for; `null`, with the reason reported, if there is none. */
export function resolveScrape(
  { path, entry }: Placed<ScrapeEntry>,
  scope: SourceScope,
): ScrapeConfig | null {
  const { report } = scope;
  const request = resolveScrapeRequest({ path, entry }, scope);
  const metrics = resolveScrapedMetrics({ path, entry }, scope);
  const place = { path: [...path, "interval"], report };
  const intervalMs = resolveDuration(entry.interval, { min: "1s", max: "24h" }, place);
  if (intervalMs === null) return null;
  const timeoutMs = entry.timeout === undefined
    ? Math.min(TIMEOUT_MS, intervalMs)
    : resolveDuration(entry.timeout, { min: "100ms", max: entry.interval }, {
      path: [...path, "timeout"],
      report,
    });
  if (request === null || timeoutMs === null) return null;
  const { kind, preset = null, maxBytes } = entry;
  return {
    ...{ kind, ...request, preset, metrics, intervalMs, timeoutMs, maxBytes },
    silenceMs: 2 * intervalMs + timeoutMs,
  };
}
