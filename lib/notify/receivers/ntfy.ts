/**
 * The receiver for ntfy (https://docs.ntfy.sh/publish/#publish-as-json), which brings messages to phones.
 *
 * @module
 */

import type { Notification } from "@/lib/domain/notification.ts";
import { composeLines } from "@/lib/domain/notification_text.ts";
import type { DeliveryResult } from "@/lib/ports/receiver.ts";
import { Secret } from "@/lib/ports/secret.ts";

import { postMessage } from "./http_delivery.ts";
import type { Deliver, ReceiverTools } from "./receiver_tools.ts";

/** Longer messages become files (https://docs.ntfy.sh/config/#message-limits), in bytes. */
const MAX_MESSAGE_BYTES = 4_096;

/** What ntfy needs. */
export interface NtfyTarget {
  /** The server and the topic, such as `https://ntfy.sh/my-topic`. */
  readonly url: Secret;
  /** An access token; `null` for none. */
  readonly token: Secret | null;
}

/** Returns what delivers to a topic. As JSON, since headers would not carry every letter. */
export function deliverNtfy(
  target: NtfyTarget,
  { request }: Pick<ReceiverTools, "request">,
): Deliver {
  const { token } = target;
  const { server, topic } = split(target.url);
  const headers = token === null ? {} : { authorization: `Bearer ${token.reveal()}` };
  const secrets = [target.url, new Secret(topic), ...token === null ? [] : [token]];
  return async (notification, signal): Promise<DeliveryResult> => {
    const body = JSON.stringify(toNtfyMessage(notification, topic));
    return await postMessage({ url: server, headers, body, secrets }, { request, signal });
  };
}

/** The message as ntfy takes it. */
export interface NtfyMessage {
  /** Where to. */
  readonly topic: string;
  /** The first line. */
  readonly title: string;
  /** The rest. */
  readonly message: string;
  /** 1 to 5; 5 is urgent. */
  readonly priority: number;
  /** Names of emoji. */
  readonly tags: readonly string[];
  /** Where a tap leads. */
  readonly click?: string;
}

/** Returns a notification as a message of ntfy. */
export function toNtfyMessage(notification: Notification, topic: string): NtfyMessage {
  const { title, url } = notification;
  return {
    topic,
    title,
    message: shorten(composeLines(notification).join("\n") || title),
    priority: priorityOf(notification),
    tags: [tagOf(notification)],
    ...(url === null ? {} : { click: url }),
  };
}

/** As a stream the decoder leaves out the character that is cut in two. */
function shorten(text: string): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length < MAX_MESSAGE_BYTES) return text;
  const left = bytes.subarray(0, MAX_MESSAGE_BYTES - 4);
  return `${new TextDecoder().decode(left, { stream: true })}…`;
}

function priorityOf({ state, severity }: Notification): number {
  if (state !== "firing") return 3;
  return severity === "critical" ? 5 : 4;
}

function tagOf({ state, severity }: Notification): string {
  switch (state) {
    case "firing":
      return severity === "critical" ? "rotating_light" : "warning";
    case "resolved":
      return "white_check_mark";
    case "test":
      return "bell";
  }
}

/** The topic is the last part of the path; a server may live below a path of its own. */
function split(url: Secret): { readonly server: Secret; readonly topic: string } {
  const { origin, pathname } = new URL(url.reveal());
  const path = pathname.replace(/\/$/, "");
  const end = path.lastIndexOf("/");
  const topic = decodeURIComponent(path.slice(end + 1));
  return { server: new Secret(`${origin}${path.slice(0, end + 1) || "/"}`), topic };
}
