/**
 * What `/metrics` tells of services.
 *
 * @module
 */

import type { ExpositionSample, MetricFamily } from "@/lib/domain/exposition.ts";
import type { Metric } from "@/lib/domain/metric.ts";
import type { Status } from "@/lib/domain/status.ts";
import type { ServiceReading } from "@/lib/protocol/views.ts";

import { counter, flag, gauge, stateSamples } from "./families.ts";
import { nameSeries, type SeriesName } from "./series_names.ts";

const STATUSES: readonly Status[] = ["HEALTHY", "DEGRADED", "DOWN", "UNKNOWN"];

/** Returns the families; `metrics` are those that services may send. */
export function gatherServices(
  services: readonly ServiceReading[],
  metrics: readonly Metric[],
): MetricFamily[] {
  const sorted = services.toSorted((a, b) => a.name < b.name ? -1 : 1);
  const own = [
    ...gatherStatus(sorted),
    ...gatherNature(sorted),
    ...gatherWorkers(sorted),
  ];
  const series = nameSeries(metrics, own.map(({ name }) => name));
  const labels = new Map(metrics.map(({ id, label }) => [id, label]));
  return [
    ...own,
    ...series.map((name) => gatherSeries(name, labels.get(name.id) ?? name.id, sorted)),
  ];
}

/** Nothing of a service that never sent this metric. */
function gatherSeries(
  { id, family, name, toBase }: SeriesName,
  label: string,
  services: readonly ServiceReading[],
): MetricFamily {
  const samples: ExpositionSample[] = [];
  for (const service of services) {
    const value = service.values[id];
    if (value !== undefined) {
      samples.push({ labels: { service: service.name }, value: toBase(value) });
    }
  }
  return gauge(
    { name: family, help: `${label} of the service, its last value.`, unit: name },
    samples,
  );
}

function gatherStatus(services: readonly ServiceReading[]): MetricFamily[] {
  const counts = STATUSES.map((status) => {
    const value = services.filter((service) => service.status === status).length;
    return { labels: { status }, value };
  });
  return [
    gauge({ name: "vitals_services", help: "Services by status." }, counts),
    gauge(
      { name: "vitals_service_status", help: "1 for the status that the service has, else 0." },
      services.flatMap(({ name: service, status: own }) =>
        stateSamples(STATUSES, own, (status) => ({ service, status }))
      ),
    ),
    gauge(
      {
        name: "vitals_service_status_since_timestamp_seconds",
        help: "Since when the service has its status.",
        unit: "seconds",
      },
      services.map(({ name, since }) => ({ labels: { service: name }, value: since / 1_000 })),
    ),
    gauge(
      {
        name: "vitals_service_last_heartbeat_timestamp_seconds",
        help: "When the last sign of life of the service arrived; none before the first.",
        unit: "seconds",
      },
      services.flatMap(({ name, lastHeartbeat }) =>
        lastHeartbeat === null ? [] : [{ labels: { service: name }, value: lastHeartbeat / 1_000 }]
      ),
    ),
  ];
}

function gatherNature(services: readonly ServiceReading[]): MetricFamily[] {
  return [
    gauge(
      { name: "vitals_service_info", help: "Always 1: where samples of the service come from." },
      services.map(({ name, source }) => {
        return { labels: { service: name, source: source.kind }, value: 1 };
      }),
    ),
    gauge(
      { name: "vitals_service_tag_info", help: "Always 1: a tag that the service has." },
      services.flatMap(({ name, tags }) =>
        [...new Set(tags)].map((tag) => ({ labels: { service: name, tag }, value: 1 }))
      ),
    ),
    gauge(
      {
        name: "vitals_service_dependency_info",
        help: "Always 1: another service that the service needs.",
      },
      services.flatMap(({ name, dependsOn }) =>
        [...new Set(dependsOn)].map((needs) => {
          return { labels: { service: name, depends_on: needs }, value: 1 };
        })
      ),
    ),
    gauge(
      {
        name: "vitals_service_flapping_rules",
        help: "Rules whose alerts on the service keep changing their state.",
      },
      services.map(({ name, flapping }) => {
        return { labels: { service: name }, value: flapping.length };
      }),
    ),
  ];
}

function gatherWorkers(services: readonly ServiceReading[]): MetricFamily[] {
  const workers = services.flatMap(({ name, source }) =>
    source.kind === "simulated" ? [{ labels: { service: name }, ...source.worker }] : []
  );
  return [
    gauge(
      { name: "vitals_worker_up", help: "Whether the worker of a simulated service runs." },
      workers.map(({ labels, state }) => ({ labels, value: flag(state === "running") })),
    ),
    counter(
      {
        name: "vitals_worker_restarts",
        help: "Times the worker of a simulated service was started again.",
      },
      workers.map(({ labels, restarts }) => ({ labels, value: restarts })),
    ),
  ];
}
