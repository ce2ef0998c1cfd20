/**
 * Who depends on whom, and whose alerts wait for the fate of another service.
 *
 * @module
 */

import {
  findInhibition,
  type Inhibition,
  type ParentFacts,
  parentFacts,
} from "@/lib/domain/dependency.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import type { ServiceState, StatusTransition } from "@/lib/domain/service.ts";
import type { ServiceConfig } from "@/lib/ports/monitor_config.ts";

/** What {@linkcode Dependents} needs. */
export interface DependentsOptions {
  /** Returns the state of a service; `undefined` if there is none of that name. */
  readonly stateOf: (service: string) => ServiceState | undefined;
  /** Returns how long dependents may take to recover after their parent, in milliseconds. */
  readonly graceMs: () => number;
}

/** Holds the graph of dependencies and what inhibits along it. */
export class Dependents {
  readonly #options: DependentsOptions;
  readonly #parents = new Map<string, readonly string[]>();
  readonly #children = new Map<string, readonly string[]>();
  readonly #recoveredAt = new Map<string, Instant>();
  /** By parent: children with alerts that wait to hear of it. */
  readonly #waiting = new Map<string, Set<string>>();

  /** Begins without dependencies. */
  constructor(options: DependentsOptions) {
    this.#options = options;
  }

  /** Takes the dependencies of a new configuration. */
  reconfigure(services: readonly ServiceConfig[]): void {
    this.#parents.clear();
    this.#children.clear();
    for (const { name, dependsOn } of services) {
      if (dependsOn.length > 0) this.#parents.set(name, dependsOn);
      for (const parent of dependsOn) {
        this.#children.set(parent, [...this.childrenOf(parent), name]);
      }
    }
    for (const service of this.#recoveredAt.keys()) {
      if (!this.#children.has(service)) this.#recoveredAt.delete(service);
    }
  }

  /** Returns the services that depend on one. */
  childrenOf(service: string): readonly string[] {
    return this.#children.get(service) ?? [];
  }

  /** Whether a service depends on another. */
  hasParents(service: string): boolean {
    return this.#parents.has(service);
  }

  /** Returns what inhibits an alert of `service` that began at `since`; `null` if nothing does. */
  inhibitionOf(service: string, since: Instant, now: Instant): Inhibition | null {
    const parents = this.#parents.get(service);
    if (parents === undefined) return null;
    const facts = parents.flatMap((parent) => this.#factsOf(parent) ?? []);
    return findInhibition({ since, parents: facts, graceMs: this.#options.graceMs() }, now);
  }

  /** Takes a change of status, and returns the services for whose alerts it matters. */
  noteStatus({ service, from, to, at }: StatusTransition): readonly string[] {
    if (from !== "DOWN" && to !== "DOWN") return [];
    const children = this.childrenOf(service);
    if (to !== "DOWN" && children.length > 0) this.#recoveredAt.set(service, at);
    return children;
  }

  /** Returns the services whose alerts waited to hear of this one, and now have. */
  noteSign(service: string): readonly string[] {
    const waiting = this.#waiting.get(service);
    if (waiting === undefined) return [];
    this.#waiting.delete(service);
    return [...waiting];
  }

  /**
   * Looks at the alerts of a service, of which it knows when they began.
   *
   * @returns When time alone changes what inhibits them; `null` if it does not.
   */
  watch(service: string, begun: readonly Instant[], now: Instant): Instant | null {
    const found = begun.flatMap((since) => this.inhibitionOf(service, since, now) ?? []);
    for (const { kind, service: parent } of found) {
      if (kind !== "unconfirmed") continue;
      const waiting = this.#waiting.get(parent) ?? new Set<string>();
      this.#waiting.set(parent, waiting.add(service));
    }
    const ends = found.flatMap(({ until }) => until ?? []);
    return ends.length === 0 ? null : Math.min(...ends);
  }

  /** Returns when a service that others depend on last ceased to be DOWN; `null` if that is not known. */
  recoveredAt(service: string): Instant | null {
    return this.#recoveredAt.get(service) ?? null;
  }

  /** Takes what is known from an earlier run. */
  restore(service: string, recoveredAt: Instant | null): void {
    if (recoveredAt !== null) this.#recoveredAt.set(service, recoveredAt);
  }

  /** Takes that our clock was set by `byMs`. */
  moveClock(byMs: number): void {
    for (const [service, at] of this.#recoveredAt) this.#recoveredAt.set(service, at + byMs);
  }

  #factsOf(parent: string): ParentFacts | undefined {
    const state = this.#options.stateOf(parent);
    return state && parentFacts(state, this.#recoveredAt.get(parent) ?? null);
  }
}
