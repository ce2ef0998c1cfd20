/**
 * Who may act as an operator: acknowledge, silence, try a receiver out. With a token only who has it;
 * without one the pages of Vitals itself and programs on the same machine.
 *
 * @module
 */

import type { Secret } from "@/lib/ports/secret.ts";

/** What is known of a request. */
export interface AccessFacts {
  /** The token that is set; `null` for none. */
  readonly token: Secret | null;
  /** The header `Authorization`; `null` if there is none. */
  readonly authorization: string | null;
  /** Whether a page of Vitals itself, or of a configured origin, sent it. */
  readonly isOwnPage: boolean;
  /** Whether it came from this machine. */
  readonly isLocal: boolean;
}

/** What is decided. */
export type Access =
  | { readonly kind: "granted" }
  /** The token is missing or wrong: 401. */
  | { readonly kind: "unauthorized" }
  /** There is no token to give, and it comes from elsewhere: 403. */
  | { readonly kind: "forbidden" };

/** Paths below which writing is for services, not for operators. */
const INGEST = ["/api/samples", "/api/heartbeats/"];

/**
 * Tells whether a request acts as an operator: whatever writes below `/api` and brings no samples. What is
 * added later is an operator's act until somebody says otherwise here.
 */
export function isOperatorAct({ method }: Pick<Request, "method">, pathname: string): boolean {
  const isRead = method === "GET" || method === "HEAD" || method === "OPTIONS";
  return !isRead && pathname.startsWith("/api/") &&
    !INGEST.some((path) => pathname === path || (path.endsWith("/") && pathname.startsWith(path)));
}

/** Decides over an act of an operator. */
export async function decideAccess(facts: AccessFacts): Promise<Access> {
  const { token, authorization, isOwnPage, isLocal } = facts;
  if (token === null) return isOwnPage || isLocal ? { kind: "granted" } : { kind: "forbidden" };
  const [, given = ""] = /^Bearer +(\S+)$/i.exec(authorization ?? "") ?? [];
  return await isEqual(token.reveal(), given) ? { kind: "granted" } : { kind: "unauthorized" };
}

/** Compares digests, all bytes of them: how long it takes tells nothing about where they differ. */
async function isEqual(one: string, other: string): Promise<boolean> {
  const [a, b] = [await digest(one), await digest(other)];
  return a.reduce((difference, byte, index) => difference | (byte ^ (b[index] ?? 0)), 0) === 0;
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}
