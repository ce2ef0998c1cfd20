import { assertEquals, assertStrictEquals } from "@std/assert";

import { toHistoryError } from "@/lib/history/fault.ts";
import { HistoryError, type HistoryFault } from "@/lib/ports/history.ts";

const ROWS: readonly (readonly [text: string, fault: HistoryFault])[] = [
  ["database is locked", "locked"],
  ["file is not a database", "corrupt"],
  ["database disk image is malformed", "corrupt"],
  ["database or disk is full", "full"],
  ["No space left on device (os error 28)", "full"],
  ["attempt to write a readonly database", "readonly"],
  ["unable to open database file", "readonly"],
  ["Permission denied (os error 13)", "readonly"],
  ["disk I/O error", "broken"],
];

for (const [text, fault] of ROWS) {
  Deno.test(`toHistoryError() takes "${text}" for ${fault}`, () => {
    const error = toHistoryError(new Error(text), "write to the history");
    assertEquals(error.fault, fault);
    assertEquals(error.message.startsWith("Cannot write to the history: "), true);
  });
}

Deno.test("toHistoryError() leaves errors of the history as they are", () => {
  const error = new HistoryError("newer", "Cannot open the history: it is newer");
  assertStrictEquals(toHistoryError(error, "open the history"), error);
});
