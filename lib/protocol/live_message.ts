/**
 * The messages of the live socket `/api/live`: JSON in text frames. Types only; see `docs/live.md`.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";

import type { AlertView, DashboardView, LiveStats, ServiceView } from "./views.ts";

/** The full state. The first message to each peer that does not resume. */
export interface SnapshotMessage extends DashboardView {
  /** Tells messages apart. */
  readonly type: "snapshot";
  /** Number of the last delta that this state contains. */
  readonly seq: number;
}

/** What changed since the message before; `seq` is one higher than that one's. */
export interface DeltaMessage {
  /** Tells messages apart. */
  readonly type: "delta";
  /** Its number. */
  readonly seq: number;
  /** When it was made. */
  readonly at: Instant;
  /** Changed services; `recent` and `times` of their metrics hold new samples only. */
  readonly services: readonly ServiceView[];
  /** Names of services that are gone. */
  readonly removed: readonly string[];
  /** Changed alerts; a resolved one is sent once. */
  readonly alerts: readonly AlertView[];
  /** Replaces the last. */
  readonly stats: LiveStats;
}

/** The answer to a {@linkcode PingMessage}. */
export interface PongMessage {
  /** Tells messages apart. */
  readonly type: "pong";
  /** The id of the ping. */
  readonly id: number;
  /** When the ping was answered. */
  readonly at: Instant;
}

/** What the server sends. */
export type ServerMessage = SnapshotMessage | DeltaMessage | PongMessage;

/** Asks for the deltas after `seq`. */
export interface ResumeMessage {
  /** Tells messages apart. */
  readonly type: "resume";
  /** Number of the last message seen. */
  readonly seq: number;
}

/** Asks for a {@linkcode PongMessage} with the same id. */
export interface PingMessage {
  /** Tells messages apart. */
  readonly type: "ping";
  /** A whole number of the client's choice. */
  readonly id: number;
}

/** What a client may send. */
export type ClientMessage = ResumeMessage | PingMessage;
