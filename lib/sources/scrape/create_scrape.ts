/**
 * The source `scrape`: reads the page of an exporter again and again. A page that can be read is a sign of life
 * with the metrics that have a value; one that cannot is none, and says why.
 *
 * @module
 */

import { ObservationWindow } from "@/lib/domain/expression/observation_window.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import { sleep } from "@/lib/ports/clock.ts";
import { Secret } from "@/lib/ports/secret.ts";
import type { SampleSink, SampleSource } from "@/lib/ports/sample_source.ts";
import type { WebRequest } from "@/lib/ports/web_fetch.ts";

import type { ServiceOf } from "../create_source.ts";
import { explainRefusal } from "../explain_refusal.ts";
import type { SourceTools } from "../source_tools.ts";
import { measure } from "./measure.ts";
import { ACCEPT, readPage } from "./read_page.ts";

/** Pages move seldom; who is asked for them is given leave for one host alone. */
const REDIRECTS = 3;

/** Returns what observes a service. */
export function createScrape(service: ServiceOf<"scrape">, tools: SourceTools): SampleSource {
  return new Scrape(service, tools);
}

class Scrape implements SampleSource {
  readonly #service: ServiceOf<"scrape">;
  readonly #tools: SourceTools;
  readonly #window: ObservationWindow;
  #end: (() => Promise<void>) | null = null;
  #isStopped = false;

  constructor(service: ServiceOf<"scrape">, tools: SourceTools) {
    this.#service = service;
    this.#tools = tools;
    this.#window = new ObservationWindow(
      service.source.metrics.map(({ expression }) => expression),
    );
  }

  start(sink: SampleSink): void {
    if (this.#end !== null || this.#isStopped) return;
    const { intervalMs } = this.#service.source;
    this.#end = this.#tools.poller.add({ intervalMs, run: (signal) => this.#run(sink, signal) });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#end?.();
  }

  async #run(sink: SampleSink, signal: AbortSignal): Promise<void> {
    const { name, source } = this.#service;
    const at = this.#instant();
    const result = await this.#tools.fetch(requestOf(source), signal);
    const pause = () => sleep(this.#tools.clock, 0, { signal });
    const page = await readPage(result, { about: source.about, pause });
    if (signal.aborted) return;
    if (page.kind === "failed") return sink.noteFailure(name, page.failure);
    this.#window.push({ at, observations: page.observations });
    const { metrics, failure } = measure(source, this.#window);
    const taken = sink.accept({ service: name, metrics });
    sink.noteFailure(name, explainRefusal(taken) ?? failure);
  }

  /** Rates go by the clock that nobody sets: after the other one went back, there would be none for long. */
  #instant(): Instant {
    return this.#tools.clock.monotonicMs();
  }
}

function requestOf(
  { url, headers, timeoutMs, maxBytes }: ServiceOf<"scrape">["source"],
): WebRequest {
  return {
    ...{ url, method: "GET", body: null, timeoutMs, maxBytes, redirects: REDIRECTS },
    headers: { accept: new Secret(ACCEPT), ...headers },
  };
}
