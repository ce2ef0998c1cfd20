/**
 * Why what a source has measured was not taken, as it stands on a card.
 *
 * @module
 */

import type { IngestResult } from "@/lib/ports/monitor.ts";
import type { SourceFailure } from "@/lib/ports/sample_source.ts";

/** Returns why a sample was not taken; `null` if it was. */
export function explainRefusal(taken: IngestResult): SourceFailure | null {
  switch (taken.kind) {
    case "accepted":
      return null;
    case "full":
      return { reason: "full", detail: taken.reason };
    case "invalid": {
      const detail = taken.issues.map(({ path, message }) => `${path}: ${message}`).join("; ");
      return { reason: "value", detail };
    }
  }
}
