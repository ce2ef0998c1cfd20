/**
 * Decides who may do what: joins tokens, sessions, the limit of tries and what stays open.
 *
 * @module
 */

import type { Access, Caller, Client, Identity } from "@/lib/ports/access.ts";
import type { AuditTrail } from "@/lib/ports/audit.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import type { Log } from "@/lib/ports/log.ts";
import type { AuthConfig } from "@/lib/ports/monitor_config.ts";
import type { Secret } from "@/lib/ports/secret.ts";
import { isEnough, type Need, type Scope, SCOPES } from "@/lib/protocol/access_table.ts";
import { readSessionCookie } from "@/lib/protocol/session_cookie.ts";

import { type Arrival, clientOf } from "./client_of.ts";
import { LiveDoors } from "./live_doors.ts";
import { RefusalTeller } from "./refusal_teller.ts";
import { SessionKeeper } from "./session_keeper.ts";
import { digestOf, type KnownToken, TokenBook } from "./token_book.ts";
import { TryLimiter, type Verdict } from "./try_limiter.ts";

/** What an {@linkcode AccessDesk} needs. */
export interface AccessDeskOptions {
  /** For all limits of time. */
  readonly clock: Clock;
  /** Takes refusals, and that the token of the environment is short. */
  readonly log: Log;
  /** Takes refusals. */
  readonly audit: Pick<AuditTrail, "noteRefused">;
  /** What configuration says. */
  readonly auth: AuthConfig;
  /** The token of the environment, which may do everything; `null` for none. */
  readonly token: Secret | null;
}

/** A request that shows who sent it. */
export interface Showing extends Arrival {
  /** Method and path, for the audit log. */
  readonly what: string;
}

/** What came of an attempt to sign in. */
export type SignIn =
  /** `cookie` is the text of the session. */
  | { readonly kind: "done"; readonly name: string; readonly cookie: string }
  | { readonly kind: "wrong" }
  /** The token sends samples and can see nothing. */
  | { readonly kind: "insufficient"; readonly name: string }
  | { readonly kind: "limited"; readonly retryAfterMs: number };

/** What was counted since the start, and what is there. */
export interface AccessCounters {
  /** Tokens that were looked at and are none. */
  readonly wrongTokens: number;
  /** Tokens that were not looked at, as too many from their address were wrong. */
  readonly limitedTokens: number;
  /** Sessions that last; some of them may be over and not yet forgotten. */
  readonly sessions: number;
}

/** A token that is easier to guess than this gets a warning: 20 characters of `deno task token` are 120 bits. */
const SHORT_TOKEN = 20;

/** Decides. */
export class AccessDesk {
  readonly #token: KnownToken | null;
  readonly #limiter: TryLimiter;
  readonly #sessions: SessionKeeper;
  readonly #doors: LiveDoors;
  readonly #refusals: RefusalTeller;
  readonly #counters = { wrongTokens: 0, limitedTokens: 0 };
  #auth: AuthConfig;
  #book: TokenBook;

  /** Begins without sessions. */
  constructor({ clock, log, audit, auth, token }: AccessDeskOptions) {
    const text = token?.reveal();
    if (text !== undefined && text.length < SHORT_TOKEN) {
      log.warn("token is short", { token: "VITALS_TOKEN", leastCharacters: SHORT_TOKEN });
    }
    this.#token = text === undefined
      ? null
      : { name: "VITALS_TOKEN", key: digestOf(text), scopes: SCOPES };
    this.#auth = auth;
    this.#book = this.#readTokens(auth);
    this.#limiter = new TryLimiter(clock);
    this.#sessions = new SessionKeeper({ clock, maxMs: auth.sessionMs });
    this.#refusals = new RefusalTeller({ clock, log, audit });
    this.#doors = new LiveDoors({ clock, mayStay: (caller) => this.#mayStay(caller) });
  }

  /** Whether there is any token; without one nobody can sign in. */
  get hasTokens(): boolean {
    return !this.#book.isEmpty;
  }

