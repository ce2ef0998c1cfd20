/**
 * The parts of a configuration that are well-formed, so that what they say about each other can be checked
 * even while other parts are wrong.
 *
 * @module
 */

import { z } from "zod";

import type { Path } from "./config_error.ts";
import { DEFAULT_RULE_ENTRIES } from "./default_rule_entries.ts";
import type {
  AlertingEntry,
  AuthEntry,
  CorsEntry,
  HistoryEntry,
  LimitsEntry,
  MaintenanceEntry,
  MetricEntry,
  ReceiverEntry,
  RuleEntry,
  ServiceEntry,
  StatusPageEntry,
} from "./entry_types.ts";
import { readLimits, readMetric, readOrigin, readRule, readService } from "./schema.ts";
import { readCors } from "./schema_cors.ts";
import { readAuth } from "./schema_auth.ts";
import { readHistory } from "./schema_history.ts";
import { readAlerting, readWindow } from "./schema_maintenance.ts";
import { readReceiver } from "./schema_receivers.ts";
import { readSources, type SourcesEntry } from "./schema_sources.ts";
import { readStatusPage } from "./schema_status.ts";

/** A well-formed part and where it stands. */
export interface Placed<Entry> {
  /** Where. */
  readonly path: Path;
  /** What. */
  readonly entry: Entry;
}

/** A section that is a list. */
export interface Section<Entry> {
  /** Its well-formed parts. */
  readonly placed: readonly Placed<Entry>[];
  /** All its parts, whatever they are. */
  readonly all: readonly Placed<unknown>[];
  /** The names of all its parts, even of those that are otherwise wrong, by their paths. */
  readonly names: readonly Placed<string>[];
}

/** All sections. */
export interface Entries {
  /** The metrics beside the built-in ones. */
  readonly metrics: Section<MetricEntry>;
  /** The default rules if the section is left out. */
  readonly rules: Section<RuleEntry>;
  /** The listed services. */
  readonly services: Section<ServiceEntry>;
  /** The defaults if the section is wrong. */
  readonly limits: LimitsEntry;
  /** The receivers. */
  readonly receivers: Section<ReceiverEntry>;
  /** The maintenance windows. */
  readonly maintenance: Section<MaintenanceEntry>;
  /** The defaults if the section is wrong. */
  readonly alerting: AlertingEntry;
  /** The well-formed origins, in the order of the file. */
  readonly origins: readonly Placed<string>[];
  /** The defaults if the section is wrong. */
  readonly cors: CorsEntry;
  /** The defaults if the section is wrong. */
  readonly history: HistoryEntry;
  /** The defaults if the section is wrong. */
  readonly sources: SourcesEntry;
  /** The defaults if the section is wrong. */
  readonly status: StatusPageEntry;
  /** The defaults if the section is wrong. */
  readonly auth: AuthEntry;
}

const SECTIONS = z.object({
  metrics: z.array(z.unknown()).default([]),
  rules: z.array(z.unknown()).default([...DEFAULT_RULE_ENTRIES]),
  services: z.array(z.unknown()).default([]),
  limits: z.unknown().optional(),
  receivers: z.array(z.unknown()).default([]),
  maintenance: z.array(z.unknown()).default([]),
  alerting: z.unknown().optional(),
  origins: z.array(z.unknown()).default([]),
  cors: z.unknown().optional(),
  history: z.unknown().optional(),
  sources: z.unknown().optional(),
  status: z.unknown().optional(),
  auth: z.unknown().optional(),
});

/** Returns what is well-formed in a configuration; `null` if it or a section of it is another kind of value. */
export function readEntries(value: unknown): Entries | null {
  const { data: sections } = SECTIONS.safeParse(value);
  if (sections === undefined) return null;
  return {
    metrics: readSection(sections.metrics, readMetric, ["metrics", "id"]),
    rules: readSection(sections.rules, readRule, ["rules", "name"]),
    services: readSection(sections.services, readService, ["services", "name"]),
    limits: readLimits(sections.limits),
    receivers: readSection(sections.receivers, readReceiver, ["receivers", "name"]),
    maintenance: readSection(sections.maintenance, readWindow, ["maintenance", "name"]),
    alerting: readAlerting(sections.alerting ?? {}),
    origins: readPlaced(place(sections.origins, "origins"), readOrigin),
    cors: readCors(sections.cors ?? {}),
    history: readHistory(sections.history ?? {}),
    sources: readSources(sections.sources ?? {}),
    status: readStatusPage(sections.status ?? {}),
    auth: readAuth(sections.auth ?? {}),
  };
}

function readSection<Entry>(
  values: readonly unknown[],
  read: (value: unknown) => Entry | null,
  [section, nameKey]: readonly [string, string],
): Section<Entry> {
  const all = place(values, section);
  const names = readPlaced(all, (value) => nameIn(value, nameKey))
    .map(({ path, entry }) => ({ path: [...path, nameKey], entry }));
  return { placed: readPlaced(all, read), all, names };
}

function place(values: readonly unknown[], section: string): readonly Placed<unknown>[] {
  return values.map((entry, index) => ({ path: [section, index], entry }));
}

/** Returns the parts that can be read. */
function readPlaced<Entry>(
  parts: readonly Placed<unknown>[],
  read: (value: unknown) => Entry | null,
): readonly Placed<Entry>[] {
  return parts.flatMap(({ path, entry: value }) => {
    const entry = read(value);
    return entry === null ? [] : [{ path, entry }];
  });
}

function nameIn(value: unknown, nameKey: string): string | null {
  if (typeof value !== "object" || value === null) return null;
  const [, name] = Object.entries(value).find(([key]) => key === nameKey) ?? [];
  return typeof name === "string" ? name : null;
}
