/**
 * The live state as the page of one service needs it.
 *
 * @module
 */

import type { SnapshotMessage } from "@/lib/protocol/live_message.ts";

/** Returns a snapshot in which the other services have no series and no strip. Deltas fit it as they fit the whole. */
export function focusSnapshot(snapshot: SnapshotMessage, name: string): SnapshotMessage {
  return {
    ...snapshot,
    services: snapshot.services.map((service) =>
      service.name === name
        ? service
        : { ...service, metrics: {}, strip: { ...service.strip, slots: "" } }
    ),
  };
}
