/**
 * What Vitals says of itself to clients of Alertmanager.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";

import { isoInstant } from "./iso_instant.ts";

/**
 * The version of Alertmanager whose API v2 is answered: clients choose by it what they may ask for, and
 * `amtool` warns of another one than its own. It is the one that the tests hold the answers against.
 */
export const API_VERSION = "0.25.0";

/** `alertmanagerStatus` of the API. */
export interface ServerStatus {
  /** There is none. */
  readonly cluster: { readonly status: "disabled"; readonly peers: readonly [] };
  /** What is known of the configuration. */
  readonly config: { readonly original: string };
  /** When it started, ISO 8601. */
  readonly uptime: string;
  /** What answers. */
  readonly versionInfo: Readonly<Record<string, string>>;
}

/** Returns the status of a Vitals of some version. */
export function serverStatus(version: string, startedAt: Instant): ServerStatus {
  return {
    cluster: { status: "disabled", peers: [] },
    config: {
      original: `# This is Vitals ${version}, which has a configuration of its own kind.\n`,
    },
    uptime: isoInstant(startedAt),
    versionInfo: {
      version: API_VERSION,
      revision: `vitals-${version}`,
      branch: "vitals",
      ...{ buildDate: "", buildUser: "", goVersion: "" },
    },
  };
}
