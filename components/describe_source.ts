/**
 * Where the samples of a service come from, in words.
 *
 * @module
 */

import type { SourceView } from "@/lib/protocol/views.ts";

/** Returns the kind of a source, and how often its worker was restarted. */
export function describeSource(source: SourceView): string {
  switch (source.kind) {
    case "push":
      return "push";
    case "simulated": {
      const { restarts } = source.worker;
      return restarts === 0 ? "simulated" : `simulated · worker restarted ${restarts}×`;
    }
  }
}
