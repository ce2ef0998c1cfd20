/**
 * What holds for all sources of a kind, as a parsed configuration says.
 *
 * @module
 */

import type { OtlpConfig } from "./source_config.ts";

/** What holds for probes. */
export interface ProbesConfig {
  /** Whether addresses that are not public are refused. @default {false} */
  readonly denyPrivate: boolean;
}

/** What holds for sources, by kind. */
export interface SourcesConfig {
  /** What a service is watched by that comes by OpenTelemetry and is not listed. */
  readonly otlp: OtlpConfig;
  /** The source `probe`. */
  readonly probe: ProbesConfig;
}