  /** Returns what was counted. */
  counters(): AccessCounters {
    return { ...this.#counters, sessions: this.#sessions.size };
  }

  /** Takes what configuration says now. Sessions and open connections of tokens that are gone end. */
  reconfigure(auth: AuthConfig): void {
    this.#auth = auth;
    this.#book = this.#readTokens(auth);
    this.#sessions.reconfigure(auth.sessionMs, (key) => this.#book.find(key) !== null);
    this.#doors.look();
  }

  /** Tells who sent a request. A token comes before a session; where no token is set, neither counts. */
  identify(showing: Showing): Caller {
    const client = clientOf(showing, this.#auth.trustProxy);
    return { client, identity: this.#identityOf(showing, client) };
  }

  /** Decides about a request. */
  decide({ client, identity }: Caller, need: Need): Access {
    if (need === "public") return { kind: "granted" };
    if (this.#book.isEmpty) {
      return { kind: need === "read" || client.isLocal ? "granted" : "elsewhere" };
    }
    if (identity.kind === "wrong") return { kind: "wrong" };
    if (identity.kind === "limited") return identity;
    if (need === "read" && this.#auth.publicReads) return { kind: "granted" };
    if (identity.kind === "nobody") return { kind: "missing" };
    return { kind: isEnough(this.#scopesOf(identity.key), need) ? "granted" : "insufficient" };
  }

  /** Tells whether a request would be granted. */
  may(caller: Caller, need: Need): boolean {
    return this.decide(caller, need).kind === "granted";
  }

  /** Begins a session for a token. The one that the caller had ends. */
  signIn(token: string, caller: Caller, what: string): SignIn {
    const { client, identity } = caller;
    const key = digestOf(token);
    const known = this.#book.find(key);
    const verdict = this.#judge(key, { known, client, what });
    if (verdict.kind !== "right") return verdict;
    if (known === null) return { kind: "wrong" };
    if (!isEnough(known.scopes, "read")) return { kind: "insufficient", name: known.name };
    if (identity.kind === "session") this.#sessions.end(identity.id);
    return { kind: "done", name: known.name, cookie: this.#sessions.begin(key) };
  }

  /** Ends the session of a caller, and closes what is open by it. */
  signOut({ identity }: Caller): void {
    if (identity.kind !== "session") return;
    this.#sessions.end(identity.id);
    this.#doors.look();
  }

  /**
   * Takes a connection that stays open, to close it when whoever opened it may not read any more.
   *
   * @param close Called at most once, perhaps at once.
   * @returns Called when it is closed from elsewhere.
   */
  holdOpen(caller: Caller, close: () => void): () => void {
    return this.#doors.open(caller, close);
  }

  #readTokens({ tokens }: AuthConfig): TokenBook {
    const listed = tokens.map(({ name, sha256, scopes }) => ({ name, key: sha256, scopes }));
    return new TokenBook(this.#token === null ? listed : [...listed, this.#token]);
  }

  #identityOf({ headers, what }: Showing, client: Client): Identity {
    if (this.#book.isEmpty) return { kind: "nobody" };
    const bearer = bearerIn(headers.get("authorization"));
    if (bearer === null) {
      return this.#identityOfSession(readSessionCookie(headers.get("cookie"), client));
    }
    const key = digestOf(bearer);
    const known = this.#book.find(key);
    const verdict = this.#judge(key, { known, client, what });
    if (verdict.kind !== "right") return verdict;
    return known === null ? { kind: "wrong" } : { kind: "token", name: known.name, key };
  }

  #identityOfSession(cookie: string | null): Identity {
    const session = cookie === null ? null : this.#sessions.use(cookie);
    const known = session && this.#book.find(session.key);
    if (session === null || known === null) return { kind: "nobody" };
    return { kind: "session", name: known.name, ...session };
  }

  #judge(
    key: string,
    { known, client, what }: {
      readonly known: KnownToken | null;
      readonly client: Client;
      readonly what: string;
    },
  ): Verdict {
    const verdict = this.#limiter.judge(client.address, key, known !== null);
    if (verdict.kind !== "right") {
      const status = verdict.kind === "limited" ? 429 : 401;
      this.#counters[verdict.kind === "limited" ? "limitedTokens" : "wrongTokens"]++;
      this.#refusals.tell({ address: client.address, what, status });
    }
    return verdict;
  }

  #scopesOf(key: string): readonly Scope[] {
    return this.#book.find(key)?.scopes ?? [];
  }

  /** An open page is in use. */
  #mayStay(caller: Caller): boolean {
    const { identity } = caller;
    const isOver = identity.kind === "session" && !this.#sessions.lasts(identity.id);
    if (identity.kind === "session" && !isOver) this.#sessions.touch(identity.id);
    return this.may(isOver ? { ...caller, identity: { kind: "nobody" } } : caller, "read");
  }
}

/** Returns what stands behind `Bearer`; `null` for another kind of credentials, such as those of a proxy. */
function bearerIn(authorization: string | null): string | null {
  const [, token] = /^Bearer +(.*)$/i.exec(authorization ?? "") ?? [];
  return token ?? null;
}
