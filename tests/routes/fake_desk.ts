/**
 * A desk that keeps what operators do and answers what it is told to.
 *
 * @module
 */

import type {
  ActResult,
  AlertDesk,
  NotificationQuery,
  SilenceDraft,
} from "@/lib/ports/alert_desk.ts";
import type { DeliveryResult } from "@/lib/ports/receiver.ts";
import type {
  AlertDetail,
  AlertView,
  MaintenanceView,
  NotificationCounts,
  NotificationView,
  ReceiverView,
  SilenceView,
} from "@/lib/protocol/views.ts";

/** Implements {@linkcode AlertDesk}. */
export class FakeDesk implements AlertDesk {
  /** Every act, in words and with what it was given. */
  readonly acts: (readonly unknown[])[] = [];
  /** Every question for notifications. */
  readonly queries: NotificationQuery[] = [];
  /** The alerts there are, by id. */
  readonly details = new Map<string, AlertDetail>();
  silenceList: SilenceView[] = [];
  maintenanceList: MaintenanceView[] = [];
  notificationList: NotificationView[] = [];
  receiverList: ReceiverView[] = [];
  /** Answers acts instead of doing them, if set. */
  refusal: Exclude<ActResult<never>, { readonly kind: "done" }> | null = null;
  /** What comes of a test notification. */
  delivery: DeliveryResult = { kind: "delivered", detail: "HTTP 204" };

  alertDetail(id: string): AlertDetail | undefined {
    return this.details.get(id);
  }

  acknowledge(
    id: string,
    act: { readonly by: string; readonly note: string },
  ): ActResult<AlertView> {
    this.acts.push(["acknowledge", id, act]);
    return this.#alert(id);
  }

  unacknowledge(id: string): ActResult<AlertView> {
    this.acts.push(["unacknowledge", id]);
    return this.#alert(id);
  }

  silences(): readonly SilenceView[] {
    return this.silenceList;
  }

  silence(id: string): SilenceView | undefined {
    return this.silenceList.find((silence) => silence.id === id);
  }

  addSilence(draft: SilenceDraft): ActResult<SilenceView> {
    this.acts.push(["addSilence", draft]);
    if (this.refusal !== null) return this.refusal;
    const startsAt = draft.startsAt ?? 0;
    const id = `silence-${this.silenceList.length + 1}`;
    const value = { ...draft, startsAt, id, createdAt: 0, state: "active", mutes: 0 } as const;
    this.silenceList.push(value);
    return { kind: "done", value };
  }

  changeSilence(id: string, draft: SilenceDraft): ActResult<SilenceView> {
    this.acts.push(["changeSilence", id, draft]);
    return this.#silence(id);
  }

  endSilence(id: string): ActResult<SilenceView> {
    this.acts.push(["endSilence", id]);
    return this.#silence(id);
  }

  maintenance(): readonly MaintenanceView[] {
    return this.maintenanceList;
  }

  notifications(query: NotificationQuery): readonly NotificationView[] {
    this.queries.push(query);
    return this.notificationList;
  }

  notificationCounts(): NotificationCounts {
    return { decisions: { first: 2, silenced: 1 }, receivers: {} };
  }

  receivers(): readonly ReceiverView[] {
    return this.receiverList;
  }

  testReceiver(name: string): Promise<ActResult<DeliveryResult>> {
    this.acts.push(["testReceiver", name]);
    const isKnown = this.receiverList.some((receiver) => receiver.name === name);
    if (!isKnown) return Promise.resolve({ kind: "unknown" });
    return Promise.resolve(this.refusal ?? { kind: "done", value: this.delivery });
  }

  #alert(id: string): ActResult<AlertView> {
    if (this.refusal !== null) return this.refusal;
    const value = this.details.get(id)?.alert;
    return value === undefined ? { kind: "unknown" } : { kind: "done", value };
  }

  #silence(id: string): ActResult<SilenceView> {
    if (this.refusal !== null) return this.refusal;
    const value = this.silence(id);
    return value === undefined ? { kind: "unknown" } : { kind: "done", value };
  }
}
