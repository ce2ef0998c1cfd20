/**
 * Turns the source of a service as the file has it into what it means.
 *
 * @module
 */

import type { Metric } from "@/lib/domain/metric.ts";
import type { SourceConfig } from "@/lib/ports/source_config.ts";
import type { SourcesConfig } from "@/lib/ports/sources_config.ts";

import type { Placed } from "../entries.ts";
import type { ServiceEntry } from "../entry_types.ts";
import type { TextScope } from "../receiver_texts.ts";
import { resolveHeartbeat } from "./heartbeat.ts";
import { resolveOtlp } from "./otlp.ts";
import { resolveProbe } from "./probe.ts";
import { resolveScrape } from "./scrape.ts";

/** What sources are resolved against. */
export interface SourceScope extends TextScope {
  /** All metrics by id; `null` for one whose entry is wrong. */
  readonly metrics: ReadonlyMap<string, Metric | null>;
  /** What holds for sources, by kind. */
  readonly sources: SourcesConfig;
}

/** Returns the source of a service; `null`, with the reason reported, if it means nothing. */
export function resolveSource(
  { path, entry }: Placed<ServiceEntry>,
  scope: SourceScope,
): SourceConfig | null {
  const { source } = entry;
  const place = [...path, "source"];
  switch (source.kind) {
    case "push":
    case "simulated":
      return source;
    case "probe":
      return resolveProbe({ path: place, entry: source }, scope);
    case "scrape":
      return resolveScrape({ path: place, entry: source }, scope);
    case "otlp":
      return resolveOtlp({ path: place, entry: source }, scope);
    case "heartbeat":
      return resolveHeartbeat({ path: place, entry: source }, scope);
  }
}
