/**
 * History as tables: one row a sample or bucket, one row an event.
 *
 * @module
 */

import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";

import { type CsvCell, formatCsv } from "./csv_text.ts";
import { VARY } from "./history_form.ts";
import type { EventView, HistoryView } from "./history_views.ts";

/** Columns of samples. */
const SAMPLE_COLUMNS = ["time", "metric", "min", "max", "avg", "count"];

/** Columns of events: those that all have, then those that some have. */
const EVENT_COLUMNS = [
  ...["time", "until", "kind", "id", "from", "to", "change", "alert", "rule", "metric"],
  ...["severity", "value", "limit", "unit", "message", "flapping"],
] as const;

type EventCells = Partial<Readonly<Record<typeof EVENT_COLUMNS[number], CsvCell>>>;

/** Returns samples as CSV: series after series, each in order of time. */
export function formatSamplesCsv({ metrics }: Pick<HistoryView, "metrics">): string {
  const rows = Object.entries(metrics).flatMap(([metric, { t, min, max, avg, count }]) =>
    t.map((at, index) => {
      const numbers = [min, max, avg, count].map((column) => column[index] ?? null);
      return [formatTime(at), metric, ...numbers];
    })
  );
  return formatCsv(SAMPLE_COLUMNS, rows);
}

/** Returns events as CSV, in the order in which they are given. Cells that an event has nothing for are empty. */
export function formatEventsCsv(events: readonly EventView[]): string {
  const rows = events.map((event) => {
    const cells = toCells(event);
    return EVENT_COLUMNS.map((column) => cells[column] ?? null);
  });
  return formatCsv(EVENT_COLUMNS, rows);
}

/** What a download is named after. */
export interface Download extends TimeSpan {
  /** Name of the service. */
  readonly service: string;
  /** What it holds. */
  readonly what: "history" | "events";
  /** Further headers of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Returns the answer that browsers keep as a file, named after the service and the range. */
export function answerCsv(text: string, { service, what, from, to, headers }: Download): Response {
  // Names of services are of such characters already; a file name must not depend on that.
  const name = [service, what, toStamp(from), toStamp(to)].join("-").replace(/[^\w.-]/g, "_");
  return new Response(text, {
    headers: {
      ...headers,
      ...VARY,
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="vitals-${name}.csv"`,
    },
  });
}

function toCells(event: EventView): EventCells {
  const time = formatTime(event.at);
  switch (event.kind) {
    case "status":
    case "alert": {
      const { at: _, ...cells } = event;
      return { time, ...cells };
    }
    case "flapping": {
      const { kind, id, rule, flapping } = event;
      return { time, kind, id, rule, flapping: String(flapping) };
    }
    case "gap": {
      const { kind, id, to } = event;
      return { time, kind, id, until: formatTime(to) };
    }
  }
}

/** Returns an instant as ISO 8601 in UTC, to the millisecond. */
function formatTime(at: Instant): string {
  return new Date(at).toISOString();
}

/** Returns an instant as file names may hold it, to the second: `20261124T083000Z`. */
function toStamp(at: Instant): string {
  return formatTime(at).replace(/\.\d+|[:-]/g, "");
}
