/**
 * The source `probe`: looks again and again whether something answers as it should. A look that succeeds is a
 * sample, and with it a sign of life; one that fails is none, and says why.
 *
 * @module
 */

import type { SampleSink, SampleSource } from "@/lib/ports/sample_source.ts";

import type { ServiceOf } from "../create_source.ts";
import { explainRefusal } from "../explain_refusal.ts";
import type { SourceTools } from "../source_tools.ts";
import { createLook, type Look, type LookResult } from "./look.ts";
import { RecentLooks } from "./recent_looks.ts";

/** Returns what observes a service. */
export function createProbe(service: ServiceOf<"probe">, tools: SourceTools): SampleSource {
  return new Probe(service, tools);
}

class Probe implements SampleSource {
  readonly #service: ServiceOf<"probe">;
  readonly #tools: SourceTools;
  readonly #look: Look;
  readonly #recent = new RecentLooks();
  #end: (() => Promise<void>) | null = null;
  #isStopped = false;

  constructor(service: ServiceOf<"probe">, tools: SourceTools) {
    this.#service = service;
    this.#tools = tools;
    this.#look = createLook(service.source, tools);
  }

  start(sink: SampleSink): void {
    if (this.#end !== null || this.#isStopped) return;
    this.#end = this.#tools.poller.add({
      intervalMs: this.#service.source.intervalMs,
      run: async (signal) => {
        const result = await this.#look(signal);
        if (!signal.aborted) this.#take(result, sink);
      },
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#end?.();
  }

  #take(result: LookResult, sink: SampleSink): void {
    const { name } = this.#service;
    this.#recent.note(result.kind === "failed");
    if (result.kind === "failed") return sink.noteFailure(name, result.failure);
    const latency = Math.round(result.latencyMs * 100) / 100;
    const metrics = { latency, errorRate: this.#recent.errorRate };
    const taken = sink.accept({ service: name, metrics });
    sink.noteFailure(name, explainRefusal(taken));
  }
}
