/**
 * What went wrong, in the words of the port: SQLite tells by the text of its errors alone.
 *
 * @module
 */

import { HistoryError, type HistoryFault } from "@/lib/ports/history.ts";

interface Symptom {
  readonly fault: HistoryFault;
  /** What is wrong and what to do, for people. */
  readonly words: string;
}

/** By what the error's text holds. The first that fits counts. */
const SYMPTOMS: readonly (readonly [RegExp, Symptom])[] = [
  [/database (table )?is locked|database is busy/i, {
    fault: "locked",
    words: "another process has it open; stop that one, or set VITALS_DATA to another folder",
  }],
  [/not a database|malformed|database corruption/i, {
    fault: "corrupt",
    words: "the file is damaged or none of Vitals; move it away or restore a backup",
  }],
  [/is full|no space left|quota/i, {
    fault: "full",
    words: "no room is left on the disk; make some",
  }],
  [/readonly|read-only|unable to open|permission denied|requires (read|write) access/i, {
    fault: "readonly",
    words: "the folder cannot be written; allow Vitals to write it",
  }],
];

/** Returns an error as one of the port; `action` is what was tried, such as `"write to the history"`. */
export function toHistoryError(error: unknown, action: string): HistoryError {
  if (error instanceof HistoryError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const [, symptom] = SYMPTOMS.find(([pattern]) => pattern.test(text)) ?? [];
  const { fault, words } = symptom ?? { fault: "broken", words: `${text}; look at the disk` };
  return new HistoryError(fault, `Cannot ${action}: ${words}`, { cause: error });
}

/** Returns what `act` returns; what it throws is thrown as an error of the port. */
export function explaining<Result>(action: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw toHistoryError(error, action);
  }
}
