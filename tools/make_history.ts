/**
 * Fills a new folder with a year of the simulated services, for a look at long charts:
 * `deno task history:year <folder> [end]`. The end is an instant such as 2026-11-24T00:00:00Z; now by default.
 *
 * @module
 */

import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";
import { DEFAULT_RETENTION } from "@/lib/domain/retention.ts";
import type { StatusTransition } from "@/lib/domain/service.ts";
import { DATABASE_NAME } from "@/lib/history/data_folder.ts";
import { openFolder } from "@/lib/history/open_folder.ts";
import type { SqliteStore } from "@/lib/history/sqlite_store.ts";
import { HistoryError } from "@/lib/ports/history.ts";
import { profileNamed } from "@/simulators/profiles.ts";

import { pastOf, type PastService } from "./past.ts";

/** The services of `vitals.config.jsonc`. */
const SERVICES: readonly PastService[] = [
  { name: "auth-service", profile: profileNamed("api"), seed: 1 },
  { name: "payment-service", profile: profileNamed("payments"), seed: 2 },
  { name: "reporting-service", profile: profileNamed("analytics"), seed: 3 },
  { name: "inventory-service", profile: profileNamed("inventory"), seed: 4 },
];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR_DAYS = 365;

/** So much is written at once, in milliseconds; each portion is on one day of UTC. */
const PORTION_MS = 12 * HOUR;

/** Time between two samples, in milliseconds. */
const OLD_STEP_MS = 60_000;
const LAST_DAY_STEP_MS = 10_000;

/** Which past is made. */
export interface PastOptions {
  /** When it ends. */
  readonly end: Instant;
  /** How many days it has. */
  readonly days: number;
}

if (import.meta.main) run();

/** Writes the past into an empty history, through the same calls as a running Vitals. */
export function makeHistory(store: SqliteStore, { end, days }: PastOptions): void {
  const last = Math.floor(end / HOUR) * HOUR;
  const first = last - days * DAY;
  store.open(first);
  store.append({ at: first, samples: [], transitions: SERVICES.map(begin(first)), documents: [] });
  for (const { from, to } of portions(first, last)) {
    const stepMs = to <= last - DAY ? OLD_STEP_MS : LAST_DAY_STEP_MS;
    const spans = SERVICES.map((service) => pastOf(service, { from, to, stepMs, end: last }));
    store.append({
      at: to,
      samples: spans.flatMap(({ samples }) => samples),
      transitions: spans.flatMap(({ transitions }) => transitions)
        .sort((one, other) => one.at - other.at),
      documents: [],
    });
    while (store.maintain(to));
  }
  store.close();
}

function* portions(first: Instant, last: Instant): Generator<TimeSpan> {
  for (let from = first; from < last;) {
    const to = Math.min(last, (Math.floor(from / PORTION_MS) + 1) * PORTION_MS);
    yield { from, to };
    from = to;
  }
}

function begin(at: Instant): (service: PastService) => StatusTransition {
  return ({ name }) => ({ kind: "status", service: name, from: "UNKNOWN", to: "HEALTHY", at });
}

function run(): void {
  try {
    const { folder, end } = parseArguments(Deno.args);
    refuseHistory(folder);
    const { store, close } = openFolder(folder, DEFAULT_RETENTION);
    makeHistory(store, { end, days: YEAR_DAYS });
    close();
    print(Deno.stdout, `${folder}: ${YEAR_DAYS} days until ${new Date(end).toISOString()}`);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof HistoryError)) throw error;
    print(Deno.stderr, error.message);
    Deno.exit(1);
  }
}

/**
 * Returns where to and until when.
 *
 * @throws {RangeError} If that is not said.
 */
export function parseArguments(
  [folder, end]: readonly string[],
  now: Instant = Date.now(),
): { readonly folder: string; readonly end: Instant } {
  if (folder === undefined) {
    throw new RangeError("Cannot make a history: name a new folder, such as data");
  }
  const instant = end === undefined ? now : Date.parse(end);
  if (Number.isNaN(instant)) {
    throw new RangeError(
      `Cannot make a history: the end must be an instant such as 2026-11-24T00:00:00Z, got "${end}"`,
    );
  }
  return { folder, end: instant };
}

/**
 * Refuses a folder that has a history.
 *
 * @throws {RangeError} If it has.
 */
export function refuseHistory(folder: string): void {
  const path = `${folder}/${DATABASE_NAME}`;
  try {
    Deno.statSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  throw new RangeError(
    `Cannot make a history in ${folder}: there is one already; name a new folder`,
  );
}

function print(stream: typeof Deno.stdout | typeof Deno.stderr, line: string): void {
  stream.writeSync(new TextEncoder().encode(`${line}\n`));
}
