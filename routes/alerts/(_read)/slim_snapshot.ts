/**
 * The live state without what a page of alerts does not show.
 *
 * @module
 */

import type { SnapshotMessage } from "@/lib/protocol/live_message.ts";

/** Returns a snapshot whose services have no series and no strip. Deltas fit it as they fit the whole. */
export function slimSnapshot(snapshot: SnapshotMessage): SnapshotMessage {
  return {
    ...snapshot,
    services: snapshot.services.map((service) => ({
      ...service,
      metrics: {},
      strip: { ...service.strip, slots: "" },
    })),
  };
}
