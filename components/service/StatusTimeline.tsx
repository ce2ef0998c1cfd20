/**
 * The status of a service over the window, as a bar and as a table.
 *
 * @module
 */

import type { VNode } from "preact";

import { formatDuration, type TimeSpan } from "@/lib/domain/instant.ts";
import type { StatusSpanView, TimelineView } from "@/lib/protocol/history_views.ts";
import * as words from "@/texts/service_page.ts";

import { Time, useTimes } from "../Time.tsx";
import { STATUS_LOOKS } from "../tone.ts";
import type { AxisFormat } from "./axis_format.ts";
import { describeSpans, fitSpans, placeSpan, STATUS_NAMES } from "./time_place.ts";
import { TimeAxis } from "./TimeAxis.tsx";

/** Props of {@linkcode StatusTimeline}. */
export interface StatusTimelineProps {
  readonly timeline: TimelineView;
  readonly shown: TimeSpan;
  readonly format: AxisFormat;
  /** Whether another window is on its way. */
  readonly isLoading: boolean;
}

/** The table is not longer than this: the newest spans. */
const MOST_ROWS = 60;

/** Renders the bar: colour, pattern and shape tell the statuses apart, titles and table say them in words. */
export function StatusTimeline(props: StatusTimelineProps): VNode {
  const { timeline, shown, format, isLoading } = props;
  const spans = fitSpans(timeline, shown);
  const held = describeSpans(spans);
  return (
    <section class="panel chart-panel" aria-labelledby="status-title" aria-busy={isLoading}>
      <header>
        <h2 id="status-title">{words.status}</h2>
        <span>{held}</span>
      </header>
      <div class="plot-grid">
        <span />
        <svg class="timeline" height="26" role="img" aria-label={words.statusInWindow(held)}>
          <rect class="rail" width="100%" height="26" />
          {spans.map((span) => <SpanShape key={span.from} span={span} shown={shown} />)}
        </svg>
        <span />
        <TimeAxis shown={shown} format={format} />
      </div>
      <SpanLegend spans={spans} />
      <details>
        <summary>{words.statusTable}</summary>
        <SpanTable spans={spans.slice(-MOST_ROWS)} left={Math.max(0, spans.length - MOST_ROWS)} />
      </details>
    </section>
  );
}

function SpanShape({ span, shown }: { readonly span: StatusSpanView; readonly shown: TimeSpan }) {
  const { format, now } = useTimes();
  const place = placeSpan(shown, span);
  if (place === undefined) return null;
  const [from, to] = [
    format.exact(span.from, now.peek()),
    format.exact(span.to, now.peek()),
  ] as const;
  const held = formatDuration(span.to - span.from);
  const shape = {
    x: `${place.x}%`,
    width: `${Math.max(place.width, 0.15)}%`,
    ...DOWN_TALLER[span.status === "DOWN" ? "down" : "other"],
  };
  return (
    <g class="span" data-status={span.status}>
      <title>{words.spanTitle(STATUS_NAMES[span.status], { held, from, to })}</title>
      <rect {...shape} />
      {span.status === "DEGRADED" && <rect class="over" fill="url(#degraded-hatch)" {...shape} />}
      {span.status === "GAP" && <rect class="over" fill="url(#gap-hatch)" {...shape} />}
    </g>
  );
}

/** Shape as well as colour: what is down fills the whole height, what is not known a part. */
const DOWN_TALLER = { down: { y: 0, height: 26 }, other: { y: 4, height: 18 } };

function SpanLegend({ spans }: { readonly spans: readonly StatusSpanView[] }): VNode {
  const present = new Set(spans.map(({ status }) => status));
  return (
    <ul class="legend" aria-hidden="true">
      {[...present].map((status) => (
        <li key={status}>
          <svg class="span" data-status={status} width="16" height="12">
            <rect width="16" height="12" />
            {status === "DEGRADED" && (
              <rect class="over" fill="url(#degraded-hatch)" width="16" height="12" />
            )}
            {status === "GAP" && (
              <rect
                class="over"
                fill="url(#gap-hatch)"
                width="16"
                height="12"
              />
            )}
          </svg>
          {status === "GAP" || status === "UNKNOWN" ? "" : `${STATUS_LOOKS[status].mark} `}
          {STATUS_NAMES[status]}
        </li>
      ))}
    </ul>
  );
}

interface SpanTableProps {
  readonly spans: readonly StatusSpanView[];
  /** How many older ones are left out. */
  readonly left: number;
}

const CAPTIONS = [words.from, words.to, words.status, words.lasted];

function SpanTable({ spans, left }: SpanTableProps): VNode {
  return (
    <table class="numbers">
      <caption>
        {left > 0 ? words.statusCaptionCut(left) : words.statusCaption}
      </caption>
      <thead>
        <tr>
          {CAPTIONS.map((caption) => <th key={caption} scope="col">{caption}</th>)}
        </tr>
      </thead>
      <tbody>
        {spans.map(({ from, to, status }) => (
          <tr key={from}>
            <th scope="row">
              <Time key={from} at={from} exact />
            </th>
            <td>
              <Time key={to} at={to} exact />
            </td>
            <td>{STATUS_NAMES[status]}</td>
            <td>{formatDuration(to - from)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
