/**
 * Runs the sources of all services, and follows the configuration: only what changed begins anew.
 *
 * @module
 */

import type { ServiceConfig } from "@/lib/ports/monitor_config.ts";
import type { SampleSink, SampleSource } from "@/lib/ports/sample_source.ts";
import { isSameSource } from "@/lib/ports/same_source.ts";
import type { SourceConfig } from "@/lib/ports/source_config.ts";

/** Makes the source of a service; `null` if its samples come without one. */
export type CreateSource = (service: Pick<ServiceConfig, "name" | "source">) => SampleSource | null;

interface Running {
  readonly config: SourceConfig;
  readonly source: SampleSource;
}

/** Holds one source for each service that has one. */
export class SourceRunner {
  readonly #create: CreateSource;
  readonly #running = new Map<string, Running>();
  /** Those that are ending. */
  readonly #ending = new Set<Promise<void>>();
  #sink: SampleSink | null = null;
  #stopped = false;

  /** Begins with these services; nothing runs before `start`. */
  constructor(create: CreateSource, services: readonly ServiceConfig[]) {
    this.#create = create;
    this.#add(services);
  }

  /** Begins; a second call does nothing. */
  start(sink: SampleSink): void {
    if (this.#stopped || this.#sink !== null) return;
    this.#sink = sink;
    for (const { source } of this.#running.values()) source.start(sink);
  }

  /** Takes other services. Those with the source that they had go on; it resolves once the others have ended. */
  async reconfigure(services: readonly ServiceConfig[]): Promise<void> {
    const wanted = new Map(services.map(({ name, source }) => [name, source]));
    const ended = [...this.#running].filter(([name, { config }]) => {
      const source = wanted.get(name);
      return source === undefined || !isSameSource(source, config);
    });
    for (const [name] of ended) this.#running.delete(name);
    this.#add(services);
    await this.#end(ended.map(([, { source }]) => source));
  }

  /** Ends and awaits all; a second call does nothing. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const ended = [...this.#running.values()];
    this.#running.clear();
    await this.#end(ended.map(({ source }) => source));
    await Promise.all(this.#ending);
  }

  async #end(sources: readonly SampleSource[]): Promise<void> {
    const ending = Promise.all(sources.map((source) => source.stop())).then(() => {});
    this.#ending.add(ending);
    await ending.finally(() => this.#ending.delete(ending));
  }

  #add(services: readonly ServiceConfig[]): void {
    if (this.#stopped) return;
    for (const service of services) {
      if (this.#running.has(service.name)) continue;
      const source = this.#create(service);
      if (source === null) continue;
      this.#running.set(service.name, { config: service.source, source });
      if (this.#sink !== null) source.start(this.#sink);
    }
  }
}
