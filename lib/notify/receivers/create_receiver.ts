/**
 * The registry of receivers: a kind is one entry here and one file beside it.
 *
 * @module
 */

import type { ReceiverConfig, ReceiverTarget } from "@/lib/ports/monitor_config.ts";
import type { Receiver } from "@/lib/ports/receiver.ts";

import { deliverDiscord } from "./discord.ts";
import { deliverEmail } from "./email.ts";
import { deliverLog } from "./log.ts";
import { deliverNtfy } from "./ntfy.ts";
import type { Deliver, ReceiverTools } from "./receiver_tools.ts";
import { deliverSlack } from "./slack.ts";
import { deliverWebhook } from "./webhook.ts";

type Kind = ReceiverTarget["kind"];

/** Makes what delivers to the targets of each kind. */
type Registry = {
  readonly [K in Kind]: (
    target: Extract<ReceiverTarget, { kind: K }>,
    tools: ReceiverTools,
  ) => Deliver;
};

const REGISTRY: Registry = {
  webhook: deliverWebhook,
  slack: deliverSlack,
  discord: deliverDiscord,
  ntfy: deliverNtfy,
  email: deliverEmail,
  log: deliverLog,
};

/** Returns the adapter of a receiver. Nothing is sent before it is asked to deliver. */
export function createReceiver({ name, target }: ReceiverConfig, tools: ReceiverTools): Receiver {
  return { name, kind: target.kind, deliver: createDeliver(target.kind, target, tools) };
}

/** The kind in its own parameter ties the entry to the target. */
function createDeliver<K extends Kind>(
  kind: K,
  target: Extract<ReceiverTarget, { kind: K }>,
  tools: ReceiverTools,
): Deliver {
  return REGISTRY[kind](target, tools);
}
