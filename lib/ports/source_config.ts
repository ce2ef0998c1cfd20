/**
 * Where the samples of a service come from, as a parsed configuration says. A kind of source is one type here,
 * one file in `lib/config/sources` and, if it does something by itself, one folder in `lib/sources`.
 *
 * @module
 */

import type { Expression } from "@/lib/domain/expression/expression.ts";
import type { Metric } from "@/lib/domain/metric.ts";
import type { JobSchedule } from "@/lib/domain/rule.ts";

import type { Secret } from "./secret.ts";

/** A metric of a service, and what it is computed from. */
export interface MappedMetric {
  /** Id of the metric. */
  readonly metric: string;
  /** What is computed from what was observed. */
  readonly expression: Expression;
}

/** What is known of every source beside the simulated ones and bare pushing. */
export interface SourceFacts {
  /** What is observed, in a few words for people, such as `"GET https://shop.example.com/"`. Nothing secret. */
  readonly about: string;
  /** The hosts that it talks to, each with its port, as `--allow-net` takes them. */
  readonly hosts: readonly string[];
  /**
   * The silence that is still fine where no rule of the service says otherwise, in milliseconds: a source that
   * looks once a minute cannot be heard of every five seconds.
   */
  readonly silenceMs: number;
}

/** Vitals makes the samples up, for a demo. */
export interface SimulatedConfig {
  /** Tells sources apart. */
  readonly kind: "simulated";
  /** Name of a profile in `simulators/profiles.ts`. */
  readonly profile: string;
  /** Whole number; the same seed gives the same samples. */
  readonly seed: number;
}

/** The service, or an agent beside it, sends samples. */
export interface PushConfig {
  /** Tells sources apart. */
  readonly kind: "push";
}

/** What an answer must be for a look to succeed. */
export interface ProbeExpectation {
  /** The statuses that are good, as ranges; at least one. */
  readonly statuses: readonly StatusRange[];
  /** What the body must contain; `null` for anything. */
  readonly contains: string | null;
  /** What the body must say as JSON; `null` for anything. */
  readonly json: JsonExpectation | null;
  /** How many days the certificate must still be valid; `null` for no matter how many. */
  readonly certificateDays: number | null;
}

/** Statuses from `from` to `to`, both included. */
export interface StatusRange {
  /** The first. */
  readonly from: number;
  /** The last. */
  readonly to: number;
}

/** What a body must say as JSON: the path selects something, and all that it selects is as expected. */
export interface JsonExpectation {
  /** A JSONPath of RFC 9535. */
  readonly path: string;
  /** What must be there; `null` for no matter what. */
  readonly equals: { readonly value: unknown } | null;
}

/** What a probe looks at. */
export type ProbeTarget =
  /** Asks over HTTP. */
  | {
    readonly kind: "http";
    readonly url: Secret;
    readonly method: string;
    /** By name, in lower case. */
    readonly headers: Readonly<Record<string, Secret>>;
    /** `null` for none. */
    readonly body: Secret | null;
    /** How many redirects are followed; with none, a redirect is an answer like any other. */
    readonly redirects: number;
    /** How long the body may be, in bytes. */
    readonly maxBytes: number;
    readonly expect: ProbeExpectation;
  }
  /** Opens a connection, and closes it. */
  | { readonly kind: "tcp"; readonly hostname: string; readonly port: number };

/** Vitals looks itself whether something answers. */
export interface ProbeConfig extends SourceFacts {
  /** Tells sources apart. */
  readonly kind: "probe";
  /** What it looks at. */
  readonly target: ProbeTarget;
  /** Whether addresses that are not public are refused. */
  readonly denyPrivate: boolean;
  /** From one look to the next, in milliseconds. */
  readonly intervalMs: number;
  /** How long one look may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** What becomes one metric of a service. */
export interface ScrapedMetric {
  /** The metric. Values out of its range are not taken. */
  readonly metric: Metric;
  /** What it is on the page. */
  readonly expression: Expression;
  /** Whether the service itself names the expression, rather than a preset that may not fit in all parts. */
  readonly isOwn: boolean;
}

/** Vitals reads the exposition of an exporter. */
export interface ScrapeConfig extends SourceFacts {
  /** Tells sources apart. */
  readonly kind: "scrape";
  /** The page, without user and password. */
  readonly url: Secret;
  /** Headers that are sent, by name in lower case. */
  readonly headers: Readonly<Record<string, Secret>>;
  /** Name of the preset; `null` for none. */
  readonly preset: string | null;
  /** What is taken from the page; none for a bare sign of life. */
  readonly metrics: readonly ScrapedMetric[];
  /** From one scrape to the next, in milliseconds. */
  readonly intervalMs: number;
  /** How long one scrape may take, in milliseconds. */
  readonly timeoutMs: number;
  /** How long the page may be, in bytes. */
  readonly maxBytes: number;
}

/** The service sends metrics with OpenTelemetry's protocol. */
export interface OtlpConfig extends SourceFacts {
  /** Tells sources apart. */
  readonly kind: "otlp";
  /** From one export to the next, in milliseconds. */
  readonly intervalMs: number;
  /** What its metrics are made of. None is there twice. */
  readonly metrics: readonly MappedMetric[];
}

/** A job says when it begins and ends. */
export interface HeartbeatConfig extends SourceFacts {
  /** Tells sources apart. */
  readonly kind: "heartbeat";
  /** When it is expected. */
  readonly schedule: JobSchedule;
  /** How long a run may take of which it said that it began, in milliseconds. */
  readonly maxRunMs: number;
}

/** Where a service's samples come from. */
export type SourceConfig =
  | SimulatedConfig
  | PushConfig
  | ProbeConfig
  | ScrapeConfig
  | OtlpConfig
  | HeartbeatConfig;
