/**
 * Tiers: in which forms the past is kept, and which of them answers a question.
 *
 * @module
 */

import type { Instant } from "./instant.ts";
import type { Retention } from "./retention.ts";

/** Samples as they came, and buckets of ten seconds, a minute and an hour. */
export type Tier = "raw" | "tenSeconds" | "minute" | "hour";

/** The tiers of buckets, finest first. */
export type BucketTier = Exclude<Tier, "raw">;

/** All tiers of buckets, finest first. */
export const BUCKET_TIERS: readonly BucketTier[] = ["tenSeconds", "minute", "hour"];

/** All tiers, finest first. */
export const TIERS: readonly Tier[] = ["raw", ...BUCKET_TIERS];

/** Length of the buckets of each tier, in milliseconds. */
export const STEP_MS: Readonly<Record<BucketTier, number>> = {
  tenSeconds: 10_000,
  minute: 60_000,
  hour: 3_600_000,
};

/** Returns how long a tier is kept, in milliseconds. */
export function retentionOf(retention: Retention, tier: Tier): number {
  switch (tier) {
    case "raw":
      return retention.rawMs;
    case "tenSeconds":
      return retention.tenSecondsMs;
    case "minute":
      return retention.minuteMs;
    case "hour":
      return retention.hourMs;
  }
}

/** What is asked for. */
export interface BucketQuestion {
  /** Beginning of the range, included. */
  readonly from: Instant;
  /** End of the range, left out. */
  readonly to: Instant;
  /** At most so many buckets. */
  readonly points: number;
  /** Whether a tier still has all that it ever had from `from` on. */
  readonly covers: (tier: BucketTier) => boolean;
}

/** Buckets that answer a question. */
export interface BucketPlan {
  /** The tier that they are made from. */
  readonly tier: BucketTier;
  /** Their length, a multiple of the tier's; they begin at multiples of it. */
  readonly stepMs: number;
}

/**
 * Returns the buckets that answer a question: as short as `points` allows, from the coarsest tier that is fine
 * enough for them and goes back far enough. If none that is fine enough does, from the finest of the others.
 *
 * @example Thirty days on a screen
 * ```ts
 * import { planBuckets } from "@/lib/domain/tier.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const month = { from: 0, to: 30 * 86_400_000, points: 500, covers: () => true };
 * assertEquals(planBuckets(month), { tier: "hour", stepMs: 7_200_000 });
 * ```
 */
export function planBuckets({ from, to, points, covers }: BucketQuestion): BucketPlan {
  const range = { from, to, points };
  const shortest = fitStep(range, STEP_MS.tenSeconds);
  const fine = BUCKET_TIERS.filter((tier) => STEP_MS[tier] <= shortest);
  const coarse = BUCKET_TIERS.filter((tier) => STEP_MS[tier] > shortest);
  const tier = [...fine.toReversed(), ...coarse].find(covers) ?? "hour";
  return { tier, stepMs: fitStep(range, STEP_MS[tier]) };
}

/** Returns the shortest multiple of a step of which `points` buckets, each begun at a multiple of it, hold a range. */
function fitStep({ from, to, points }: Omit<BucketQuestion, "covers">, stepMs: number): number {
  let fitted = Math.max(1, Math.ceil((to - from) / points / stepMs)) * stepMs;
  while (countBuckets({ from, to }, fitted) > points) {
    // Buckets too many end at `to`: none shorter than this moves their number.
    const number = Math.floor((to - 1) / fitted);
    const next = Math.floor((to - 1) / number / stepMs) * stepMs;
    fitted = Math.max(next, fitted + stepMs);
  }
  return fitted;
}

function countBuckets({ from, to }: Pick<BucketQuestion, "from" | "to">, stepMs: number): number {
  return Math.floor((to - 1) / stepMs) - Math.floor(Math.max(0, from) / stepMs) + 1;
}
