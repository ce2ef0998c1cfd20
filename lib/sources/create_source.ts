/**
 * The registry of sources that do something by themselves: a kind is one entry here and one folder beside it.
 *
 * @module
 */

import type { ServiceConfig } from "@/lib/ports/monitor_config.ts";
import type { SampleSource } from "@/lib/ports/sample_source.ts";
import type { SourceConfig } from "@/lib/ports/source_config.ts";

import { createProbe } from "./probe/create_probe.ts";
import { createScrape } from "./scrape/create_scrape.ts";
import type { SourceTools } from "./source_tools.ts";

/** A service with a source of one kind. */
export type ServiceOf<Kind extends SourceConfig["kind"]> = Pick<ServiceConfig, "name"> & {
  /** Where its samples come from. */
  readonly source: Extract<SourceConfig, { kind: Kind }>;
};

/** Returns the source of a service; `null` if its samples come without it. It has no effect yet. */
export function createSource(
  { name, source }: Pick<ServiceConfig, "name" | "source">,
  tools: SourceTools,
): SampleSource | null {
  switch (source.kind) {
    case "probe":
      return createProbe({ name, source }, tools);
    case "scrape":
      return createScrape({ name, source }, tools);
    case "push":
    case "otlp":
    case "heartbeat":
    case "simulated":
      return null;
  }
}
