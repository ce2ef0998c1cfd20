/**
 * What is known of usual exporters: which expressions over their pages are which metrics. A preset gives the
 * metrics that are declared, and what a service says itself goes before it.
 *
 * @module
 */

/** The presets there are. */
export const PRESETS = ["node_exporter", "generic-http"] as const;

/** Name of a preset. */
export type PresetName = typeof PRESETS[number];

/** The names under which programs count their requests, and what their durations are called. */
const HTTP_DURATIONS = [
  "http_request_duration_seconds",
  "http_server_request_duration_seconds",
  "http_server_requests_seconds",
];

/** What counts requests: the first that is on the page. */
const HTTP_COUNTERS = ["http_requests_total", ...HTTP_DURATIONS.map((name) => `${name}_count`)];

/** The labels under which programs say the status of an answer. */
const STATUS_LABELS = ["code", "status", "status_code", "http_response_status_code"];

/** Expressions by id of metric, by name of preset. */
export const PRESET_EXPRESSIONS: Readonly<Record<PresetName, Readonly<Record<string, string>>>> = {
  "node_exporter": {
    // Of all seconds that were counted, so that the moment of the scrape does not matter.
    cpu: '100 * (1 - sum(rate(node_cpu_seconds_total{mode="idle"})) / ' +
      "sum(rate(node_cpu_seconds_total)))",
    memory: "100 * (1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes)",
    load: "node_load1",
    disk: 'max(100 * (1 - node_filesystem_avail_bytes{mountpoint="/"} / ' +
      'node_filesystem_size_bytes{mountpoint="/"}))',
  },
  "generic-http": {
    latency: HTTP_DURATIONS.map(p95).join(" or "),
    errorRate: HTTP_COUNTERS.map(errorRate).join(" or "),
  },
};

/** The 95th percentile of all requests, in milliseconds. */
function p95(name: string): string {
  return `1000 * histogram_quantile(0.95, sum by (le) (rate(${name}_bucket)))`;
}

/** How many of 100 requests were answered with a status from 500 on. */
function errorRate(name: string): string {
  const failed = STATUS_LABELS.map((label) => `rate(${name}{${label}=~"5.."})`).join(" or ");
  return `100 * (sum(${failed}) or vector(0)) / sum(rate(${name}))`;
}
