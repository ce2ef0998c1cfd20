/**
 * The shape of receivers in `vitals.config.jsonc`. Addresses and keys are only checked for being texts here:
 * what they hold is secret, and may come from the environment.
 *
 * @module
 */

import { z } from "zod";

import { maxLength, minLength } from "@/lib/protocol/length_checks.ts";

import type { ReceiverEntry } from "./entry_types.ts";
import {
  A_NAME,
  duration,
  line,
  list,
  MATCH,
  matching,
  NAME_OF_RULE,
  object,
} from "./schema_parts.ts";

/** How many receivers there may be. */
export const MAX_RECEIVERS = 50;

/** A rate such as `"20 in 1m"`. */
export const RATE_PATTERN: RegExp = /^([1-9]\d{0,4}) in (\d+(?:\.\d+)?(?:ms|s|m|h|d))$/;

const ENVIRONMENT = "`${NAME}` stands for a variable of the environment.";

function secretText(error: string): z.ZodString {
  return z.string(error).check(minLength(1, error), maxLength(2_048, error));
}

const WEB_ADDRESS = secretText('must be an address such as "${OPS_HOOK_URL}"');

/** What every kind of receiver has. */
const COMMON = {
  name: matching(NAME_OF_RULE, A_NAME).meta({
    description: "Unique among the receivers.",
    examples: ["ops"],
  }),
  match: MATCH.default({}).meta({
    description: "Which alerts it is for; left out, all. All conditions given must be met.",
    examples: [{ tag: "shop" }],
  }),
  minSeverity: z.enum(["warning", "critical"], 'must be "warning" or "critical"')
    .default("warning").meta({ description: '"critical" leaves warnings out.' }),
  repeat: z.union(
    [duration("4h"), z.literal(false)],
    'must be a duration such as "4h", or false for never',
  ).default("4h").meta({
    description:
      "How long after a message one reminds of what still fires and nobody has acknowledged; " +
      "false for never. At least 1m.",
    examples: ["4h", false],
  }),
  groupWait: duration("2s").default("2s").meta({
    description: "How long the first message waits, so that what fails together is told together.",
  }),
  groupInterval: duration("1m").default("1m").meta({
    description: "How long after a message further alerts of the same service are told.",
  }),
  sendResolved: z.boolean("must be true or false").default(true).meta({
    description: "Whether it is told when all is well again.",
  }),
  rate: matching(RATE_PATTERN, 'must be such as "20 in 1m"').default("20 in 1m").meta({
    description: "At most so many messages in any such time; more wait.",
  }),
};

function kind<Kind extends string>(name: Kind, description: string): z.ZodLiteral<Kind> {
  return z.literal(name).meta({ description });
}

const TOKEN = secretText('must be a token, best of the environment: "${NTFY_TOKEN}"');
const KEY = secretText('must be a key such as "${OPS_HOOK_SECRET}"');
const MAIL = line(254);
const A_RECEIVER = 'must be an object such as { "name": "log", "kind": "log" }';

const RECEIVER = z.discriminatedUnion("kind", [
  object({
    ...COMMON,
    kind: kind("webhook", "JSON to an address, for programs."),
    url: WEB_ADDRESS.meta({ description: `Where to. ${ENVIRONMENT}` }),
    secret: KEY.optional().meta({
      description: `The key to sign with after Standard Webhooks, "whsec_…". ${ENVIRONMENT}`,
      examples: ["${OPS_HOOK_SECRET}"],
    }),
  }, A_RECEIVER),
  object({
    ...COMMON,
    kind: kind("slack", "An incoming webhook of Slack, or of what understands its messages."),
    url: WEB_ADDRESS.meta({ description: `The webhook. ${ENVIRONMENT}` }),
  }, A_RECEIVER),
  object({
    ...COMMON,
    kind: kind("discord", "A webhook of a Discord channel."),
    url: WEB_ADDRESS.meta({ description: `The webhook. ${ENVIRONMENT}` }),
  }, A_RECEIVER),
  object({
    ...COMMON,
    kind: kind("ntfy", "A topic of ntfy, for phones."),
    url: WEB_ADDRESS.meta({
      description: `The server and the topic. ${ENVIRONMENT}`,
      examples: ["https://ntfy.sh/my-topic"],
    }),
    token: TOKEN.optional().meta({ description: `An access token. ${ENVIRONMENT}` }),
  }, A_RECEIVER),
  object({
    ...COMMON,
    kind: kind("email", "Mail through an SMTP server."),
    url: secretText('must be such as "smtp://${SMTP_USER}:${SMTP_PASSWORD}@mail.example.com:587"')
      .meta({
        description: `The server, as smtp:// or smtps://. ${ENVIRONMENT}`,
        examples: ["smtp://${SMTP_USER}:${SMTP_PASSWORD}@mail.example.com:587"],
      }),
    from: MAIL.meta({
      description: "The sender.",
      examples: ["Vitals <vitals@example.com>"],
    }),
    to: list(MAIL, 50, "addresses").check(minLength(1, "must name at least one address")).meta({
      description: "The recipients.",
      examples: [["ops@example.com"]],
    }),
  }, A_RECEIVER),
  object({ ...COMMON, kind: kind("log", "A line in Vitals' own log.") }, A_RECEIVER),
], {
  error: (issue) =>
    issue.code === "invalid_union"
      ? 'must be "webhook", "slack", "discord", "ntfy", "email" or "log"'
      : A_RECEIVER,
});

/**
 * All receivers.
 *
 * @ignore
 */
export const RECEIVERS: z.ZodType<ReceiverEntry[], unknown> = list(
  RECEIVER,
  MAX_RECEIVERS,
  "receivers",
).default([]).meta({ description: "Who is told of alerts, and how. See docs/receivers.md." });

/** Returns a receiver of the file; `null` if it is malformed. */
export function readReceiver(value: unknown): ReceiverEntry | null {
  return RECEIVER.safeParse(value).data ?? null;
}
