/**
 * What holds for all sources of a kind, as a parsed configuration says.
 *
 * @module
 */

/** What holds for probes. */
export interface ProbesConfig {
  /** Whether addresses that are not public are refused. @default {false} */
  readonly denyPrivate: boolean;
}

/** What holds for sources, by kind. */
export interface SourcesConfig {
  /** The source `probe`. */
  readonly probe: ProbesConfig;
}
