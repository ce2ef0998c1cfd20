/**
 * The strip of ninety days as HTML. A page of many services has tens of thousands of cells, which a tree of
 * elements would take long for.
 *
 * @module
 */

import { type DayCell, isPartial } from "@/lib/domain/day_cell.ts";
import type { PublicStatus } from "@/lib/domain/public_status.ts";
import { PUBLIC_STATUS_NAMES } from "@/lib/domain/public_verdict.ts";
import type { PublicDayView } from "@/lib/protocol/status_view.ts";
import * as words from "@/texts/status_page.ts";

import { PUBLIC_LOOKS } from "./public_looks.ts";

/** One letter a status, for `status.css`; a good day needs none. */
const LETTERS: Readonly<Record<PublicStatus, string>> = {
  up: "",
  degraded: "w",
  down: "x",
  maintenance: "m",
  unknown: "n",
};

/** Returns a cell for each day, with its words as title. They are dates, numbers and words of ours: nothing to escape. */
export function drawDays(days: readonly PublicDayView[]): string {
  return days.map((cell) => {
    const letter = isPartial(cell) && cell.status === "up" ? "p" : LETTERS[cell.status];
    return `<i${letter && ` class="${letter}"`} title="${cell.words}"></i>`;
  }).join("");
}

/** Returns an item of a list for each day, with the mark of its status. */
export function listDays(days: readonly PublicDayView[]): string {
  return days.map(({ status, words }) => {
    const { tone, mark } = PUBLIC_LOOKS[status];
    return `<li data-tone="${tone}"><span class="mark" aria-hidden="true">${mark}</span> ${words}</li>`;
  }).join("");
}

/**
 * Returns the strip in words.
 *
 * @example
 * ```ts
 * import { dayCells } from "@/lib/domain/day_cell.ts";
 * import { describeDays } from "@/components/status/day_strip.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const spans = [{ from: 0, to: 86_400_000, status: "up" as const }];
 * const words = describeDays(dayCells(spans, { now: 3 * 86_400_000 - 1, days: 3 }));
 * assertEquals(words, "Last 3 days: operational on 1, no data on 2");
 * ```
 */
export function describeDays(days: readonly DayCell[]): string {
  const parts = ORDER.flatMap((status) => {
    const count = days.filter((cell) => cell.status === status).length;
    return count === 0 ? [] : [words.daysWith(PUBLIC_STATUS_NAMES[status], count)];
  });
  return words.lastDays(days.length, parts);
}

const ORDER: readonly PublicStatus[] = ["up", "degraded", "down", "maintenance", "unknown"];
