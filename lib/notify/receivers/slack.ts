/**
 * The receiver for Slack, and for what understands its incoming webhooks (Mattermost, Rocket.Chat, Zulip).
 *
 * @module
 */

import type { Notification } from "@/lib/domain/notification.ts";
import { composeLines } from "@/lib/domain/notification_text.ts";
import type { Secret } from "@/lib/ports/secret.ts";

import { postMessage } from "./http_delivery.ts";
import { colourOf, markOf } from "./message_look.ts";
import type { Deliver, ReceiverTools } from "./receiver_tools.ts";

/** Returns what delivers to an incoming webhook. */
export function deliverSlack(
  { url }: { readonly url: Secret },
  { request }: Pick<ReceiverTools, "request">,
): Deliver {
  return (notification, signal) =>
    postMessage({ url, body: JSON.stringify(toSlackMessage(notification)) }, { request, signal });
}

/** The message as Slack takes it. */
export interface SlackMessage {
  /** What notifications of the system show. */
  readonly text: string;
  /** The message itself, with a coloured edge. */
  readonly attachments: readonly [SlackAttachment];
}

/** A part with a coloured edge. */
export interface SlackAttachment {
  /** As `#rrggbb`. */
  readonly color: string;
  /** For where it cannot be shown. */
  readonly fallback: string;
  /** In Slack's markup. */
  readonly text: string;
  /** Below the text. */
  readonly footer: string;
  /** In seconds. */
  readonly ts: number;
}

/** Returns a notification as a message of Slack (https://docs.slack.dev/messaging/formatting-message-text). */
export function toSlackMessage(notification: Notification): SlackMessage {
  const { title, url, at } = notification;
  const lines = composeLines(notification).map((line) => `• ${escape(line)}`);
  const link = url === null ? [] : [`<${escape(url)}|Why, and what to do>`];
  return {
    text: `${markOf(notification)} *${escape(title)}*`,
    attachments: [{
      color: colourOf(notification),
      fallback: escape(title),
      text: [...lines, ...link].join("\n"),
      footer: "Vitals",
      ts: Math.floor(at / 1_000),
    }],
  };
}

/** The three characters that mean something to Slack. */
function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
