import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

import { type CsvCell, formatCsv } from "@/lib/protocol/csv_text.ts";
import { readCsv } from "@/tests/support/csv.ts";

function formatOne(cell: CsvCell): string {
  return formatCsv(["c"], [[cell]]).slice("c\r\n".length, -"\r\n".length);
}

Deno.test("formatCsv() writes each kind of cell", async (t) => {
  const rows: [cell: CsvCell, text: string][] = [
    [null, ""],
    ["", ""],
    ["cpu", "cpu"],
    [0, "0"],
    [-5, "-5"],
    [0.1, "0.1"],
    [1e21, "1e+21"],
    ["two words", "two words"],
    ["a,b", '"a,b"'],
    ["a;b", '"a;b"'],
    ['say "no"', '"say ""no"""'],
    ["two\nlines", '"two\nlines"'],
    ["two\r\nlines", '"two\r\nlines"'],
    [" space ", '" space "'],
    ["CPU 97.0 % above 85 %", "CPU 97.0 % above 85 %"],
    ["größer als 5 µs", "größer als 5 µs"],
  ];
  for (const [cell, text] of rows) {
    await t.step(JSON.stringify(cell), () => assertEquals(formatOne(cell), text));
  }
});

Deno.test("formatCsv() lets no text become a formula, and leaves numbers alone", async (t) => {
  const rows: [cell: string, text: string][] = [
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", '"\'\t=1"'],
    ["\r=1", '"\'\r=1"'],
    ['=HYPERLINK("http://a","b")', '"\'=HYPERLINK(""http://a"",""b"")"'],
    ["a=1", "a=1"],
    ["'=1", "'=1"],
  ];
  for (const [cell, text] of rows) {
    await t.step(JSON.stringify(cell), () => assertEquals(formatOne(cell), text));
  }
});

Deno.test("formatCsv() can be read back cell by cell", () => {
  const cell = fc.oneof(
    fc.string({ unit: fc.constantFrom(..."ab\",;'\r\n\t =+-@") }),
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(null),
  );
  const table = fc.array(fc.tuple(cell, cell, cell));
  fc.assert(fc.property(table, (rows) => {
    const [header, ...found] = readCsv(formatCsv(["a", "b,c", 'd"'], rows));
    assertEquals(header, ["a", "b,c", 'd"']);
    assertEquals(found, rows.map((row) => row.map(asRead)));
  }));
});

function asRead(cell: CsvCell): string {
  if (typeof cell !== "string") return String(cell ?? "");
  return /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
}

Deno.test("readCsv() refuses what RFC 4180 does not write", async (t) => {
  for (const text of ["a", "a\n", "a\r", 'a"b\r\n', '"a\r\n', '"a"b\r\n', "a,b\r\nc\r\n", "a,"]) {
    await t.step(JSON.stringify(text), () => void assertThrows(() => readCsv(text), SyntaxError));
  }
});
