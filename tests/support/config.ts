/**
 * Configurations for tests.
 *
 * @module
 */

import { DEFAULT_CONFIG } from "@/lib/config/parse_config.ts";
import { DEFAULT_FLAP_POLICY } from "@/lib/domain/flapping.ts";
import { BUILT_IN_METRICS } from "@/lib/domain/metric.ts";
import { DEFAULT_RETENTION } from "@/lib/domain/retention.ts";
import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
import type { Limits, MonitorConfig, ServiceConfig } from "@/lib/ports/monitor_config.ts";
import type { SourceConfig } from "@/lib/ports/source_config.ts";

/** What a test wants to differ from the defaults. */
export interface ConfigChange {
  /** Names of listed services by the names of those that they depend on; all are fed by push. */
  readonly dependsOn?: Readonly<Record<string, readonly string[]>>;
  /** Names of services that are listed, fed by push. */
  readonly push?: readonly string[];
  /** Services that are listed, each with its source. */
  readonly sources?: Readonly<Record<string, SourceConfig>>;
  /** Names of services that are listed, simulated. */
  readonly simulated?: readonly string[];
  readonly limits?: Partial<Limits>;
  readonly rules?: MonitorConfig["rules"];
  readonly receivers?: MonitorConfig["receivers"];
  readonly maintenance?: MonitorConfig["maintenance"];
  readonly alerting?: Partial<MonitorConfig["alerting"]>;
  readonly origins?: readonly string[];
  readonly cors?: MonitorConfig["cors"];
  readonly history?: Partial<MonitorConfig["history"]>;
  readonly status?: Partial<MonitorConfig["status"]>;
  readonly auth?: Partial<MonitorConfig["auth"]>;
}

/** Returns a configuration with the default rules. */
export function configOf(change: ConfigChange = {}): MonitorConfig {
  const rules = change.rules ?? DEFAULT_RULES;
  function listed(name: string, source: ServiceConfig["source"]): ServiceConfig {
    return { name, tags: [], dependsOn: change.dependsOn?.[name] ?? [], source, rules };
  }
  return {
    metrics: BUILT_IN_METRICS,
    services: [
      ...(change.push ?? []).map((name) => listed(name, { kind: "push" })),
      ...Object.entries(change.sources ?? {}).map(([name, source]) => listed(name, source)),
      ...(change.simulated ?? []).map((name) =>
        listed(name, { kind: "simulated", profile: "api", seed: 1 })
      ),
    ],
    rules,
    limits: { services: 10_000, bodyBytes: 1_048_576, autoRegister: true, ...change.limits },
    receivers: change.receivers ?? [],
    maintenance: change.maintenance ?? [],
    alerting: { flapping: DEFAULT_FLAP_POLICY, parentGraceMs: 30_000, ...change.alerting },
    origins: change.origins ?? [],
    cors: change.cors ?? { origins: [] },
    history: { path: null, retention: DEFAULT_RETENTION, ...change.history },
    sources: DEFAULT_CONFIG.sources,
    status: {
      ...{ enabled: true, title: "Service status", description: "", services: ["*"] },
      ...{ groups: [], names: new Map(), maintenance: new Map(), ...change.status },
    },
    auth: {
      ...{ tokens: [], publicReads: false, trustProxy: false, sessionMs: 168 * 3_600_000 },
      ...change.auth,
    },
  };
}
