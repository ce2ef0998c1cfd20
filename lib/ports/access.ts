/**
 * Who sent a request, as routes and pages see it.
 *
 * @module
 */

/** Where a request came from. */
export interface Client {
  /** The address of the machine, as far as it is known; never with a port. */
  readonly address: string;
  /** Whether a program or a browser on this machine sent it, and no proxy passed it on. */
  readonly isLocal: boolean;
  /** Whether it came over https, at least to a proxy that is trusted. */
  readonly isSecure: boolean;
}

/** What a request showed, and what that was worth. */
export type Identity =
  /** It showed nothing, or a session that is over. */
  | { readonly kind: "nobody" }
  /** It showed a token that is none. */
  | { readonly kind: "wrong" }
  /** It showed a token, which was not looked at: too many from that address were wrong. */
  | { readonly kind: "limited"; readonly retryAfterMs: number }
  /** It showed a token. `key` is the token's digest in hex. */
  | { readonly kind: "token"; readonly name: string; readonly key: string }
  /** It belongs to a session that was begun with a token. `id` is the digest of what the cookie holds. */
  | {
    readonly kind: "session";
    readonly name: string;
    readonly key: string;
    readonly id: string;
  };

/** Who sent a request. */
export interface Caller {
  /** From where. */
  readonly client: Client;
  /** Who. */
  readonly identity: Identity;
}

/** What is decided about a request. */
export type Access =
  | { readonly kind: "granted" }
  /** A token is missing: 401. */
  | { readonly kind: "missing" }
  /** The token is wrong: 401. */
  | { readonly kind: "wrong" }
  /** Too many tokens were wrong: 429. */
  | { readonly kind: "limited"; readonly retryAfterMs: number }
  /** The token is good, but not for this: 403. */
  | { readonly kind: "insufficient" }
  /** There is no token to give, and it comes from elsewhere: 403. */
  | { readonly kind: "elsewhere" };
