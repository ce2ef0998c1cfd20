/**
 * News of a notification on its way.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { AttemptView, NotificationView } from "@/lib/protocol/views.ts";

/** What changed about one notification. */
export interface DeliveryUpdate {
  /** Where it stands now. */
  readonly state: NotificationView["state"];
  /** The attempt that has just ended; left out if none has. */
  readonly attempt?: AttemptView;
  /** When it is tried next; `null` if it is not, or not known yet. */
  readonly nextTryAt: Instant | null;
  /** Why it is over without being delivered, unless `attempt` says so. */
  readonly reason?: string;
}
