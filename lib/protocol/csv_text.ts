/**
 * Writes CSV after RFC 4180, such that a spreadsheet takes no text of it for a formula.
 *
 * @module
 */

/** The content of a cell; `null` leaves it empty. */
export type CsvCell = string | number | null;

/** Spreadsheets calculate what begins like this. */
const FORMULA = /^[=+\-@\t\r\n]/;

const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;

/**
 * Returns rows as CSV. Each ends with CR and LF, the first one is the header. Numbers are written as they are;
 * text that a spreadsheet would take for a formula gets an apostrophe in front.
 *
 * @example
 * ```ts
 * import { formatCsv } from "@/lib/protocol/csv_text.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = formatCsv(["who", "count"], [["=SUM(A1)", -1], ['the "one"', null]]);
 * assertEquals(text, 'who,count\r\n\'=SUM(A1),-1\r\n"the ""one""",\r\n');
 * ```
 */
export function formatCsv(
  header: readonly string[],
  rows: readonly (readonly CsvCell[])[],
): string {
  return [header, ...rows].map((row) => `${row.map(formatCell).join(",")}\r\n`).join("");
}

function formatCell(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
