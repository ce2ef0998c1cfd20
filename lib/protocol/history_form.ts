/**
 * Settles whether history is answered as JSON or as CSV.
 *
 * @module
 */

import { z } from "zod";

import { quote } from "@/lib/domain/quote.ts";

import { chooseMediaType } from "./accept.ts";
import { ProblemError } from "./problem.ts";

/** The forms in which history comes. */
export type HistoryForm = "json" | "csv";

const TYPES: ReadonlyMap<string, HistoryForm> = new Map([
  ["application/json", "json"],
  ["text/csv", "csv"],
]);

const FORMAT = 'must be "json" or "csv"';

/**
 * The form that a query asks for; `null` if it does not say.
 *
 * @ignore
 */
export const FORM_PARAM: z.ZodType<HistoryForm | null> = z.enum(["json", "csv"], FORMAT)
  .nullable().default(null).meta({ description: "The form; left out, `Accept` decides." });

/** Tells caches that the answer depends on what was accepted. */
export const VARY: Readonly<Record<string, string>> = { vary: "Accept" };

/**
 * Returns the form of an answer: what the query asks for, else what `Accept` likes best. JSON if that makes
 * no difference.
 *
 * @throws {ProblemError} 406 if neither form is accepted.
 */
export function chooseForm(accept: string | null, asked: HistoryForm | null): HistoryForm {
  if (asked !== null) return asked;
  const form = TYPES.get(chooseMediaType(accept, [...TYPES.keys()]) ?? "");
  if (form !== undefined) return form;
  throw new ProblemError(
    406,
    `Cannot answer as ${
      quote(accept)
    }: accept "application/json" or "text/csv", or ask for ?format=csv`,
    { headers: VARY },
  );
}
