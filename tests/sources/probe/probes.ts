/**
 * Probes for tests, and what they work with.
 *
 * @module
 */

import type { IncomingSample, IngestResult } from "@/lib/ports/monitor.ts";
import type { SampleSink, SourceFailure } from "@/lib/ports/sample_source.ts";
import { Secret } from "@/lib/ports/secret.ts";
import type { ProbeConfig, ProbeExpectation, ProbeTarget } from "@/lib/ports/source_config.ts";
import type { TcpRequest, TcpResult } from "@/lib/ports/tcp_connect.ts";
import type { WebRequest, WebResult } from "@/lib/ports/web_fetch.ts";
import { Poller } from "@/lib/sources/poller.ts";
import type { ReachPolicy, SourceTools } from "@/lib/sources/source_tools.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

/** What counts as good if nothing is said. */
export const ANY_GOOD: ProbeExpectation = {
  statuses: [{ from: 200, to: 299 }],
  ...{ contains: null, json: null, certificateDays: null },
};

/** Returns a probe of a web address that looks every ten seconds. */
export function httpProbe(
  changes: Partial<Extract<ProbeTarget, { kind: "http" }>> = {},
): ProbeConfig {
  return probeOf({
    ...{ kind: "http", url: new Secret("https://shop.example.com/secret"), method: "GET" },
    ...{ headers: {}, body: null, redirects: 5, maxBytes: 10_000, expect: ANY_GOOD },
    ...changes,
  });
}

/** Returns a probe that looks every ten seconds. */
export function probeOf(target: ProbeTarget): ProbeConfig {
  return {
    ...{ kind: "probe", target, about: "shop", hosts: [], denyPrivate: false },
    ...{ intervalMs: 10_000, timeoutMs: 5_000, silenceMs: 25_000 },
  };
}

/** Returns an answer. */
export function answered(status: number, text = "", durationMs = 12.3456): WebResult {
  const body = new TextEncoder().encode(text);
  return { kind: "answered", status, headers: new Headers(), body, durationMs };
}

/** Answers probes as it is told, without any network. */
export class FakeHosts {
  readonly clock: FakeClock;
  /** What was asked of web addresses. */
  readonly asked: WebRequest[] = [];
  /** What was asked of ports. */
  readonly connected: TcpRequest[] = [];
  /** Under which policies. */
  readonly policies: ReachPolicy[] = [];
  /** What probes threw. */
  readonly errors: unknown[] = [];
  /** Answers web requests. */
  answer: (request: WebRequest) => WebResult | Promise<WebResult> = () => answered(200);
  /** Answers connections. */
  accept: (request: TcpRequest) => TcpResult = () => ({ kind: "connected", durationMs: 1 });

  constructor(clock: FakeClock = new FakeClock()) {
    this.clock = clock;
  }

  /** What a source gets. Its first turn is after a second, and then there is one each interval. */
  tools(): SourceTools {
    return {
      clock: this.clock,
      poller: new Poller({
        ...{ clock: this.clock, random: () => 0.5 },
        onError: (error) => void this.errors.push(error),
      }),
      fetch: () => Promise.reject(new Error("not for probes")),
      openFetch: (policy) => {
        this.policies.push(policy);
        return async (request) => {
          this.asked.push(request);
          return await this.answer(request);
        };
      },
      connect: (request) => {
        this.connected.push(request);
        return Promise.resolve(this.accept(request));
      },
    };
  }
}

/** Keeps what it gets. */
export class FakeSampleSink implements SampleSink {
  readonly samples: IncomingSample[] = [];
  /** By service; `null` is success. */
  readonly failures: [service: string, failure: SourceFailure | null][] = [];
  result: IngestResult = { kind: "accepted", count: 1 };

  accept(sample: IncomingSample): IngestResult {
    this.samples.push(sample);
    return this.result;
  }

  noteFailure(service: string, failure: SourceFailure | null): void {
    this.failures.push([service, failure]);
  }
}
