/**
 * The receiver for programs: the notification as JSON, signed as Standard Webhooks says
 * (https://www.standardwebhooks.com).
 *
 * @module
 */

import type { DeliveryResult } from "@/lib/ports/receiver.ts";
import type { Secret } from "@/lib/ports/secret.ts";

import { postMessage } from "./http_delivery.ts";
import type { Deliver, ReceiverTools } from "./receiver_tools.ts";

/** Version of the JSON, raised when a field is taken away or changes its meaning. */
const VERSION = 1;

/** What a webhook needs. */
export interface WebhookTarget {
  /** Where to. */
  readonly url: Secret;
  /** The signing key, as `whsec_` and base64; `null` for none. */
  readonly secret: Secret | null;
}

/** Returns what delivers to a webhook. The time in the signature is that of the attempt. */
export function deliverWebhook(target: WebhookTarget, { request, clock }: ReceiverTools): Deliver {
  return async (notification, signal): Promise<DeliveryResult> => {
    const { url, secret } = target;
    const body = JSON.stringify({ version: VERSION, ...notification });
    const timestamp = String(Math.floor(clock.now() / 1_000));
    const headers = { "webhook-id": notification.id, "webhook-timestamp": timestamp };
    if (secret === null) return await postMessage({ url, headers, body }, { request, signal });
    const signature = await sign(secret, `${notification.id}.${timestamp}.${body}`);
    const signed = { ...headers, "webhook-signature": `v1,${signature}` };
    return await postMessage({ url, headers: signed, body, secrets: [secret] }, {
      request,
      signal,
    });
  };
}

/** Returns the HMAC-SHA256 of a text in base64. */
async function sign(secret: Secret, text: string): Promise<string> {
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const bytes = Uint8Array.fromBase64(secret.reveal().replace(/^whsec_/, ""));
  const key = await crypto.subtle.importKey("raw", bytes, hmac, false, ["sign"]);
  const mac = await crypto.subtle.sign(hmac, key, new TextEncoder().encode(text));
  return new Uint8Array(mac).toBase64();
}
