/**
 * The audit log: what operators did, and which tokens were refused. It outlives the process with the history.
 *
 * @module
 */

import type { AuditEntry, AuditNote, AuditQuery, AuditTrail } from "@/lib/ports/audit.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import type { Ledger } from "@/lib/ports/ledger.ts";
import type { Log } from "@/lib/ports/log.ts";

/** How many entries are kept. Each kind has its own room, so that who signs in or guesses pushes no act out. */
export interface AuditLimits {
  /** Acts. @default {1_000} */
  readonly act: number;
  /** Sessions that began or were ended. @default {200} */
  readonly session: number;
  /** Refused tokens. @default {200} */
  readonly refused: number;
}

/** The limits if nothing else is said. */
export const DEFAULT_AUDIT_LIMITS: AuditLimits = { act: 1_000, session: 200, refused: 200 };

/** What an {@linkcode AuditLog} needs. */
export interface AuditLogOptions {
  /** Dates the entries. */
  readonly clock: Pick<Clock, "now">;
  /** Takes a line for each act. */
  readonly log: Pick<Log, "info">;
  /** Keeps them. */
  readonly ledger: Pick<Ledger, "put">;
  /** What an earlier run has left. */
  readonly restored: readonly AuditEntry[];
  /** Limits that differ from {@linkcode DEFAULT_AUDIT_LIMITS}. */
  readonly limits?: Partial<AuditLimits>;
}

type Kind = AuditEntry["kind"];

/** The longest text of an entry that others choose, in characters. */
const MAX_TEXT = 200;

/** Keeps the latest entries. */
export class AuditLog implements AuditTrail {
  readonly #options: AuditLogOptions;
  readonly #limits: AuditLimits;
  /** Oldest first. */
  readonly #entries: Readonly<Record<Kind, AuditEntry[]>> = { act: [], session: [], refused: [] };
  #lastId = 0;

  /** Begins with what is left of an earlier run. */
  constructor(options: AuditLogOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_AUDIT_LIMITS, ...options.limits };
    for (const entry of options.restored.toSorted((a, b) => a.id - b.id)) this.#keep(entry);
  }

  noteAct(note: AuditNote): void {
    this.#tell("act", note);
  }

  noteSession(note: AuditNote): void {
    this.#tell("session", note);
  }

  noteRefused(note: AuditNote): void {
    this.#note("refused", shorten(note));
  }

  list({ limit, before }: AuditQuery): readonly AuditEntry[] {
    return Object.values(this.#entries).flat()
      .filter(({ id }) => before === null || id < before)
      .sort((a, b) => b.id - a.id)
      .slice(0, limit);
  }

  #tell(kind: Kind, note: AuditNote): void {
    const short = shorten(note);
    this.#options.log.info("operator act", { ...short });
    this.#note(kind, short);
  }

  #note(kind: Kind, note: AuditNote): void {
    const [at, id] = [this.#options.clock.now(), this.#lastId + 1];
    const entry: AuditEntry = { id, at, kind, ...note };
    this.#options.ledger.put({ kind: "audit", key: keyOf(entry), body: JSON.stringify(entry) });
    const dropped = this.#keep(entry);
    if (dropped !== undefined) {
      this.#options.ledger.put({ kind: "audit", key: keyOf(dropped), body: null });
    }
  }

  /** Returns the entry for which there is no room any more. */
  #keep(entry: AuditEntry): AuditEntry | undefined {
    const entries = this.#entries[entry.kind];
    entries.push(entry);
    this.#lastId = Math.max(this.#lastId, entry.id);
    return entries.length > this.#limits[entry.kind] ? entries.shift() : undefined;
  }
}

function shorten({ who, address, what, subject, status }: AuditNote): AuditNote {
  const short = { what: what.slice(0, MAX_TEXT), subject: subject.slice(0, MAX_TEXT) };
  return { who, address, ...short, status };
}

function keyOf({ id }: AuditEntry): string {
  return String(id);
}
