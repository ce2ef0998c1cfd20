/**
 * The notification log as it is written down: each entry with what is still to be sent, so that a restart
 * neither forgets a notification nor sends one under another id.
 *
 * @module
 */

import type { Notification } from "@/lib/domain/notification.ts";
import type { NotificationQuery } from "@/lib/ports/alert_desk.ts";
import type { CommitResult, Ledger } from "@/lib/ports/ledger.ts";
import type { StoredNotification } from "@/lib/protocol/stored_notification.ts";
import type { NotificationView } from "@/lib/protocol/views.ts";

import type { DeliveryUpdate } from "./delivery_update.ts";
import { NotificationLog } from "./notification_log.ts";

/** An entry of an earlier run of which something is still to be sent. */
export interface Unfinished {
  /** The entry. */
  readonly view: NotificationView;
  /** What is to be sent. */
  readonly notification: Notification;
}

/** What a receiver heard of an incident. */
export interface Heard {
  /** Whether it took any message about it. */
  readonly wasHeard: boolean;
  /** Rules of messages that are still on their way. */
  readonly unheard: readonly string[];
}

const ALL_DELIVERED: NotificationQuery = {
  ...{ receiver: null, service: null, alert: null, before: null, limit: Infinity },
  state: "delivered",
};

/** Keeps the log, and writes each change of it. */
export class Outbox {
  readonly #ledger: Ledger;
  readonly #log = new NotificationLog();
  readonly #unfinished = new Map<string, Notification>();

  /** Begins with what an earlier run has left, oldest first. */
  constructor(ledger: Ledger, restored: readonly StoredNotification[]) {
    this.#ledger = ledger;
    for (const { order, view, notification } of restored) {
      this.#log.restore(order, view);
      if (notification !== null) this.#unfinished.set(view.id, notification);
    }
  }

  /** Whether there is an entry of that id. */
  has(id: string): boolean {
    return this.#log.find(id) !== undefined;
  }

  /** Reads once what each receiver heard of each incident, to be asked for by both. */
  heard(): (incident: string, receiver: string) => Heard {
    const delivered = new Set<string>();
    for (const view of this.#log.query(ALL_DELIVERED)) {
      delivered.add(keyOf(view.incident, view.receiver));
    }
    const waiting = Map.groupBy(
      this.unfinished(),
      ({ view }) => keyOf(view.incident, view.receiver),
    );
    return (incident, receiver) => {
      const key = keyOf(incident, receiver);
      const unheard = (waiting.get(key) ?? []).flatMap(({ notification }) =>
        notification.alerts.map(({ rule }) => rule)
      );
      return { wasHeard: delivered.has(key), unheard };
    };
  }

  /** Returns what is not over, oldest first. */
  unfinished(): Unfinished[] {
    return [...this.#unfinished].flatMap(([id, notification]) => {
      const view = this.#log.find(id);
      return view === undefined ? [] : [{ view, notification }];
    });
  }

  /** Adds the newest entry; `notification` is what is to be sent, `null` for nothing. */
  add(view: NotificationView, notification: Notification | null): void {
    for (const gone of this.#log.add(view)) {
      this.#ledger.put({ kind: "notification", key: gone, body: null });
    }
    if (notification !== null) this.#unfinished.set(view.id, notification);
    this.#write(view, { isNew: true });
  }

  /** Takes news of an entry. */
  update(id: string, update: DeliveryUpdate): void {
    const view = this.#log.update(id, update);
    if (view === undefined) return;
    if (view.state !== "queued" && view.state !== "retrying") this.#unfinished.delete(id);
    this.#write(view);
  }

  /** Waits until all that was added is written down. */
  committed(): Promise<CommitResult> {
    return this.#ledger.committed();
  }

  /** Returns entries, newest first. */
  query(query: NotificationQuery): readonly NotificationView[] {
    return this.#log.query(query);
  }

  #write(view: NotificationView, news: { readonly isNew?: true } = {}): void {
    const stored: StoredNotification = {
      order: this.#log.orderOf(view.id),
      view,
      notification: this.#unfinished.get(view.id) ?? null,
    };
    this.#ledger.put({ kind: "notification", key: view.id, body: JSON.stringify(stored), ...news });
  }
}

function keyOf(incident: string, receiver: string): string {
  return JSON.stringify([incident, receiver]);
}
