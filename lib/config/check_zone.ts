/**
 * Checks the time zones of the file.
 *
 * @module
 */

import { quote } from "@/lib/domain/quote.ts";
import { suggest } from "@/lib/domain/suggest.ts";

import type { Path } from "./config_error.ts";
import type { Report } from "./resolve_rule.ts";
import { ZONE_ERROR } from "./schema_maintenance.ts";

/** Tells whether a time zone is known; if not, that is reported at `timeZone` of the place. */
export function checkZone(
  timeZone: string,
  { path, report }: { readonly path: Path; readonly report: Report },
): boolean {
  if (isZone(timeZone)) return true;
  const found = `${quote(timeZone)}${suggestZone(timeZone)}`;
  report([...path, "timeZone"], `${ZONE_ERROR}, got ${found}`);
  return false;
}

/** `Temporal` alone would take offsets and whole instants for zones too. */
function isZone(timeZone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(timeZone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return false;
  }
}

/** All zones are too many to search: those of the region are tried, and the one of the city. */
function suggestZone(timeZone: string): string {
  const words = timeZone.toLowerCase().split("/");
  const zones = Intl.supportedValuesOf("timeZone");
  const inRegion = zones.filter((zone) => zone.toLowerCase().startsWith(`${words[0]}/`));
  const meant = suggest(timeZone, inRegion);
  if (meant.startsWith("; did")) return meant;
  const ofCity = zones.find((zone) => zone.toLowerCase().endsWith(`/${words.at(-1)}`));
  return ofCity === undefined ? "" : `; did you mean "${ofCity}"?`;
}
