/**
 * The desk of operators: joins what they do about alerts, in the collector, with what receivers are told, in
 * the notifier.
 *
 * @module
 */

import type { Collector } from "@/lib/collector/collector.ts";
import type { Notifier } from "@/lib/notify/notifier.ts";
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

/** What an {@linkcode OperatorDesk} joins. */
export interface OperatorDeskOptions {
  /** Holds alerts and silences. */
  readonly collector: Collector;
  /** Tells receivers. */
  readonly notifier: Notifier;
}

/** Of one alert the latest of these are shown. */
const EVERY_NOTIFICATION: NotificationQuery = {
  ...{ receiver: null, service: null, alert: null, state: null, limit: 100, before: null },
};

/** Hands each act on to the part that it is for. */
export class OperatorDesk implements AlertDesk {
  readonly #collector: Collector;
  readonly #notifier: Notifier;

  /** Joins the parts. */
  constructor({ collector, notifier }: OperatorDeskOptions) {
    this.#collector = collector;
    this.#notifier = notifier;
  }

  alertDetail(id: string): AlertDetail | undefined {
    const alert = this.#collector.alert(id);
    if (alert === undefined) return undefined;
    const query = { ...EVERY_NOTIFICATION, alert: id };
    return {
      alert,
      transitions: this.#collector.steps(id),
      notifications: this.#notifier.notifications(query),
    };
  }

  acknowledge(
    id: string,
    act: { readonly by: string; readonly note: string },
  ): ActResult<AlertView> {
    return this.#collector.acknowledge(id, act);
  }

  unacknowledge(id: string): ActResult<AlertView> {
    return this.#collector.unacknowledge(id);
  }

  silences(): readonly SilenceView[] {
    return this.#collector.silences.list();
  }

  silence(id: string): SilenceView | undefined {
    return this.#collector.silences.find(id);
  }

  addSilence(draft: SilenceDraft): ActResult<SilenceView> {
    return this.#collector.silences.add(draft);
  }

  changeSilence(id: string, draft: SilenceDraft): ActResult<SilenceView> {
    return this.#collector.silences.change(id, draft);
  }

  endSilence(id: string): ActResult<SilenceView> {
    return this.#collector.silences.end(id);
  }

  maintenance(): readonly MaintenanceView[] {
    return this.#collector.silences.windows();
  }

  notifications(query: NotificationQuery): readonly NotificationView[] {
    return this.#notifier.notifications(query);
  }

  notificationCounts(): NotificationCounts {
    return this.#notifier.counts();
  }

  receivers(): readonly ReceiverView[] {
    return this.#notifier.receivers();
  }

  testReceiver(name: string): Promise<ActResult<DeliveryResult>> {
    return this.#notifier.test(name);
  }
}
