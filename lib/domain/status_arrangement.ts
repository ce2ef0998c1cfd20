/**
 * Which services the status page shows, in which order, under which headings.
 *
 * @module
 */

import { matchesGlob } from "./glob.ts";

/** What is said about a heading. */
export interface GroupRule {
  /** The heading. */
  readonly name: string;
  /** Names of the services below it, in order; `*` stands for any run of characters. */
  readonly services: readonly string[];
}

/** A service that could be shown. */
export interface ArrangedService {
  /** Its name. */
  readonly name: string;
  /** Its tags. */
  readonly tags: readonly string[];
}

/** Services under a heading. */
export interface Arrangement<Service> {
  /** The heading; `null` if there is none. */
  readonly name: string | null;
  /** At least one. */
  readonly services: readonly Service[];
}

/** The heading of what is under no other. */
export const OTHERS = "Other services";

/** Returns the services that are shown, in the order of the patterns; of one pattern in the order given. */
export function selectServices<Service extends ArrangedService>(
  patterns: readonly string[],
  services: readonly Service[],
): Service[] {
  const chosen = new Set<Service>();
  for (const pattern of patterns) {
    for (const service of services) if (matchesGlob(pattern, service.name)) chosen.add(service);
  }
  return [...chosen];
}

/**
 * Returns services under headings, each once: under those of the rules if there are any, else under their first tags if that
 * brings any together, else under none.
 *
 * @param shown The services that are shown, in order.
 *
 * @example
 * ```ts
 * import { arrangeServices } from "@/lib/domain/status_arrangement.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const shown = [
 *   { name: "cart", tags: ["shop"] },
 *   { name: "login", tags: [] },
 *   { name: "pay", tags: ["shop", "money"] },
 * ];
 * const groups = arrangeServices([], shown);
 * assertEquals(groups.map(({ name }) => name), ["shop", "Other services"]);
 * ```
 */
export function arrangeServices<Service extends ArrangedService>(
  groups: readonly GroupRule[],
  shown: readonly Service[],
): Arrangement<Service>[] {
  return groups.length > 0 ? arrangeByRules(groups, shown) : arrangeByTag(shown);
}

function arrangeByRules<Service extends ArrangedService>(
  groups: readonly GroupRule[],
  shown: readonly Service[],
): Arrangement<Service>[] {
  const left = new Set(shown);
  const arranged = groups.map(({ name, services: patterns }) => {
    const services = selectServices(patterns, [...left]);
    for (const service of services) left.delete(service);
    return { name, services };
  });
  return [...arranged, { name: OTHERS, services: [...left] }]
    .filter(({ services }) => services.length > 0);
}

function arrangeByTag<Service extends ArrangedService>(
  shown: readonly Service[],
): Arrangement<Service>[] {
  const byTag = Map.groupBy(shown, ({ tags }) => tags[0] ?? null);
  const tagged = [...byTag].filter(([tag]) => tag !== null);
  if (tagged.every(([, services]) => services.length < 2)) {
    return shown.length === 0 ? [] : [{ name: null, services: shown }];
  }
  const others = byTag.get(null) ?? [];
  return [...tagged, ...(others.length > 0 ? [[OTHERS, others] as const] : [])]
    .map(([name, services]) => ({ name, services }));
}
