/**
 * The shape of what is said about who may do what, in `vitals.config.jsonc`.
 *
 * @module
 */

import { z } from "zod";

import { maxLength, minLength } from "@/lib/protocol/length_checks.ts";

import type { AuthEntry } from "./entry_types.ts";
import { A_NAME, list, matching, NAME_OF_RULE, object, wholeNumber } from "./schema_parts.ts";

/** How many tokens there may be. */
const MAX_TOKENS = 100;

/** What would be right for `trustProxy`. */
export const A_TRUST =
  'must be false, the number of proxies from 1 to 10, or a list of addresses such as ["127.0.0.1", "10.0.0.0/8"]';

const A_DIGEST = "must be a SHA-256 in 64 hexadecimal digits; `deno task token` makes one";
const A_SCOPE = 'must be "ingest", "operate" or "read"';

const TOKEN = object({
  name: matching(NAME_OF_RULE, A_NAME).meta({
    description: "Unique among the tokens; the log and the audit log call it by this.",
    examples: ["grafana"],
  }),
  sha256: matching(/^[0-9a-fA-F]{64}$/, A_DIGEST).meta({
    description: "The SHA-256 of the token, in hexadecimal digits. `deno task token` makes both.",
  }),
  scopes: list(z.enum(["ingest", "operate", "read"], A_SCOPE), 3, "scopes")
    .check(minLength(1, "must name at least one scope")).meta({
      description:
        "What it is good for: `ingest` sends samples and heartbeats, `read` reads, `operate` does " +
        "all else that changes anything, and reads.",
      examples: [["read"], ["ingest"], ["operate"]],
    }),
}, 'must be an object such as { "name": "agents", "sha256": "…", "scopes": ["ingest"] }').meta({
  title: "Token",
  description: "A token, by its digest: the file holds nothing that anybody could show.",
});

const TRUST_PROXY = z.union([
  z.literal(false),
  z.int(A_TRUST).min(1, A_TRUST).max(10, A_TRUST),
  z.array(matching(/^[0-9a-fA-F.:]+(?:\/\d{1,3})?$/, A_TRUST), A_TRUST).check(
    minLength(1, A_TRUST),
    maxLength(32, A_TRUST),
  ),
], A_TRUST).default(false).meta({
  description:
    "Whose word counts about where a request came from (X-Forwarded-For, Forwarded) and whether it " +
    "came over https (X-Forwarded-Proto): nobody's; that of so many proxies before Vitals; or that " +
    "of proxies with these addresses or ranges.",
  examples: [false, 1, ["127.0.0.1", "10.0.0.0/8"]],
});

/**
 * Who may do what.
 *
 * @ignore
 */
export const AUTH: z.ZodType<AuthEntry, Record<string, unknown>> = object({
  tokens: list(TOKEN, MAX_TOKENS, "tokens").default([]).meta({
    description: "Tokens beside VITALS_TOKEN of the environment, which may do everything.",
  }),
  publicReads: z.boolean("must be true or false").default(false).meta({
    description: "Whether everybody may read, although there are tokens.",
  }),
  trustProxy: TRUST_PROXY,
  sessionHours: wholeNumber(1, 8_760).default(168).meta({
    description:
      "How long somebody who signed in stays so at most, in hours. A day without any use ends it too.",
    examples: [12, 168],
  }),
}, 'must be an object such as { "publicReads": true }').meta({
  title: "Access",
  description: "Who may do what. See docs/access.md.",
});

/** Returns what a file says about access, the default if it is malformed or left out. */
export function readAuth(value: unknown): AuthEntry {
  return AUTH.safeParse(value).data ?? AUTH.parse({});
}
