/**
 * Randomness without state: each number is a hash of (seed, stream, index), so that any instant of a
 * simulated service can be computed alone, in any order, on any machine.
 *
 * The hash is MurmurHash3_x86_32 by Austin Appleby (public domain, github.com/aappleby/smhasher), used as
 * a counter-based generator: Salmon and others, "Parallel Random Numbers: As Easy as 1, 2, 3" (SC 2011).
 *
 * @module
 */

/** Names one number among all that a seed stands for. */
export interface NoisePosition {
  /** Keeps the numbers of different purposes apart. */
  readonly stream: number;
  /** Which number of the stream; a whole number. */
  readonly index: number;
}

/** Where {@linkcode valueNoise} is looked at. */
export interface ValueNoiseOptions {
  /** Keeps the curves of different purposes apart. */
  readonly stream: number;
  /** Distance between two random values of the curve, in steps. */
  readonly period: number;
}

/**
 * Returns a number from 0 (included) to 1 (excluded) that looks random and depends on its arguments alone.
 *
 * @example
 * ```ts
 * import { uniform } from "@/simulators/noise.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(uniform(1, { stream: 2, index: 3 }), uniform(1, { stream: 2, index: 3 }));
 * ```
 */
export function uniform(seed: number, position: NoisePosition): number {
  const { stream, index } = position;
  // Two words for the index: a step of a fast grid does not fit in 32 bits.
  return murmur3([stream, index, Math.floor(index / 2 ** 32)], seed) / 2 ** 32;
}

/**
 * Returns a smooth curve between -1 and 1 at `step`: random values every `period` steps, joined by the
 * smoothstep polynomial (value noise).
 */
export function valueNoise(seed: number, step: number, options: ValueNoiseOptions): number {
  const { stream, period } = options;
  const index = Math.floor(step / period);
  const t = step / period - index;
  const before = uniform(seed, { stream, index });
  const after = uniform(seed, { stream, index: index + 1 });
  return 2 * (before + (after - before) * t * t * (3 - 2 * t)) - 1;
}

/** Returns the MurmurHash3_x86_32 of some 32-bit words, as an unsigned 32-bit number. */
export function murmur3(words: readonly number[], seed: number): number {
  let hash = seed | 0;
  for (const word of words) {
    const scrambled = Math.imul(rotateLeft(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
    hash = (Math.imul(rotateLeft(hash ^ scrambled, 13), 5) + 0xe6546b64) | 0;
  }
  return avalanche(hash ^ (words.length * 4));
}

function avalanche(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
