/**
 * Limits how often an address may guess at tokens. Each address has a bucket of tries that fills again with
 * time, so that nobody can use up the tries of others.
 *
 * @module
 */

import ipaddr from "ipaddr.js";

import type { Clock } from "@/lib/ports/clock.ts";

/** Bounds of a {@linkcode TryLimiter}. */
export interface TryLimits {
  /** So many wrong tokens in a row are looked at. @default {10} */
  readonly burst: number;
  /** Then one more after each such pause, in milliseconds. @default {30_000} */
  readonly refillMs: number;
  /** Of so many addresses it is known how often they were wrong; the oldest are forgotten. @default {10_000} */
  readonly addresses: number;
  /** So many wrong tokens are remembered of an address: to show one again is no other try. @default {8} */
  readonly remembered: number;
}

/** The limits if nothing else is said. */
export const DEFAULT_TRY_LIMITS: TryLimits = {
  ...{ burst: 10, refillMs: 30_000, addresses: 10_000, remembered: 8 },
};

/** What is made of a try. */
export type Verdict =
  | { readonly kind: "right" }
  | { readonly kind: "wrong" }
  /** It must not be told whether it is right. */
  | { readonly kind: "limited"; readonly retryAfterMs: number };

/** What is known of an address. */
interface Bucket {
  /** Tries that are left, with the fraction of the next one. */
  tries: number;
  /** When that was so, in monotonic milliseconds. */
  atMs: number;
  /** Keys of the latest wrong tokens. */
  readonly wrong: string[];
}

/** Counts wrong tokens by address. A right one neither costs a try nor gives one back. */
export class TryLimiter {
  readonly #clock: Pick<Clock, "monotonicMs">;
  readonly #limits: TryLimits;
  /** The one that was wrong last stands last. */
  readonly #buckets = new Map<string, Bucket>();

  /** Begins with nothing known. */
  constructor(clock: Pick<Clock, "monotonicMs">, limits: Partial<TryLimits> = {}) {
    this.#clock = clock;
    this.#limits = { ...DEFAULT_TRY_LIMITS, ...limits };
  }

  /** How many addresses are known. */
  get size(): number {
    return this.#buckets.size;
  }

  /**
   * Judges a try.
   *
   * A program that goes on showing the same wrong token guesses at nothing: it is told so each time and costs its
   * neighbours at that address no tries.
   *
   * @param key What was shown, as a digest.
   * @param isRight Whether it is a token.
   */
  judge(address: string, key: string, isRight: boolean): Verdict {
    const place = placeOf(address);
    const bucket = this.#find(place);
    if (bucket.wrong.includes(key) && !isRight) return { kind: "wrong" };
    if (bucket.tries < 1) {
      const retryAfterMs = Math.ceil((1 - bucket.tries) * this.#limits.refillMs);
      return { kind: "limited", retryAfterMs };
    }
    if (isRight) return { kind: "right" };
    bucket.tries--;
    bucket.wrong.push(key);
    if (bucket.wrong.length > this.#limits.remembered) bucket.wrong.shift();
    this.#keep(place, bucket);
    return { kind: "wrong" };
  }

  /** Returns the bucket as it is now; one that is not known is full. */
  #find(place: string): Bucket {
    const nowMs = this.#clock.monotonicMs();
    const { burst, refillMs } = this.#limits;
    const bucket = this.#buckets.get(place) ?? { tries: burst, atMs: nowMs, wrong: [] };
    bucket.tries = Math.min(burst, bucket.tries + (nowMs - bucket.atMs) / refillMs);
    bucket.atMs = nowMs;
    return bucket;
  }

  #keep(place: string, bucket: Bucket): void {
    this.#buckets.delete(place);
    this.#buckets.set(place, bucket);
    if (this.#buckets.size <= this.#limits.addresses) return;
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined) this.#buckets.delete(oldest);
  }
}

/** Of IPv6 one customer has a /64 at least, so that counts as one place (RFC 6177). */
export function placeOf(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()}/64`;
}
