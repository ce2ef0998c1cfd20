/**
 * The receiver for mail. All mails of one incident make one thread.
 *
 * @module
 */

import type { Notification } from "@/lib/domain/notification.ts";
import { composeLines } from "@/lib/domain/notification_text.ts";
import type { DeliveryResult } from "@/lib/ports/receiver.ts";
import { redact, Secret } from "@/lib/ports/secret.ts";
import { escapeXml } from "@/lib/protocol/xml_text.ts";

import type { Mail, MailFailure } from "./mailer.ts";
import type { Deliver, ReceiverTools } from "./receiver_tools.ts";

/** What mail needs. */
export interface EmailTarget {
  /** The server, such as `smtp://user:password@host:587`. */
  readonly url: Secret;
  /** The sender. */
  readonly from: string;
  /** The recipients, at least one. */
  readonly to: readonly string[];
}

/** Returns what delivers by mail, over a connection of its own each time. */
export function deliverEmail(
  target: EmailTarget,
  { openMailer }: Pick<ReceiverTools, "openMailer">,
): Deliver {
  return async (notification, signal): Promise<DeliveryResult> => {
    const mailer = await openMailer(target.url);
    const { promise: aborted, resolve: abort } = Promise.withResolvers<MailFailure>();
    function stop(): void {
      abort({ code: null, reason: "no answer in time", isFinal: false });
      mailer.close();
    }
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
    try {
      const sent = mailer.send(toMail(notification, target));
      const failure = await Promise.race([sent, aborted]);
      return failure === null
        ? { kind: "delivered", detail: "taken by the mail server" }
        : explain(failure, target);
    } finally {
      signal.removeEventListener("abort", stop);
      mailer.close();
    }
  };
}

function explain({ code, reason, isFinal }: MailFailure, { url }: EmailTarget): DeliveryResult {
  const { username, password, host } = new URL(url.reveal());
  const hidden = [username, password, decodeURIComponent(username), decodeURIComponent(password)]
    .filter((text) => text !== "");
  const text = redact(reason, [url, ...hidden.map((each) => new Secret(each))]).slice(0, 200);
  const said = code === null ? `${host}: ${text}` : `SMTP ${text}`;
  return isFinal
    ? { kind: "permanent", reason: said }
    : { kind: "passing", reason: said, retryAfterMs: null };
}

/** Returns a notification as a mail. */
export function toMail(notification: Notification, { from, to }: EmailTarget): Mail {
  const { id, incident, title, url, severity, state } = notification;
  const domain = /@([^>\s]+)>?\s*$/.exec(from)?.[1] ?? "vitals.invalid";
  const lines = composeLines(notification);
  const thread = incident === "" ? [] : [`<${toWord(incident)}.incident@${domain}>`];
  return {
    ...{ from, to, subject: subjectOf(notification) },
    text: [title, "", ...lines, ...url === null ? [] : ["", url], "", "Vitals"].join("\n"),
    html: toHtml(title, lines, url),
    messageId: `<${toWord(id)}.notification@${domain}>`,
    references: thread,
    headers: { "auto-submitted": "auto-generated", "x-vitals-notification": id },
    isUrgent: state === "firing" && severity === "critical",
  };
}

function subjectOf({ state, severity, title }: Notification): string {
  const word = state === "firing" ? severity.toUpperCase() : state.toUpperCase();
  return `[${word}] ${title}`;
}

function toHtml(title: string, lines: readonly string[], url: string | null): string {
  const items = lines.map((line) => `<li>${escapeXml(line)}</li>`).join("");
  const link = url === null ? "" : `<p><a href="${escapeXml(url)}">Why, and what to do</a></p>`;
  return `<h2>${escapeXml(title)}</h2><ul>${items}</ul>${link}<p>Vitals</p>`;
}

/** What may stand before the @ of a message id; other characters are written as numbers. */
function toWord(text: string): string {
  return text.replace(/[^A-Za-z0-9_-]/g, (character) => `.${character.charCodeAt(0)}`);
}
