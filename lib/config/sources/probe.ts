/**
 * The source `probe` in the configuration.
 *
 * @module
 */

import { z } from "zod";

import type { ProbeConfig } from "@/lib/ports/source_config.ts";
import { maxLength, minLength } from "@/lib/protocol/length_checks.ts";

import type { Placed } from "../entries.ts";
import { ReceiverTexts } from "../receiver_texts.ts";
import { resolveDuration } from "../resolve_durations.ts";
import { duration, matching, object, wholeNumber } from "../schema_parts.ts";
import { EXPECT, type ExpectEntry } from "./probe_expect.ts";
import { resolveTarget } from "./probe_target.ts";
import type { SourceScope } from "./resolve_source.ts";
import type { SourceSchema } from "./source_schema.ts";

/** As it stands in the file. */
export interface ProbeEntry {
  /** Tells sources apart. */
  readonly kind: "probe";
  /** `http://…`, `https://…` or `tcp://host:port`. */
  readonly url: string;
  /** `GET` if left out. */
  readonly method?: string | undefined;
  /** By name. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What is sent. */
  readonly body?: string | undefined;
  /** What the answer must be. */
  readonly expect?: ExpectEntry | undefined;
  /** From one look to the next, as a duration. */
  readonly interval: string;
  /** How long one look may take, as a duration. */
  readonly timeout?: string | undefined;
  /** How many redirects are followed. */
  readonly redirects?: number | undefined;
  /** How long the body may be. */
  readonly maxBytes?: number | undefined;
}

const ENVIRONMENT = "`${NAME}` stands for a variable of the environment.";
const A_URL = 'must be an address such as "https://shop.example.com/health"';
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
const A_TEXT = "must be a text of at most 65536 characters";
const A_HEADER = "must be a text of at most 8192 characters";

/** A token of RFC 9110, section 5.6.2. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/;

/**
 * Its shape.
 *
 * @ignore
 */
export const PROBE: SourceSchema<ProbeEntry> = object({
  kind: z.literal("probe").meta({ description: "Vitals asks whether something answers." }),
  url: z.string(A_URL).check(minLength(1, A_URL), maxLength(2_048, A_URL)).meta({
    description: `What is looked at: http://…, https://… or tcp://host:port. ${ENVIRONMENT}`,
    examples: ["https://shop.example.com/health", "tcp://db.example.com:5432"],
  }),
  method: z.enum(METHODS, `must be one of ${METHODS.join(", ")}`).optional().meta({
    description: "The method of HTTP.",
    default: "GET",
  }),
  headers: z.record(
    matching(HEADER_NAME, "must be the name of a header"),
    z.string(A_HEADER).check(maxLength(8_192, A_HEADER)),
    'must be an object such as { "authorization": "Bearer ${TOKEN}" }',
  ).optional().meta({
    description: `Headers that are sent, to the host of the url alone. ${ENVIRONMENT}`,
    examples: [{ authorization: "Bearer ${TOKEN}" }],
  }),
  body: z.string(A_TEXT).check(maxLength(65_536, A_TEXT)).optional().meta({
    description: `What is sent, to the host of the url alone. ${ENVIRONMENT}`,
  }),
  expect: EXPECT.optional(),
  interval: duration("30s").default("30s").meta({
    description: "From one look to the next, 1s to 24h.",
    examples: ["1s", "1m"],
  }),
  timeout: duration("10s").optional().meta({
    description:
      "How long one look may take, from 100ms to the interval. Left out, it is 10s, or " +
      "the interval if that is shorter.",
    examples: ["5s"],
  }),
  redirects: wholeNumber(0, 20).optional().meta({
    description: "How many redirects are followed; with 0 a redirect is an answer like any other.",
    default: 5,
  }),
  maxBytes: wholeNumber(1_024, 67_108_864).optional().meta({
    description: "How long the body of the answer may be, in bytes.",
    default: 1_048_576,
  }),
}, 'must be an object such as { "kind": "probe", "url": "https://shop.example.com/" }');

/** What a look may take if nothing is said, as it would stand in the file. */
const TIMEOUT = "10s";

/** Returns the source that an entry stands for; `null`, with the reason reported, if there is none. */
export function resolveProbe(
  { path, entry }: Placed<ProbeEntry>,
  { sources, ...scope }: SourceScope,
): ProbeConfig | null {
  const { report } = scope;
  const found = resolveTarget(entry, {
    texts: new ReceiverTexts(path, scope),
    report: (key, message) => report([...path, ...key], message),
  });
  const bounds = { min: "1s", max: "24h" };
  const intervalMs = resolveDuration(entry.interval, bounds, {
    path: [...path, "interval"],
    report,
  });
  if (intervalMs === null) return null;
  const timeoutMs = resolveTimeout({ path, entry }, { report, intervalMs });
  if (timeoutMs === null || found === null) return null;
  return {
    ...{ kind: entry.kind, ...found, intervalMs, timeoutMs },
    denyPrivate: sources.probe.denyPrivate,
    silenceMs: 2 * intervalMs + timeoutMs,
  };
}

interface Timing extends Pick<SourceScope, "report"> {
  readonly intervalMs: number;
}

function resolveTimeout(
  { path, entry: { timeout, interval } }: Placed<ProbeEntry>,
  { report, intervalMs }: Timing,
): number | null {
  const text = timeout ?? TIMEOUT;
  const place = { path: [...path, "timeout"], report };
  if (timeout !== undefined) {
    return resolveDuration(text, { min: "100ms", max: interval }, place);
  }
  const byDefaultMs = resolveDuration(text, { min: "100ms", max: "24h" }, place);
  return byDefaultMs && Math.min(byDefaultMs, intervalMs);
}
