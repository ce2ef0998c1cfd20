/**
 * The receiver for a channel of Discord.
 *
 * @module
 */

import type { Notification } from "@/lib/domain/notification.ts";
import { composeLines } from "@/lib/domain/notification_text.ts";
import type { Secret } from "@/lib/ports/secret.ts";

import { postMessage } from "./http_delivery.ts";
import { colourOf, markOf } from "./message_look.ts";
import type { Deliver, ReceiverTools } from "./receiver_tools.ts";

/** Longest texts that Discord takes, in characters. */
const MAX_TITLE = 256;
const MAX_DESCRIPTION = 4_096;

/** Returns what delivers to a webhook of Discord. */
export function deliverDiscord(
  { url }: { readonly url: Secret },
  { request }: Pick<ReceiverTools, "request">,
): Deliver {
  return (notification, signal) =>
    postMessage({ url, body: JSON.stringify(toDiscordMessage(notification)) }, { request, signal });
}

/** The message as Discord takes it. */
export interface DiscordMessage {
  /** Nobody is called by name, whatever the texts hold. */
  // deno-lint-ignore camelcase -- Discord's own word
  readonly allowed_mentions: { readonly parse: readonly [] };
  /** The one card that the message is. */
  readonly embeds: readonly [DiscordEmbed];
}

/** A card. */
export interface DiscordEmbed {
  /** At most 256 characters. */
  readonly title: string;
  /** At most 4096 characters. */
  readonly description: string;
  /** As a number, 0xrrggbb. */
  readonly color: number;
  /** ISO 8601. */
  readonly timestamp: string;
  /** Where the title leads. */
  readonly url?: string;
}

/** Returns a notification as a message of Discord (https://docs.discord.com/developers/resources/webhook). */
export function toDiscordMessage(notification: Notification): DiscordMessage {
  const { title, url, at } = notification;
  const lines = composeLines(notification).map((line) => `- ${escape(line)}`);
  return {
    allowed_mentions: { parse: [] },
    embeds: [{
      title: shorten(`${markOf(notification)} ${escape(title)}`, MAX_TITLE),
      description: shorten(lines.join("\n"), MAX_DESCRIPTION),
      color: Number.parseInt(colourOf(notification).slice(1), 16),
      timestamp: new Date(at).toISOString(),
      ...(url === null ? {} : { url }),
    }],
  };
}

/** What would be taken for markup. */
function escape(text: string): string {
  return text.replace(/[\\*_~`|>[\]]/g, "\\$&");
}

function shorten(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`;
}
