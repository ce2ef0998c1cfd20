/**
 * How a refusal is told over HTTP (RFC 6750, section 3).
 *
 * @module
 */

import type { Access } from "@/lib/ports/access.ts";

import type { Need } from "./access_table.ts";
import { ProblemError } from "./problem.ts";

/** A decision that is no. */
export type Refusal = Exclude<Access, { readonly kind: "granted" }>;

const REALM = 'Bearer realm="Vitals"';

/** What a request wanted, in words that complete "Cannot …". */
const WANTED: Readonly<Record<Need, string>> = {
  ingest: "take samples",
  operate: "do this",
  read: "show this",
  public: "show this",
};

/** Returns the error that answers a request of which the need is not met. */
export function refusalOf(refusal: Refusal, need: Need): ProblemError {
  const cannot = `Cannot ${WANTED[need]}`;
  switch (refusal.kind) {
    case "missing":
      return new ProblemError(401, `${cannot} without a token: sign in, or ${SEND}`, {
        headers: { "www-authenticate": REALM },
      });
    case "wrong":
      return new ProblemError(401, `${cannot}: the token is none of this Vitals`, {
        headers: { "www-authenticate": `${REALM}, error="invalid_token"` },
      });
    case "limited":
      return limitedError(refusal.retryAfterMs);
    case "insufficient":
      return new ProblemError(403, `${cannot} with this token: it wants one of scope "${need}"`, {
        headers: {
          "www-authenticate": `${REALM}, error="insufficient_scope", scope="${need}"`,
        },
      });
    case "elsewhere":
      return new ProblemError(403, `${cannot} from another machine: no token is set; ${SET}`);
  }
}

/** Returns the error that answers whoever showed too many wrong tokens. */
export function limitedError(retryAfterMs: number): ProblemError {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1_000));
  return new ProblemError(
    429,
    `Cannot look at a token now: too many from your address were wrong; try again in ${seconds} s`,
    { headers: { "retry-after": `${seconds}` } },
  );
}

const SEND = 'send "Authorization: Bearer <token>"';

const SET =
  `start Vitals with VITALS_TOKEN, or list a token in "auth" of the configuration, and ${SEND}`;
