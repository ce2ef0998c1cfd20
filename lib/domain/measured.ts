/**
 * What was measured of Vitals. Every figure that is shown to people comes from here, and a test finds each of
 * them in the output on record.
 *
 * @module
 */

import * as words from "@/texts/measured.ts";

/** A figure with what it is held against. */
export interface Measured {
  /** What was measured. */
  readonly what: string;
  /** The figure, with as many digits as the record has. */
  readonly figure: string;
  /** Unit of the figure and of the baseline. */
  readonly unit: string;
  /** The same by plainer means, in the same run; `null` if there is nothing to compare. */
  readonly baseline: { readonly what: string; readonly figure: string } | null;
  /** The one against the other, and what the number says; `null` without a baseline. */
  readonly ratio: { readonly figure: string; readonly meaning: string } | null;
  /** What measures it again. */
  readonly command: string;
  /** When it was measured, as `YYYY-MM-DD`. */
  readonly date: string;
  /** Path of the output on record. */
  readonly record: string;
  /** The lines of it that hold the figures, word for word. */
  readonly lines: readonly string[];
}

const LIVE = {
  unit: "ms",
  command: "deno task bench",
  date: "2026-11-24",
  record: "bench/results/fan_out_2026-11-24.txt",
};

const HISTORY = {
  command: "deno task bench:history",
  date: "2026-11-24",
  record: "bench/results/history_2026-11-24.txt",
};

/** Names of the figures. */
export type MeasuredName = "handOver" | "fanOut" | "valueSize" | "monthQuery" | "writing" | "kills";

/** The figures by name. */
export const MEASURED: Readonly<Record<MeasuredName, Measured>> = {
  handOver: {
    ...LIVE,
    what: words.handOver,
    figure: "3.87",
    baseline: null,
    ratio: null,
    lines: [
      "fan-out to 1000 peers: 160 frames of 2235 bytes, one each 100 ms",
      "  accepted to handed to all    p50 1.54 ms  p99 3.87 ms",
    ],
  },
  fanOut: {
    ...LIVE,
    what: words.fanOut,
    figure: "42.61",
    baseline: { what: words.bareBroadcast, figure: "37.74" },
    ratio: { figure: "1.13", meaning: words.timesBareLoop },
    lines: [
      "fan-out to 1000 peers: 160 frames of 2235 bytes, one each 100 ms",
      "  to the peers, hub            p50 10.05 ms  p99 42.61 ms",
      "  to the peers, bare broadcast p50 8.62 ms  p99 37.74 ms",
      "  ratio                        p50 1.16  p99 1.13",
    ],
  },
  valueSize: {
    ...HISTORY,
    what: words.valueSize,
    figure: "2.10",
    unit: words.bytes,
    baseline: { what: words.rowsAndIndex, figure: "43.32" },
    ratio: { figure: "20.6", meaning: words.timesSmaller },
    lines: [
      "  on disk, ours                2.75 MiB  2.10 B a value, all tiers",
      "  on disk, rows and index      56.73 MiB  43.32 B a value",
      "  ratio                        20.6",
    ],
  },
  monthQuery: {
    ...HISTORY,
    what: words.monthQuery,
    figure: "1.22",
    unit: "ms",
    baseline: { what: words.rowsAndIndex, figure: "752.02" },
    ratio: { figure: "615.1", meaning: words.timesFaster },
    lines: [
      "  30 days at 500 points    ours p50 1.22 ms p99 6.41 ms  rows p50 752.02 ms p99 2096.10 ms  ratio 615.1",
    ],
  },
  writing: {
    ...HISTORY,
    what: words.writing,
    figure: "266147",
    unit: "",
    baseline: { what: words.rowsAndIndex, figure: "117300" },
    ratio: { figure: "2.27", meaning: words.timesAsMany },
    lines: [
      "  values a second, ours        266147, sealing and rolling up included",
      "  values a second, rows        117300",
      "  ratio                        2.27",
    ],
  },
  kills: {
    what: words.kills,
    figure: "200",
    unit: words.killsUnit,
    baseline: null,
    ratio: null,
    command: "deno task test:fault",
    date: "2026-11-24",
    record: "bench/results/kill_2026-11-24.txt",
    lines: [
      "ok | 1 passed | 0 failed (5m37s)",
      "'killed 200 times under load: nothing acknowledged is lost, nothing is told anew' has been running for over (4m0s)",
    ],
  },
};
