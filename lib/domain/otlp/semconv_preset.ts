/**
 * What cpu, memory, latency and error rate are computed from, of what programs report that follow OpenTelemetry's
 * semantic conventions (https://opentelemetry.io/docs/specs/semconv/, 1.45, and names that came before). Of
 * several alternatives the first one counts for which there is anything. docs/sources.md lists them.
 *
 * @module
 */

/** A metric and the text of the expression that it is computed by. */
export type PresetEntry = readonly [metric: string, expression: string];

const CPU = `
  100 * (1 - avg({"system.cpu.utilization", "cpu.mode"="idle"}))
  or 100 * (1 - avg({"system.cpu.utilization", "system.cpu.state"="idle"}))
  or 100 * (1 - avg({"system.cpu.utilization", state="idle"}))
  or 100 * avg({"system.cpu.utilization", "cpu.mode"="", "system.cpu.state"="", state=""})
  or 100 * (1 - sum(rate({"system.cpu.time", "cpu.mode"="idle"})) / sum(rate({"system.cpu.time"})))
  or 100 * (1 - sum(rate({"system.cpu.time", state="idle"})) / sum(rate({"system.cpu.time"})))
  or 100 * avg(sum by ("service.instance.id") ({"process.cpu.utilization"}))
  or 100 * avg({"jvm.cpu.recent_utilization"})`;

const MEMORY = `
  100 * avg({"system.memory.utilization", "system.memory.state"="used"})
  or 100 * avg({"system.memory.utilization", state="used"})
  or 100 * avg({"system.memory.utilization", "system.memory.state"="", state=""})
  or 100 * sum({"system.memory.usage", "system.memory.state"="used"}) / sum({"system.memory.usage"})
  or 100 * sum({"system.memory.usage", state="used"}) / sum({"system.memory.usage"})
  or 100 * sum({"process.memory.usage"}) / sum({"process.memory.limit"})
  or 100 * sum({"process.memory.usage"}) / sum({"container.memory.limit"})
  or 100 * sum({"process.memory.usage"}) / sum({"system.memory.limit"})
  or 100 * sum({"jvm.memory.used", "jvm.memory.type"="heap"})
    / sum({"jvm.memory.limit", "jvm.memory.type"="heap"})`;

const LATENCY = `
  1000 * histogram_quantile(0.95, sum by (le) (rate({"http.server.request.duration_bucket"})))
  or histogram_quantile(0.95, sum by (le) (rate({"http.server.duration_bucket"})))`;

/** An error that came without a status, such as a broken connection, counts too. */
const ERROR_RATE = `
  100 * (
    (sum(rate({"http.server.request.duration_count", "http.response.status_code"=~"5.."}))
      or vector(0))
    + (sum(rate({"http.server.request.duration_count", "http.response.status_code"!~"5..",
        "error.type"!=""})) or vector(0))
  ) / sum(rate({"http.server.request.duration_count"}))
  or 100 * (sum(rate({"http.server.duration_count", "http.status_code"=~"5.."})) or vector(0))
    / sum(rate({"http.server.duration_count"}))`;

/** The preset `semconv`. Shares are per cent; roundings beyond 0 and 100 are taken out. */
export const SEMCONV: readonly PresetEntry[] = [
  ["cpu", percent(CPU)],
  ["memory", percent(MEMORY)],
  ["latency", LATENCY],
  ["errorRate", percent(ERROR_RATE)],
];

function percent(expression: string): string {
  return `clamp_max(clamp_min(${expression}, 0), 100)`;
}
