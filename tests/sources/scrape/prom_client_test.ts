import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { Counter, Gauge, Histogram, Registry, type RegistryContentType } from "prom-client";

import { pageOf, scrapeOf, ScrapeStage } from "./scrapes.ts";

/** A program that measures itself as most programs in JavaScript do. */
class Program {
  readonly registry: Registry<RegistryContentType>;
  readonly #requests: Counter;
  readonly #durations: Histogram;
  readonly #hasExemplars: boolean;

  constructor(type: RegistryContentType) {
    this.registry = new Registry<RegistryContentType>();
    this.registry.setContentType(type);
    const registers = [this.registry];
    this.#hasExemplars = type === Registry.OPENMETRICS_CONTENT_TYPE;
    // OpenMetrics adds the end of the name by itself.
    const name = type === Registry.PROMETHEUS_CONTENT_TYPE
      ? "http_requests_total"
      : "http_requests";
    this.#requests = new Counter({ name, help: "All\nrequests.", labelNames: ["code"], registers });
    this.#durations = new Histogram({
      ...{ name: "http_request_duration_seconds", help: "How long.", registers },
      ...{ buckets: [0.1, 0.5, 1], enableExemplars: this.#hasExemplars },
    });
    new Gauge({ name: "odd", help: "Odd.", labelNames: ["text"], registers })
      .set({ text: 'a "b" \\ \n{c="d"}' }, NaN);
  }

  answer(status: number, seconds: number): void {
    this.#requests.inc({ code: String(status) });
    if (this.#hasExemplars) {
      this.#durations.observe({ value: seconds, labels: {}, exemplarLabels: { trace: "5ea1" } });
    } else {
      this.#durations.observe(seconds);
    }
  }

  async page(): Promise<ReturnType<typeof pageOf>> {
    return pageOf(await this.registry.metrics(), { type: this.registry.contentType });
  }
}

for (const type of [Registry.PROMETHEUS_CONTENT_TYPE, Registry.OPENMETRICS_CONTENT_TYPE] as const) {
  Deno.test(`createScrape() reads what prom-client writes as ${type}`, async () => {
    const isOpen = type === Registry.OPENMETRICS_CONTENT_TYPE;
    const program = new Program(type);
    const stage = new ScrapeStage(scrapeOf({ preset: "generic-http" }));
    program.answer(200, 0.05);
    program.answer(500, 0.05);
    await stage.scrape(await program.page());
    for (let index = 0; index < 18; index++) program.answer(200, 0.3);
    program.answer(500, 0.3);
    program.answer(404, 0.3);
    await stage.scrape(await program.page());
    const { errorRate = NaN, latency = NaN } = stage.samples.at(-1) ?? {};
    assertAlmostEquals(errorRate, 100 / 19, 1e-9);
    assertAlmostEquals(latency, 480, 1e-9);
    assertEquals([stage.failure, stage.errors], [null, []]);
    assertEquals((await program.registry.metrics()).includes(' # {trace="5ea1"} 0.3'), isOpen);
    assertStringIncludes(await program.registry.metrics(), 'text="a \\"b\\" \\\\ \\n{c=\\"d\\"}"');
    await stage.source.stop();
  });
}
