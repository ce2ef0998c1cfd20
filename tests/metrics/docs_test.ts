import { assertEquals } from "@std/assert";

import type { MetricFamily } from "@/lib/domain/exposition.ts";
import { gatherFamilies } from "@/lib/metrics/gather_families.ts";
import { readingOf } from "@/tests/support/readings.ts";

import { measurementsOf, watchedCheckout } from "./measurements.ts";

const PAGE = new URL("../../docs/metrics.md", import.meta.url);

/** A row such as "| `vitals_alerts` | gauge | `state`, `severity` | … |". */
const ROW = /^\| `((?:vitals|process)_\w+)` +\| (\w+) +\| (.*?) +\| (.*?) +\|$/gm;

/** Returns measurements in which every family has a sample. */
function gatherEverything(): MetricFamily[] {
  const { monitor } = watchedCheckout();
  monitor.tag("checkout", "shop");
  monitor.simulated.add("checkout");
  monitor.alertTo("checkout", "firing");
  const { services, alerts } = monitor.dashboard();
  const receiver = { name: "ops", kind: "log", state: "ok", queued: 0, failure: null } as const;
  const counts = { posted: 0, delivered: 0, failed: 0, dropped: 0, attempts: 0, retries: 0 };
  const fault = { id: "f1", service: "checkout", kind: "cpu-spike", startedAt: 0 } as const;
  const scenario = { name: "monday", summary: "", durationMs: 1, state: "running" } as const;
  return gatherFamilies(measurementsOf({
    services: services.map((view) => ({ ...readingOf(view), dependsOn: ["db"] })),
    alerts,
    maintenance: [{
      ...{ name: "nightly", reason: "", active: true, span: null },
      matcher: { service: "*", rule: null, tag: null, severity: null },
    }],
    receivers: [{ ...receiver, deliveredAt: 1 }],
    notifications: { decisions: { first: 1 }, receivers: { ops: counts } },
    faults: [{ ...fault, intensity: 1, durationMs: 1 }],
    scenario: { ...scenario, elapsedMs: 0, at: 0, next: null, differences: [] },
  }));
}

function describe(family: MetricFamily): string[] {
  const { kind, help } = family;
  const name = kind === "counter" ? `${family.name}_total` : family.name;
  const labels = "samples" in family ? Object.keys(family.samples[0]?.labels ?? {}) : [];
  return [name, kind, labels.map((label) => `\`${label}\``).join(", "), help.replace(/\.$/, "")];
}

Deno.test("docs/metrics.md lists every family with its kind, its labels and its help", async () => {
  const page = await Deno.readTextFile(PAGE);
  const rows = [...page.matchAll(ROW)].map(([, ...cells]) => cells);
  const byName = ([a = ""]: string[], [b = ""]: string[]) => a < b ? -1 : 1;
  assertEquals(rows.toSorted(byName), gatherEverything().map(describe).sort(byName));
});
