/**
 * Reads CSV as strictly as RFC 4180 writes it.
 *
 * @module
 */

/**
 * Returns the cells of a CSV text by row. Each row must end with CR and LF, quotes must enclose whole cells,
 * and all rows must be of one length.
 *
 * @throws {SyntaxError} If the text is anything else.
 */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const [cell = "", quoted, bare] = matchAt(CELL, text, at);
    at += cell.length;
    row.push(quoted?.replaceAll('""', '"') ?? bare ?? "");
    const [end = ""] = matchAt(END, text, at);
    at += end.length;
    if (end === ",") continue;
    if (row.length !== (rows[0] ?? row).length) throw fault(text, at, "a row of another length");
    rows.push(row);
    row = [];
  }
  if (row.length > 0) throw fault(text, at, "no end of the last row");
  return rows;
}

const CELL = /"((?:[^"]|"")*)"|([^",\r\n]*)/y;
const END = /,|\r\n/y;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (found === null) throw fault(text, at, "something else");
  return found;
}

function fault(text: string, at: number, found: string): SyntaxError {
  const near = JSON.stringify(text.slice(Math.max(0, at - 10), at + 10));
  return new SyntaxError(
    `Cannot read CSV: expected a cell or its end at ${at}, got ${found}: ${near}`,
  );
}
