/**
 * What receivers are built with in tests, and messages for them.
 *
 * @module
 */

import type { Notification, NotifiedAlert } from "@/lib/domain/notification.ts";
import { createReceiver } from "@/lib/notify/receivers/create_receiver.ts";
import { openMailer } from "@/lib/notify/receivers/mailer.ts";
import type { ReceiverTarget } from "@/lib/ports/monitor_config.ts";
import type { DeliveryResult } from "@/lib/ports/receiver.ts";

import { FakeClock } from "../../support/fake_clock.ts";
import { RecordedLog } from "../../support/recorded_log.ts";
import { notification } from "../../support/notifications.ts";
import { receiverConfig } from "../../support/receiver_config.ts";

/** When the messages are from. */
export const NOW = 1_700_000_000_000;

/** One alert of the service `checkout`. */
export const ALERT: NotifiedAlert = {
  ...{ id: "HIGH_CPU:checkout:loyw3v28", rule: "HIGH_CPU", kind: "threshold" },
  ...{ severity: "warning", state: "firing", firedAt: NOW - 4_000, resolvedAt: null },
  ...{ value: 93.1, peak: 95, limit: 85, unit: "%" },
  message: "CPU 93.1 % above 85 % for 3 samples",
};

/** That something fires. */
export const FIRING: Notification = notification("n1", {
  ...{ at: NOW, severity: "warning", since: NOW - 6_000, lastedMs: 6_000, alerts: [ALERT] },
  ...{ incident: "checkout:loyw3v28", affected: ["cart", "shop"] },
  title: "checkout: HIGH_CPU, CPU 93.1 % above 85 % for 3 samples",
  url: "https://vitals.example.com/alerts/HIGH_CPU%3Acheckout%3Aloyw3v28",
});

/** That it has resolved. */
export const RESOLVED: Notification = notification("n2", {
  ...{ at: NOW, severity: "warning", since: NOW - 246_000, lastedMs: 246_000 },
  ...{ reason: "resolved", state: "resolved" },
  incident: FIRING.incident,
  alerts: [{ ...ALERT, state: "resolved", firedAt: NOW - 244_000, resolvedAt: NOW }],
  title: "checkout has recovered after 4 min",
});

/** Tries to deliver once. */
export async function deliver(
  target: ReceiverTarget,
  message: Notification = FIRING,
  signal: AbortSignal = new AbortController().signal,
): Promise<DeliveryResult> {
  const clock = new FakeClock(NOW);
  const tools = { request: fetch, openMailer, clock, log: new RecordedLog() };
  const receiver = createReceiver(receiverConfig("ops", { target }), tools);
  return await receiver.deliver(message, signal);
}
