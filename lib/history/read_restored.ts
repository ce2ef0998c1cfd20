/**
 * Turns what a history brings back into the state that the monitor goes on from.
 *
 * @module
 */

import type { Document, DocumentKind, Restored } from "@/lib/ports/history.ts";
import type { RestoredState } from "@/lib/ports/restored_state.ts";
import { parseStoredTransition } from "@/lib/protocol/stored_alert.ts";
import {
  parseStoredIncident,
  parseStoredNotification,
} from "@/lib/protocol/stored_notification.ts";
import { parseStoredAudit } from "@/lib/protocol/stored_audit.ts";
import { parseStoredService } from "@/lib/protocol/stored_service.ts";
import { parseStoredSilence } from "@/lib/protocol/stored_silence.ts";

/** Something that cannot be read. */
export interface Unreadable {
  /** What it is. */
  readonly kind: DocumentKind | "transition";
  /** Which one; of a transition its place. */
  readonly key: string;
  /** What is wrong. */
  readonly reason: string;
}

/**
 * Returns the state. What cannot be read is left out and told: one bad document must not keep a monitor from
 * starting, nor may it vanish without a word.
 */
export function readRestored(
  restored: Restored,
  onUnreadable: (unreadable: Unreadable) => void,
): RestoredState {
  const { aliveAt, documents, recent, transitions } = restored;
  function readAll<Value>(kind: DocumentKind, parse: (text: string) => Value): Value[] {
    return documents.filter((document) => document.kind === kind)
      .flatMap((document) => read(document, parse));
  }
  function read<Value>(
    { kind, key, body }: Omit<Document, "kind"> & Pick<Unreadable, "kind">,
    parse: (text: string) => Value,
  ): Value[] {
    try {
      return [parse(body)];
    } catch (error) {
      onUnreadable({ kind, key, reason: error instanceof Error ? error.message : String(error) });
      return [];
    }
  }
  return {
    aliveAt,
    services: readAll("service", parseStoredService),
    recent: new Map(recent.map((samples) => [samples.service, samples])),
    transitions: transitions.flatMap((body, index) =>
      read({ kind: "transition", key: String(index), body }, parseStoredTransition)
    ),
    silences: readAll("silence", parseStoredSilence),
    incidents: readAll("incident", parseStoredIncident),
    notifications: readAll("notification", parseStoredNotification)
      .sort((a, b) => a.order - b.order),
    audit: readAll("audit", parseStoredAudit),
  };
}
