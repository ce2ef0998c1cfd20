/**
 * The port to the audit log: what operators did, and who tried to become one.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";

/** What happened. */
export interface AuditEntry {
  /** Unique; a later one has a greater. */
  readonly id: number;
  /** When. */
  readonly at: Instant;
  /** `act` for what was done, `session` for who signed in or out, `refused` for a token that was none. */
  readonly kind: "act" | "session" | "refused";
  /** Name of the token, `loopback` for this machine where no token is set, `unknown` for a refused one. */
  readonly who: string;
  /** The address that it came from. */
  readonly address: string;
  /** Method and pattern of the path, such as `POST /api/alerts/:id/ack`. */
  readonly what: string;
  /** What it was done to, such as the id of an alert; empty if that says no more. */
  readonly subject: string;
  /** The HTTP status of the answer. */
  readonly status: number;
}

/** What is told of an entry. */
export type AuditNote = Omit<AuditEntry, "id" | "at" | "kind">;

/** Which entries are asked for. */
export interface AuditQuery {
  /** At most so many, newest first. */
  readonly limit: number;
  /** Only those before the one with this id; `null` for the newest. */
  readonly before: number | null;
}

/** Keeps what happened. */
export interface AuditTrail {
  /** Notes what was done. */
  noteAct(note: AuditNote): void;
  /** Notes that somebody signed in or out. */
  noteSession(note: AuditNote): void;
  /** Notes a token that was none. */
  noteRefused(note: AuditNote): void;
  /** Returns what is kept. */
  list(query: AuditQuery): readonly AuditEntry[];
}
