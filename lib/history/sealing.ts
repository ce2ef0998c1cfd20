/**
 * When and in which portions the history is put in order.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import { BUCKET_TIERS, type BucketTier, STEP_MS } from "@/lib/domain/tier.ts";

import type { ServiceRecord } from "./service_table.ts";

/** So many samples of a service are worth sealing; with many services fewer, as all that waits is in memory. */
const SEALED_SAMPLES = 600;

/** Fewer than this are not: each time a chunk is written anew. */
const MIN_SEALED_SAMPLES = 60;

/** How many samples may wait in memory, about. */
const MAX_WAITING = 600_000;

/** Samples that wait longer are sealed, however few they are, in milliseconds. */
export const SEALED_AFTER_MS = 600_000;

/** At most about so many samples are sealed at a time. */
export const SEALED_AT_ONCE = 3_000;

/** How many rows a chunk of raw samples has at most. */
export const RAW_ROWS = 1_200;

/** How many rows a chunk of buckets has at most; each has five numbers for every one of a sample. */
export const BUCKET_ROWS = 360;

/** How long a time a chunk of raw samples spans at most, in milliseconds: it is forgotten as a whole. */
export const CHUNK_SPAN_MS = 6 * 3_600_000;

/** What comes later than this is worked into buckets that are made already, in milliseconds. */
const LATE_MS = 10_000;

/** Up to where each tier can be rolled up. */
export type RolledUpTo = ServiceRecord["rolled"];

/** Returns up to where each tier can be rolled up at an instant; never less than it was. */
export function rolledUpTo(now: Instant, before: RolledUpTo): RolledUpTo {
  const until = (tier: BucketTier) => {
    const end = Math.floor((now - LATE_MS) / STEP_MS[tier]) * STEP_MS[tier];
    return Math.max(before[tier], end);
  };
  return { tenSeconds: until("tenSeconds"), minute: until("minute"), hour: until("hour") };
}

/** What waits to be sealed. */
export interface Waiting {
  /** How many samples. */
  readonly count: number;
  /** Since when the oldest. */
  readonly since: Instant;
}

/** Returns how many samples of one of so many services are worth sealing. */
export function worthSealing(services: number): number {
  return Math.max(MIN_SEALED_SAMPLES, Math.min(SEALED_SAMPLES, Math.floor(MAX_WAITING / services)));
}

/** What there is to know of a service to tell whether it is due. */
export interface DueFacts {
  /** What waits to be sealed; `null` for nothing. */
  readonly waiting: Waiting | null;
  /** How many samples are worth sealing. */
  readonly worth: number;
  /** The present instant. */
  readonly now: Instant;
}

/** Tells whether a service is to be sealed and rolled up. */
export function isDue(service: ServiceRecord, { waiting, worth, now }: DueFacts): boolean {
  if (waiting !== null) {
    return waiting.count >= worth || Math.abs(now - waiting.since) >= SEALED_AFTER_MS;
  }
  const { newestAt, rolled } = service;
  if (newestAt === null) return false;
  const next = rolledUpTo(now, rolled);
  return BUCKET_TIERS.some((tier) => rolled[tier] <= newestAt && newestAt < next[tier]);
}
