/**
 * What operators do about alerts, and what they read of notifications. `lib/app.ts` joins the parts behind it.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { Matcher } from "@/lib/domain/matcher.ts";
import type {
  AlertDetail,
  AlertView,
  MaintenanceView,
  NotificationCounts,
  NotificationView,
  ReceiverView,
  SilenceView,
} from "@/lib/protocol/views.ts";

import type { InputIssue } from "./monitor.ts";
import type { DeliveryResult } from "./receiver.ts";

/** What became of an act. */
export type ActResult<Value> =
  | { readonly kind: "done"; readonly value: Value }
  /** There is no such thing: 404. */
  | { readonly kind: "unknown" }
  /** It cannot be done in the state that it is in, such as acknowledging a resolved alert: 409. */
  | { readonly kind: "conflict"; readonly reason: string }
  /** The input does not fit: 422. */
  | { readonly kind: "invalid"; readonly issues: readonly InputIssue[] }
  /** A bound is reached: 429. */
  | { readonly kind: "full"; readonly reason: string };

/** A silence to be made, or what an existing one is to become. */
export interface SilenceDraft {
  /** Which alerts; at least one condition, of which `service` may be `*`. */
  readonly matcher: Matcher;
  /** From when on; `null` for now. */
  readonly startsAt: Instant | null;
  /** Until when; later than the start, at most a year from now. */
  readonly endsAt: Instant;
  /** Who makes it. */
  readonly author: string;
  /** Why; may be empty. */
  readonly reason: string;
}

/** Which entries of the notification log are asked for. */
export interface NotificationQuery {
  /** Only of this receiver; `null` for all. */
  readonly receiver: string | null;
  /** Only about this service; `null` for all. */
  readonly service: string | null;
  /** Only about this alert; `null` for all. */
  readonly alert: string | null;
  /** Only those in this state; `null` for all. */
  readonly state: NotificationView["state"] | null;
  /** At most this many, newest first. */
  readonly limit: number;
  /** Only entries older than the one with this id; `null` for the newest. */
  readonly before: string | null;
}

/** Acts on alerts and silences, and reads what became of them. */
export interface AlertDesk {
  /** One alert with its life, as long as it is kept; `undefined` if there is none of that id. */
  alertDetail(id: string): AlertDetail | undefined;
  /** Says that a person is on a pending or firing alert; it replaces an earlier acknowledgement. */
  acknowledge(
    id: string,
    act: { readonly by: string; readonly note: string },
  ): ActResult<AlertView>;
  /** Takes an acknowledgement back; nothing changes if there is none. */
  unacknowledge(id: string): ActResult<AlertView>;
  /** All silences that are kept: active, then pending, then expired, each newest first. */
  silences(): readonly SilenceView[];
  /** One silence. */
  silence(id: string): SilenceView | undefined;
  /** Makes a silence. */
  addSilence(draft: SilenceDraft): ActResult<SilenceView>;
  /** Changes one that is not expired. */
  changeSilence(id: string, draft: SilenceDraft): ActResult<SilenceView>;
  /** Ends one now; it stays to be read, as expired. */
  endSilence(id: string): ActResult<SilenceView>;
  /** The maintenance windows that are configured, active ones first. */
  maintenance(): readonly MaintenanceView[];
  /** Entries of the notification log, newest first. */
  notifications(query: NotificationQuery): readonly NotificationView[];
  /** What was counted about notifications since the start. */
  notificationCounts(): NotificationCounts;
  /** The receivers, in the order of the configuration. */
  receivers(): readonly ReceiverView[];
  /** Sends a test notification to a receiver at once, past queue and rate, and tells what came of it. */
  testReceiver(name: string): Promise<ActResult<DeliveryResult>>;
}
