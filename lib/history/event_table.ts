/**
 * What was decided, in order.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";

import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";
import type { Transition } from "@/lib/domain/service.ts";
import type { StatusChange } from "@/lib/ports/history.ts";
import type { AlertSpanView } from "@/lib/protocol/history_views.ts";

import { parseTransition, viewSpan } from "./event_view.ts";
import { numberIn, type Row, textIn } from "./row.ts";

/** Alerts whose transitions are handed back after a restart. */
const MAX_RESTORED_ALERTS = 2_000;

/** Events that are forgotten at a time. */
const FORGOTTEN_AT_ONCE = 500;

/** An event and its place. */
export interface StoredEvent {
  /** Its number. */
  readonly id: number;
  /** When. */
  readonly at: Instant;
  /** What was decided. */
  readonly transition: Transition;
}

/** A place in the order of events: by time, then by number. */
export interface EventPlace {
  /** When. */
  readonly at: Instant;
  /** Number of the event. */
  readonly id: number;
}

/** Which events are looked for. */
export interface EventSearch extends TimeSpan {
  /** Number of the service. */
  readonly service: number;
  /** Only those before this place. */
  readonly before: EventPlace;
  /** At most so many. */
  readonly limit: number;
}

const COLUMNS = "id, at, body";

const LATEST =
  "SELECT alert, max(id) AS newest, change FROM events WHERE alert IS NOT NULL GROUP BY alert";

const RESTORED = `
  WITH latest AS (${LATEST})
  SELECT body FROM events WHERE alert IN (
    SELECT alert FROM (SELECT alert FROM latest ORDER BY newest DESC LIMIT ${MAX_RESTORED_ALERTS})
    UNION SELECT alert FROM latest WHERE change NOT IN ('resolved', 'cancelled')
  ) ORDER BY id`;

/** The status in force stays on record, and so do alerts that are not over, or not for long. */
const FORGET = `
  DELETE FROM events WHERE id IN (
    SELECT id FROM events AS old WHERE at < ?1
      AND (kind <> 'status' OR EXISTS (
        SELECT 1 FROM events WHERE service = old.service AND kind = 'status' AND at < ?1
          AND (at, id) > (old.at, old.id)))
      AND (alert IS NULL OR (
        EXISTS (SELECT 1 FROM events WHERE alert = old.alert AND change IN ('resolved', 'cancelled'))
        AND NOT EXISTS (SELECT 1 FROM events WHERE alert = old.alert AND at >= ?1)))
    LIMIT ${FORGOTTEN_AT_ONCE})`;

/** The one module that reads and writes the table `events`. */
export class EventTable {
  readonly #insert: StatementSync;
  readonly #find: StatementSync;
  readonly #place: StatementSync;
  readonly #statusAt: StatementSync;
  readonly #statuses: StatementSync;
  readonly #resolved: StatementSync;
  readonly #ofAlert: StatementSync;
  readonly #restored: StatementSync;
  readonly #ofService: StatementSync;
  readonly #forget: StatementSync;

  /** Prepares its statements. */
  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(`
      INSERT INTO events (service, at, kind, alert, change, fired_at, body)
      VALUES (?, ?, ?, ?, ?, ?, ?)`);
    this.#find = database.prepare(`
      SELECT ${COLUMNS} FROM events
      WHERE service = ? AND at >= ? AND at < ? AND (at, id) < (?, ?)
      ORDER BY at DESC, id DESC LIMIT ?`);
    this.#place = database.prepare("SELECT id, at FROM events WHERE id = ?");
    this.#statusAt = database.prepare(`
      SELECT ${COLUMNS} FROM events WHERE service = ? AND kind = 'status' AND at <= ?
      ORDER BY at DESC, id DESC LIMIT 1`);
    this.#statuses = database.prepare(`
      SELECT ${COLUMNS} FROM events WHERE service = ? AND kind = 'status' AND at > ? AND at < ?
      ORDER BY at, id`);
    this.#resolved = database.prepare(`
      SELECT ${COLUMNS} FROM events
      WHERE service = ? AND change = 'resolved' AND at >= ? AND fired_at < ? ORDER BY fired_at, id`);
    this.#ofAlert = database.prepare("SELECT body FROM events WHERE alert = ? ORDER BY id");
    this.#restored = database.prepare(RESTORED);
    this.#ofService = database.prepare("SELECT 1 AS found FROM events WHERE service = ? LIMIT 1");
    this.#forget = database.prepare(FORGET);
  }

  /** Writes what was decided about a service. */
  insert(service: number, transition: Transition): void {
    const { at, kind } = transition;
    const [alert, change, firedAt] = kind === "alert"
      ? [transition.id, transition.change, transition.firedAt]
      : [null, null, null];
    this.#insert.run(service, at, kind, alert, change, firedAt, JSON.stringify(transition));
  }

  /** Returns events of a service, newest first. */
  find({ service, from, to, before, limit }: EventSearch): readonly StoredEvent[] {
    return this.#find.all(service, from, to, before.at, before.id, limit).map(parseEvent);
  }

  /** Returns the place of an event; `null` if it is not kept. */
  placeOf(id: number): EventPlace | null {
    const row = this.#place.get(id);
    return row === undefined ? null : { id: numberIn(row, "id"), at: numberIn(row, "at") };
  }

  /** Returns the status at the beginning of a range, if that is known, and each change in it. */
  statuses(service: number, { from, to }: TimeSpan): readonly StatusChange[] {
    const rows = [...this.#statusAt.all(service, from), ...this.#statuses.all(service, from, to)];
    return rows.map(parseEvent).flatMap(({ transition }) =>
      transition.kind === "status" ? [{ at: transition.at, status: transition.to }] : []
    );
  }

  /** Returns the alerts that fired and have ended and whose time meets a range, oldest first. */
  endedAlerts(service: number, { from, to }: TimeSpan): readonly AlertSpanView[] {
    return this.#resolved.all(service, from, to).map(parseEvent)
      .flatMap(({ transition }) => viewSpan(transition));
  }

  /** Returns the JSON of the transitions of an alert, oldest first. */
  ofAlert(alert: string): readonly string[] {
    return this.#ofAlert.all(alert).map((row) => textIn(row, "body"));
  }

  /** Returns the JSON of the transitions to go on from after a restart, oldest first. */
  restored(): readonly string[] {
    return this.#restored.all().map((row) => textIn(row, "body"));
  }

  /** Tells whether any event of a service is kept. */
  hasAny(service: number): boolean {
    return this.#ofService.get(service) !== undefined;
  }

  /** Forgets some of what is before an instant, and tells whether there may be more. */
  forget(before: Instant): boolean {
    return Number(this.#forget.run(before).changes) === FORGOTTEN_AT_ONCE;
  }
}

function parseEvent(row: Row): StoredEvent {
  return {
    id: numberIn(row, "id"),
    at: numberIn(row, "at"),
    transition: parseTransition(textIn(row, "body")),
  };
}
