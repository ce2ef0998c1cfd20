/**
 * Checks that whatever one part of a configuration calls by name is there. It looks at all parts, even at
 * those that are otherwise wrong, so that each mistake is told at once.
 *
 * @module
 */

import { z } from "zod";

import { quote } from "@/lib/domain/quote.ts";
import { suggest } from "@/lib/domain/suggest.ts";

import type { Path } from "./config_error.ts";
import type { Entries, Placed } from "./entries.ts";
import type { Report } from "./resolve_rule.ts";
import { JOB_RULE_NAMES } from "./sources/job_rules.ts";

/** Everything that can be called by name, each name once. */
export interface KnownNames {
  /** Ids of metrics. */
  readonly metric: readonly string[];
  /** Names of services. */
  readonly service: readonly string[];
  /** Names of rules. */
  readonly rule: readonly string[];
  /** Names of profiles; `null` if any will do. */
  readonly profile: readonly string[] | null;
}

/** What a rule refers to, whatever else is wrong with it. */
const RULE = z.object({ metric: z.string().optional().catch(undefined) });

/** What a service refers to, whatever else is wrong with it. */
const SERVICE = z.object({
  dependsOn: z.array(z.unknown()).catch([]),
  source: z.object({ kind: z.literal("simulated"), profile: z.string() }).nullable().catch(null),
  rules: z.record(z.string(), z.unknown()).catch({}),
});

/** A service that has rules which need not be listed. */
const JOB = z.object({ source: z.object({ kind: z.literal("heartbeat") }) });

/** What references are checked against. */
export interface ReferenceScope {
  /** What can be called by name. */
  readonly known: KnownNames;
  /** Where to say what is wrong. */
  readonly report: Report;
}

/** Reports each name that nothing has, with what was probably meant. */
export function checkReferences(
  { rules, services }: Pick<Entries, "rules" | "services">,
  { known, report }: ReferenceScope,
): void {
  const references = new References(known, report);
  for (const rule of rules.all) checkRule(rule, references);
  for (const service of services.all) checkService(service, references);
}

function checkRule({ path, entry }: Placed<unknown>, references: References): void {
  const { metric } = RULE.safeParse(entry).data ?? {};
  if (metric !== undefined) references.check("metric", metric, [...path, "metric"]);
}

function checkService({ path, entry }: Placed<unknown>, references: References): void {
  const { data } = SERVICE.safeParse(entry);
  if (data === undefined) return;
  for (const [index, parent] of data.dependsOn.entries()) {
    if (typeof parent === "string") {
      references.check("service", parent, [...path, "dependsOn", index]);
    }
  }
  if (data.source !== null) {
    references.check("profile", data.source.profile, [...path, "source", "profile"]);
  }
  const own = JOB.safeParse(entry).success ? JOB_RULE_NAMES : [];
  for (const rule of Object.keys(data.rules).filter((name) => !own.includes(name))) {
    references.check("rule", rule, [...path, "rules", rule]);
  }
}

class References {
  readonly #names: KnownNames;
  readonly #sets: ReadonlyMap<keyof KnownNames, ReadonlySet<string> | null>;
  readonly #report: Report;

  constructor(names: KnownNames, report: Report) {
    this.#names = names;
    this.#sets = new Map([
      ["metric", new Set(names.metric)],
      ["service", new Set(names.service)],
      ["rule", new Set(names.rule)],
      ["profile", names.profile && new Set(names.profile)],
    ]);
    this.#report = report;
  }

  check(kind: keyof KnownNames, name: string, path: Path): void {
    if (this.#sets.get(kind)?.has(name) ?? true) return;
    const meant = suggest(name, this.#names[kind] ?? []);
    this.#report(path, `no ${kind} is called ${quote(name)}${meant}`);
  }
}
