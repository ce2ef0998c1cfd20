/**
 * One metric of a service: caption, value, last minute.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import type { VNode } from "preact";

import type { Instant } from "@/lib/domain/instant.ts";
import { formatValue, type Metric } from "@/lib/domain/metric.ts";
import type { LiveMetric } from "@/lib/protocol/live_state.ts";
import * as words from "@/texts/dashboard.ts";
import { formatNumber } from "@/texts/language.ts";

import { Sparkline } from "./Sparkline.tsx";

/** Props of {@linkcode MetricRow}. */
export interface MetricRowProps {
  readonly metric: Metric;
  /** `undefined` when the service never sent it. */
  readonly live: LiveMetric | undefined;
  /** Whether the service is silent, so that its last value is no value of now. */
  readonly silent: boolean;
  /** The instant at the right end of the line. */
  readonly end: ReadonlySignal<Instant>;
}

/** Renders a row of a card's list of metrics. */
export function MetricRow({ metric, live, silent, end }: MetricRowProps): VNode {
  const breach = live?.breach === true && !silent;
  const summary = live === undefined ? undefined : summarise(metric, live);
  return (
    <div class={`metric${breach ? " breach" : ""}${silent ? " silent" : ""}`} title={summary}>
      <dt>{metric.label}</dt>
      {live === undefined || silent
        ? (
          <dd>
            <span aria-hidden="true">—</span>
            <span class="unseen">{words.noValue}</span>
          </dd>
        )
        : (
          <dd>
            {formatNumber(live.value, metric.decimals)} <small>{metric.unit}</small>
            {breach && <span class="unseen">{words.breach}</span>}
          </dd>
        )}
      <dd>
        {live !== undefined && <Sparkline series={live} end={end} />}
        <span class="unseen">{summary}</span>
      </dd>
    </div>
  );
}

function summarise(metric: Metric, live: LiveMetric): string {
  const format = (value: number) => formatValue(metric, value);
  const limit = live.limit === null ? "" : words.limit(format(live.limit));
  return words.lately(format(live.min), format(live.max), format(live.avg)) + limit;
}
