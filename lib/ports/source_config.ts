/**
 * Where the samples of a service come from, as a parsed configuration says. A kind of source is one type here,
 * one file in `lib/config/sources` and, if it does something by itself, one folder in `lib/sources`.
 *
 * @module
 */

import type { Expression } from "@/lib/domain/expression/expression.ts";

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

/** Vitals looks itself whether something answers. */
export interface ProbeConfig extends SourceFacts {
  /** Tells sources apart. */
  readonly kind: "probe";
  /** From one look to the next, in milliseconds. */
  readonly intervalMs: number;
  /** How long one look may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** Vitals reads the exposition of an exporter. */
export interface ScrapeConfig extends SourceFacts {
  /** Tells sources apart. */
  readonly kind: "scrape";
  /** From one scrape to the next, in milliseconds. */
  readonly intervalMs: number;
  /** How long one scrape may take, in milliseconds. */
  readonly timeoutMs: number;
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
}

/** Where a service's samples come from. */
export type SourceConfig =
  | SimulatedConfig
  | PushConfig
  | ProbeConfig
  | ScrapeConfig
  | OtlpConfig
  | HeartbeatConfig;
