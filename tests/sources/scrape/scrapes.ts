/**
 * Scrapes for tests, and what they work with.
 *
 * @module
 */

import { parseConfig } from "@/lib/config/parse_config.ts";
import type { IncomingSample, IngestResult } from "@/lib/ports/monitor.ts";
import type { SampleSink, SampleSource, SourceFailure } from "@/lib/ports/sample_source.ts";
import type { ScrapeConfig } from "@/lib/ports/source_config.ts";
import type { WebRequest, WebResult } from "@/lib/ports/web_fetch.ts";
import { Poller } from "@/lib/sources/poller.ts";
import { createScrape } from "@/lib/sources/scrape/create_scrape.ts";
import type { SourceTools } from "@/lib/sources/source_tools.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

/** Metrics that are declared beside the built-in ones. */
const DECLARED = [
  { id: "load", label: "Load", unit: "", min: 0, max: 1_000, decimals: 2 },
  { id: "disk", label: "Disk", unit: "%", min: 0, max: 100, decimals: 0 },
];

/** Returns a source as the configuration resolves it, every ten seconds if nothing is said. */
export function scrapeOf(entry: Readonly<Record<string, unknown>> = {}): ScrapeConfig {
  const source = {
    ...{ kind: "scrape", url: "http://db.example.com:9100/metrics", interval: "10s" },
    ...entry,
  };
  const config = parseConfig(
    JSON.stringify({ metrics: DECLARED, services: [{ name: "db", source }] }),
    { env: (name) => `the ${name}`.replaceAll(" ", "-") },
  );
  const [service] = config.services;
  if (service?.source.kind !== "scrape") throw new Error("not a scrape");
  return service.source;
}

/** Returns an answer with a page. */
export function pageOf(text: string | Uint8Array<ArrayBuffer>, changes: {
  readonly status?: number;
  readonly type?: string;
} = {}): WebResult {
  const { status = 200, type = "text/plain; version=0.0.4; charset=utf-8" } = changes;
  const body = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const headers = new Headers({ "content-type": type });
  return { kind: "answered", status, headers, body, durationMs: 3 };
}

/** When the first run of a poller comes whose chances are all one half; each further one is an interval later. */
const FIRST_MS = 1_000;

/** A service `db` that is scraped in virtual time, and what came of it. */
export class ScrapeStage implements SampleSink {
  readonly clock: FakeClock = new FakeClock();
  /** What was asked. */
  readonly asked: WebRequest[] = [];
  /** The metrics of the samples that were sent. */
  readonly samples: Readonly<Record<string, number>>[] = [];
  /** Failures and their ends, in order. */
  readonly failures: (SourceFailure | null)[] = [];
  /** What a run threw. */
  readonly errors: unknown[] = [];
  /** What becomes of samples. */
  taken: IngestResult = { kind: "accepted", count: 1 };
  readonly source: SampleSource;
  readonly #intervalMs: number;
  #answer: WebResult = pageOf("");

  constructor(source: ScrapeConfig = scrapeOf()) {
    this.#intervalMs = source.intervalMs;
    this.source = createScrape({ name: "db", source }, this.#tools());
  }

  /** Lets the exporter answer like this, until it has been asked once more; the exporter answers at once. */
  async scrape(answer: WebResult | string): Promise<void> {
    this.#answer = typeof answer === "string" ? pageOf(answer) : answer;
    this.source.start(this);
    await this.clock.advance(this.asked.length === 0 ? FIRST_MS : this.#intervalMs);
  }

  accept({ service, metrics }: IncomingSample): IngestResult {
    if (service !== "db") throw new Error(`not of ${service}`);
    this.samples.push(metrics);
    return this.taken;
  }

  noteFailure(_service: string, failure: SourceFailure | null): void {
    this.failures.push(failure);
  }

  /** The reason of the latest failure; `null` if there is none. */
  get failure(): SourceFailure | null {
    return this.failures.at(-1) ?? null;
  }

  #tools(): SourceTools {
    const onError = (error: unknown) => void this.errors.push(error);
    const unused = (): never => {
      throw new Error("a scrape has no use for this");
    };
    const tools: SourceTools = {
      clock: this.clock,
      poller: new Poller({ clock: this.clock, random: () => 0.5, onError }),
      fetch: (request: WebRequest) => {
        this.asked.push(request);
        return Promise.resolve(this.#answer);
      },
      openFetch: () => unused(),
      connect: () => unused(),
    };
    return tools;
  }
}
