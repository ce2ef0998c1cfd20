/**
 * From what a file says about the status page to what it means.
 *
 * @module
 */

import { quote } from "@/lib/domain/quote.ts";
import { suggest } from "@/lib/domain/suggest.ts";
import type { StatusPageConfig } from "@/lib/ports/monitor_config.ts";

import type { StatusPageEntry } from "./entry_types.ts";
import type { Report } from "./resolve_rule.ts";

/** What the entry is checked against. */
export interface StatusPageScope {
  /** Names of the maintenance windows. */
  readonly windows: readonly string[];
  /** Where to say what is wrong. */
  readonly report: Report;
}

/** Returns what the status page shows; what is wrong with it is reported. */
export function resolveStatusPage(
  entry: StatusPageEntry,
  { windows, report }: StatusPageScope,
): StatusPageConfig {
  checkGroups(entry, report);
  checkWindows(entry, { windows, report });
  const { enabled, title, description, groups, names, maintenance } = entry;
  return {
    ...{ enabled, title, description: description ?? "", groups },
    services: entry.services ?? (groups.length > 0 ? groups.flatMap(servicesOf) : ["*"]),
    names: new Map(Object.entries(names)),
    maintenance: new Map(Object.entries(maintenance)),
  };
}

function servicesOf({ services }: StatusPageEntry["groups"][number]): readonly string[] {
  return services;
}

function checkGroups({ groups }: StatusPageEntry, report: Report): void {
  const seen = new Map<string, number>();
  for (const [index, { name }] of groups.entries()) {
    const first = seen.get(name);
    if (first === undefined) seen.set(name, index);
    else {
      report(
        ["status", "groups", index, "name"],
        `${quote(name)} is taken by status.groups[${first}]`,
      );
    }
  }
}

function checkWindows({ maintenance }: StatusPageEntry, scope: StatusPageScope): void {
  const { windows, report } = scope;
  for (const name of Object.keys(maintenance)) {
    if (windows.includes(name)) continue;
    const message = `no maintenance window is called ${quote(name)}${suggest(name, windows)}`;
    report(["status", "maintenance", name], message);
  }
}
