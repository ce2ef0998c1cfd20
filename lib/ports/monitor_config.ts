/**
 * What a parsed configuration says, as the rest of Vitals takes it. Reading and checking the file is
 * `lib/config`'s matter; nothing here can be wrong any more.
 *
 * @module
 */

import type { Metric } from "@/lib/domain/metric.ts";
import type { Rule } from "@/lib/domain/rule.ts";

/** Where a service's samples come from. */
export type SourceConfig =
  | {
    readonly kind: "simulated";
    /** Name of a profile in `simulators/profiles.ts`. */
    readonly profile: string;
    /** Whole number; the same seed gives the same samples. */
    readonly seed: number;
  }
  | { readonly kind: "push" };

/** One service that configuration lists. */
export interface ServiceConfig {
  /** Unique: 1 to 64 of `a-z 0-9 . _ -`, but not `.` or `..`. */
  readonly name: string;
  /** Words to find it by. */
  readonly tags: readonly string[];
  /** Services it needs; all are listed too. */
  readonly dependsOn: readonly string[];
  /** Where its samples come from. */
  readonly source: SourceConfig;
  /** All rules that apply to it, its own overrides already merged in. */
  readonly rules: readonly Rule[];
}

/** Bounds (DESIGN.md: everything is bounded). */
export interface Limits {
  /** How many services may exist. @default {10000} */
  readonly services: number;
  /** Longest request body, in bytes. @default {1048576} */
  readonly bodyBytes: number;
  /** Whether a sample of an unknown service adds that service. @default {true} */
  readonly autoRegister: boolean;
}

/** A whole configuration. */
export interface MonitorConfig {
  /** The built-in metrics and those that configuration adds. */
  readonly metrics: readonly Metric[];
  /** The services known from the start, in the order of the file. */
  readonly services: readonly ServiceConfig[];
  /** Rules for services that configuration does not list. */
  readonly rules: readonly Rule[];
  /** The bounds. */
  readonly limits: Limits;
  /**
   * Origins of web pages that may write and open the live socket, beside pages of the address that Vitals
   * itself is reached at: such as `"https://vitals.example.com"`, its public one behind a reverse proxy.
   * None is there twice; each is written as browsers send it. At most 32; by default none.
   */
  readonly origins: readonly string[];
}
