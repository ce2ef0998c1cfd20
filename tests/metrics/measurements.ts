/**
 * Measurements for tests.
 *
 * @module
 */

import { DurationHistogram } from "@/lib/domain/duration_histogram.ts";
import { BUILT_IN_METRICS } from "@/lib/domain/metric.ts";
import { startCounters } from "@/lib/live/hub_counters.ts";
import type { Measurements } from "@/lib/metrics/measurements.ts";
import { FakeMonitor } from "@/tests/live/fake_monitor.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

/** Returns measurements of a monitor with nothing to watch, but for what differs. */
export function measurementsOf(change: Partial<Measurements> = {}): Measurements {
  const nothing = new DurationHistogram().read();
  return {
    metrics: BUILT_IN_METRICS,
    services: [],
    alerts: [],
    silences: [],
    maintenance: [],
    receivers: [],
    notifications: { decisions: {}, receivers: {} },
    faults: [],
    scenario: null,
    health: {
      status: "pass",
      version: "1.2.3",
      uptimeMs: 5,
      checks: { config: { status: "pass" } },
      services: { healthy: 0, degraded: 0, down: 0, unknown: 0 },
    },
    counts: {
      collector: { accepted: 3, late: 2, refused: 1 },
      hub: startCounters(),
      live: { peers: 4, latencyMs: null },
      decision: nothing,
      delivery: nothing,
      history: {
        ...{ batches: 1, samples: 2, lostSamples: 3, lostTransitions: 4, failures: 5 },
        ...{ waitingSamples: 6, isWorking: true },
      },
      loopDelayMs: 250,
    },
    process: { startedAt: 1_700_000_000_000, residentBytes: 1_024 },
    ...change,
  };
}

/** Returns a monitor with a service that has sent a value of each built-in metric, and its clock. */
export function watchedCheckout(): { readonly monitor: FakeMonitor; readonly clock: FakeClock } {
  const clock = new FakeClock();
  const monitor = new FakeMonitor(clock);
  const values = { cpu: 41.2, memory: 63, latency: 120.5, errorRate: 0.4 };
  for (const [id, value] of Object.entries(values)) monitor.sample("checkout", id, value);
  return { monitor, clock };
}
