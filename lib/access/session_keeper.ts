/**
 * The sessions of people who signed in. They are kept in memory, by the digests of their ids, and end with the
 * process.
 *
 * @module
 */

import { randomBytes } from "node:crypto";

import type { Clock } from "@/lib/ports/clock.ts";

import { digestOf } from "./token_book.ts";

/** A session that lasts. */
export interface Session {
  /** The digest of its id. */
  readonly id: string;
  /** The key of the token that it was begun with. */
  readonly key: string;
}

/** What a {@linkcode SessionKeeper} needs. */
export interface SessionKeeperOptions {
  /** For both limits of time. */
  readonly clock: Pick<Clock, "monotonicMs">;
  /** How long a session lasts at most, in milliseconds. */
  readonly maxMs: number;
  /** How long it lasts without any use, in milliseconds. @default {86_400_000} */
  readonly idleMs?: number;
  /** So many are kept; the one that was used least lately ends for a new one. @default {1_000} */
  readonly count?: number;
  /** The same of one token, so that who has one ends no session of another. @default {100} */
  readonly perToken?: number;
}

/** A day. */
const IDLE_MS = 86_400_000;

/** What the cookie of a session looks like. */
const ID = /^[A-Za-z0-9_-]{43}$/;

/** When a session began and was used last, in monotonic milliseconds. */
interface Entry {
  readonly session: Session;
  readonly beganAtMs: number;
  usedAtMs: number;
}

/** Begins, finds and ends sessions. */
export class SessionKeeper {
  readonly #options: Required<SessionKeeperOptions>;
  /** The one that was used last stands last. */
  readonly #entries = new Map<string, Entry>();
  #maxMs: number;

  /** Begins without any. */
  constructor(options: SessionKeeperOptions) {
    this.#options = { idleMs: IDLE_MS, count: 1_000, perToken: 100, ...options };
    this.#maxMs = options.maxMs;
  }

  /** How many there are, those that are over and not yet forgotten among them. */
  get size(): number {
    return this.#entries.size;
  }

  /** Begins a session, and returns the text for its cookie: 256 random bits, which are kept nowhere. */
  begin(key: string): string {
    const text = randomBytes(32).toString("base64url");
    const nowMs = this.#options.clock.monotonicMs();
    const session = { id: digestOf(text), key };
    this.#entries.set(session.id, { session, beganAtMs: nowMs, usedAtMs: nowMs });
    const ofToken = [...this.#entries.values()].filter((entry) => entry.session.key === key);
    if (ofToken.length > this.#options.perToken) this.#endFirst(ofToken);
    if (this.#entries.size > this.#options.count) this.#endFirst(this.#entries.values());
    return text;
  }

  /** They stand in the order of their latest use. */
  #endFirst(entries: Iterable<Entry>): void {
    for (const { session } of entries) {
      this.#entries.delete(session.id);
      return;
    }
  }

  /** Returns the session of a cookie, which is used by that; `null` if there is none or it is over. */
  use(text: string): Session | null {
    if (!ID.test(text)) return null;
    const entry = this.#entries.get(digestOf(text));
    if (entry === undefined || !this.lasts(entry.session.id)) return null;
    this.touch(entry.session.id);
    return entry.session;
  }

  /** Notes that a session is in use, such as by a page that is open. */
  touch(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    entry.usedAtMs = this.#options.clock.monotonicMs();
    this.#entries.delete(id);
    this.#entries.set(id, entry);
  }

  /** Tells whether a session is not over; one that is, is forgotten. */
  lasts(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    const nowMs = this.#options.clock.monotonicMs();
    const isOver = nowMs - entry.beganAtMs >= this.#maxMs ||
      nowMs - entry.usedAtMs >= this.#options.idleMs;
    if (isOver) this.#entries.delete(id);
    return !isOver;
  }

  /** Ends a session; nothing if there is none. */
  end(id: string): void {
    this.#entries.delete(id);
  }

  /** Ends those whose token is not any more, and lets the others last so long. */
  reconfigure(maxMs: number, isKnown: (key: string) => boolean): void {
    this.#maxMs = maxMs;
    for (const [id, { session }] of this.#entries) {
      if (!isKnown(session.key)) this.#entries.delete(id);
    }
  }
}
