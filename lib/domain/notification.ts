/**
 * Notifications: what receivers are told, and why something is told or not. Plain values; `decide_notification.ts`
 * makes the decisions.
 *
 * @module
 */

import type { Instant } from "./instant.ts";
import type { Severity } from "./rule.ts";

/** Why a notification is sent. */
export type SendReason =
  /** The first about this incident. */
  | "first"
  /** Another rule fires in an incident that was told before. */
  | "more"
  /** It got worse: an alert became critical. */
  | "escalated"
  /** A reminder: it still fires and nobody has acknowledged it. */
  | "repeat"
  /** An alert keeps changing its state; until that ends nothing more is told of it. */
  | "flapping"
  /** Nothing fires any more. */
  | "resolved"
  /** Somebody tries the receiver out. */
  | "test";

/** Why nothing is sent now. */
export type HoldReason =
  /** More may follow in a moment: what fails together is told together. */
  | { readonly code: "gathering"; readonly until: Instant }
  /** Everything that fires was told; the next reminder is due at `until`, `null` for none. */
  | { readonly code: "told"; readonly until: Instant | null }
  /** The receiver refused the message, or it was given up; it is told again at `until`. */
  | { readonly code: "refused"; readonly until: Instant }
  /** A service that it depends on is DOWN; it is told when that is up again for a while. */
  | { readonly code: "inhibited"; readonly by: string }
  /** A service that it depends on has just come back, or may be DOWN as well: it waits until then. */
  | { readonly code: "awaiting parent"; readonly by: string; readonly until: Instant }
  /** A silence mutes it. */
  | { readonly code: "silenced"; readonly by: string; readonly until: Instant }
  /** A maintenance window mutes it. */
  | { readonly code: "maintenance"; readonly by: string; readonly until: Instant }
  /** A person is on it. */
  | { readonly code: "acknowledged"; readonly by: string }
  /** It keeps changing its state, which was told once. */
  | { readonly code: "flapping" }
  /** The receiver is not for such alerts. */
  | { readonly code: "no match" }
  /** It ended before anybody was told that it began. */
  | { readonly code: "never told" };

/** One alert in a notification. */
export interface NotifiedAlert {
  /** Id of the alert. */
  readonly id: string;
  /** Name of the rule. */
  readonly rule: string;
  /** Kind of the rule. */
  readonly kind: "threshold" | "missingHeartbeat";
  /** How bad it is, or was at its worst once it is resolved. */
  readonly severity: Severity;
  /** Where it stands. */
  readonly state: "firing" | "resolved";
  /** When it fired. */
  readonly firedAt: Instant;
  /** When it was resolved; `null` if it is not. */
  readonly resolvedAt: Instant | null;
  /** The latest number computed, in `unit`. */
  readonly value: number;
  /** The worst number so far, in `unit`. */
  readonly peak: number;
  /** The limit, in `unit`. */
  readonly limit: number;
  /** Unit of the numbers. */
  readonly unit: string;
  /** The reason in words, as of the notification. */
  readonly message: string;
}

/** One message about one incident, before a receiver gives it its form. */
export interface Notification {
  /** The idempotency key: the same on every attempt to deliver it, to this receiver. */
  readonly id: string;
  /** When it was decided. */
  readonly at: Instant;
  /** Why it is sent. */
  readonly reason: SendReason;
  /** `firing` while something fires, else `resolved`; `test` for a trial. */
  readonly state: "firing" | "resolved" | "test";
  /** How bad it is; for a resolved one how bad it was at its worst. */
  readonly severity: Severity;
  /** Id of the incident: the same from the first message to the resolved one. */
  readonly incident: string;
  /** Name of the service. */
  readonly service: string;
  /** When the incident began. */
  readonly since: Instant;
  /** For how long it had lasted at `at`, in milliseconds; also right if the clock was set meanwhile. */
  readonly lastedMs: number;
  /** One line that says it all, such as `"checkout is DOWN: no heartbeat for 5.0 s, limit 5 s"`. */
  readonly title: string;
  /** What fires, worst first, or what has resolved. */
  readonly alerts: readonly NotifiedAlert[];
  /** Names of services that depend on this one and have alerts of their own, which are not told. */
  readonly affected: readonly string[];
  /** Where to read more; `null` if Vitals does not know its own address. */
  readonly url: string | null;
}
