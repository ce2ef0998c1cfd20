/**
 * The port to where notifications go.
 *
 * @module
 */

import type { Notification } from "@/lib/domain/notification.ts";

/** What became of one attempt. */
export type DeliveryResult =
  /** It was taken; `detail` says by what, such as `"HTTP 204"`. */
  | { readonly kind: "delivered"; readonly detail: string }
  /** It may work later: no answer, 429, 5xx, a greylisted mail. */
  | {
    readonly kind: "passing";
    readonly reason: string;
    /** How long the receiver asks to be left alone, in milliseconds; `null` if it did not say. */
    readonly retryAfterMs: number | null;
  }
  /** It will never work as it is: a wrong address, a refused key. */
  | { readonly kind: "permanent"; readonly reason: string };

/** Delivers notifications to one place. */
export interface Receiver {
  /** Unique among the receivers, as configured. */
  readonly name: string;
  /** Its kind, such as `"webhook"`. */
  readonly kind: string;
  /**
   * Tries once. Never rejects, and names no secret in what it returns. When the signal is aborted the result is
   * `passing`.
   */
  deliver(notification: Notification, signal: AbortSignal): Promise<DeliveryResult>;
}
