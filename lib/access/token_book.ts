/**
 * The tokens that are known. Of none of them the text is kept, only its SHA-256: tokens are random and long
 * enough that nothing slower is needed.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { createHash, timingSafeEqual } from "node:crypto";

import type { Scope } from "@/lib/protocol/access_table.ts";

/** A token, without its text. */
export interface KnownToken {
  /** What it goes by. */
  readonly name: string;
  /** Its SHA-256: 64 small hexadecimal digits. */
  readonly key: string;
  /** What it is good for. */
  readonly scopes: readonly Scope[];
}

/** Finds tokens. */
export class TokenBook {
  readonly #entries: readonly { readonly token: KnownToken; readonly digest: Uint8Array }[];

  /** Takes the tokens; no two have the same key. */
  constructor(tokens: readonly KnownToken[]) {
    this.#entries = tokens.map((token) => ({ token, digest: Buffer.from(token.key, "hex") }));
  }

  /** Whether there are none. */
  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /**
   * Returns the token of a key; `null` if there is none. It compares with all of them, each to the last byte,
   * so that the time it takes tells nothing about which one came near.
   */
  find(key: string): KnownToken | null {
    const given = Buffer.from(key, "hex");
    let found: KnownToken | null = null;
    for (const { token, digest } of this.#entries) {
      if (timingSafeEqual(digest, given)) found = token;
    }
    return found;
  }
}

/** Returns the SHA-256 of a text in UTF-8, as 64 small hexadecimal digits. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
