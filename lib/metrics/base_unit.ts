/**
 * Units as people write them, and the base units in which Prometheus wants values
 * (https://prometheus.io/docs/practices/naming/#base-units).
 *
 * @module
 */

/** How values of a unit are told. */
export interface BaseUnit {
  /** The end of the name, such as `seconds`; `null` for none. */
  readonly name: string | null;
  /** Returns a value in the base unit. */
  readonly toBase: (value: number) => number;
}

function same(value: number): number {
  return value;
}

/** To 15 digits: 41.2 per cent are 0.412, which no binary fraction is, and not 0.41200000000000003. */
function dividedBy(divisor: number): BaseUnit["toBase"] {
  return (value) => Number((value / divisor).toPrecision(15));
}

function times(factor: number): BaseUnit["toBase"] {
  return (value) => value * factor;
}

const UNITS: ReadonlyMap<string, BaseUnit> = new Map([
  ["", { name: null, toBase: same }],
  ["%", { name: "ratio", toBase: dividedBy(100) }],
  ["ns", { name: "seconds", toBase: dividedBy(1e9) }],
  ["µs", { name: "seconds", toBase: dividedBy(1e6) }],
  ["us", { name: "seconds", toBase: dividedBy(1e6) }],
  ["ms", { name: "seconds", toBase: dividedBy(1e3) }],
  ["s", { name: "seconds", toBase: same }],
  ["min", { name: "seconds", toBase: times(60) }],
  ["h", { name: "seconds", toBase: times(3_600) }],
  ["d", { name: "seconds", toBase: times(86_400) }],
  ["B", { name: "bytes", toBase: same }],
  ["kB", { name: "bytes", toBase: times(1e3) }],
  ["KB", { name: "bytes", toBase: times(1e3) }],
  ["MB", { name: "bytes", toBase: times(1e6) }],
  ["GB", { name: "bytes", toBase: times(1e9) }],
  ["TB", { name: "bytes", toBase: times(1e12) }],
  ["KiB", { name: "bytes", toBase: times(1_024) }],
  ["MiB", { name: "bytes", toBase: times(1_048_576) }],
  ["GiB", { name: "bytes", toBase: times(1_073_741_824) }],
  ["TiB", { name: "bytes", toBase: times(1_099_511_627_776) }],
  ["°C", { name: "celsius", toBase: same }],
  ["V", { name: "volts", toBase: same }],
  ["A", { name: "amperes", toBase: same }],
  ["J", { name: "joules", toBase: same }],
  ["W", { name: "watts", toBase: same }],
  ["kW", { name: "watts", toBase: times(1e3) }],
  ["Hz", { name: "hertz", toBase: same }],
  ["/s", { name: "per_second", toBase: same }],
]);

/**
 * Returns how values of a unit are told. One that is not known stays as it is, its letters and digits in the
 * name; after a slash stands `per`.
 *
 * @example
 * ```ts
 * import { findBaseUnit } from "@/lib/metrics/base_unit.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { name, toBase } = findBaseUnit("ms");
 * assertEquals([name, toBase(250)], ["seconds", 0.25]);
 * assertEquals(findBaseUnit("req/s").name, "req_per_second");
 * ```
 */
export function findBaseUnit(unit: string): BaseUnit {
  const known = UNITS.get(unit);
  if (known !== undefined) return known;
  const spoken = unit.replace(/\/\s*s$/, " per second").replaceAll("/", " per ");
  const name = spoken.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
  return { name: name === "" ? null : name, toBase: same };
}
