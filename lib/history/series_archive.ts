/**
 * The samples of services in all their forms, and how one becomes the other. Whatever was sealed or rolled up
 * already, an answer is the same.
 *
 * @module
 */

import {
  addBuckets,
  type BucketBlock,
  bucketSamples,
  bucketStart,
  coarsen,
  cutBuckets,
  NO_BUCKETS,
  replaceBuckets,
} from "@/lib/domain/bucket_block.ts";
import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";
import {
  countPresent,
  cutBlock,
  mergeBlocks,
  type SampleBlock,
} from "@/lib/domain/sample_block.ts";
import { BUCKET_TIERS, type BucketTier, STEP_MS, type Tier } from "@/lib/domain/tier.ts";

import type { ChunkStore } from "./chunk_store.ts";
import { rolledUpTo } from "./sealing.ts";
import type { ServiceRecord } from "./service_table.ts";

/** Buckets between two late ones that are made anew along with them rather than looked up apart. */
const NEAR_BUCKETS = 60;

/** The tier that each is made from. */
const BELOW = { tenSeconds: "raw", minute: "tenSeconds", hour: "minute" } as const;

/** A service and its samples that are in no chunk yet. */
export interface Subject {
  /** The service. */
  readonly record: ServiceRecord;
  /** Samples that arrived after all that are in chunks. */
  readonly fresh: SampleBlock;
}

/** Finds samples and buckets, and makes buckets of samples. */
export class SeriesArchive {
  readonly #chunks: ChunkStore;

  /** Works on those chunks. */
  constructor(chunks: ChunkStore) {
    this.#chunks = chunks;
  }

  /** Returns the samples of a range; `null` if there are more than `points` of one metric. */
  samples(
    { record, fresh }: Subject,
    { from, to, points }: TimeSpan & { readonly points: number },
  ): SampleBlock | null {
    const blocks = this.#chunks.samplesIfFew(record.id, { from, to, points });
    if (blocks === null) return null;
    const block = mergeBlocks([...blocks, cutBlock(fresh, from, to)]);
    const counts = Array.from(block.columns.values(), countPresent);
    return Math.max(0, ...counts) <= points ? block : null;
  }

  /** Returns the buckets of a tier that begin in a range, whose ends must be multiples of its step. */
  buckets(subject: Subject, tier: BucketTier, { from, to }: TimeSpan): BucketBlock {
    const { record: { id, rolled } } = subject;
    const made = { from, to: Math.min(to, rolled[tier]) };
    const unmade = { from: Math.max(from, rolled[tier]), to };
    const stored = made.from < made.to ? this.#chunks.buckets(id, tier, made) : NO_BUCKETS;
    const late = this.#lateBuckets(subject, tier, made);
    return replaceBuckets(
      replaceBuckets(stored, late),
      this.#fromBelow(subject, tier, unmade),
    );
  }

  /** Puts the fresh samples into chunks, rolls up what can be, and returns the service as it is then. */
  seal({ record, fresh }: Subject, now: Instant): ServiceRecord {
    const rolled = rolledUpTo(now, record.rolled);
    // All is computed from what there was before anything is written.
    const made = BUCKET_TIERS.map((tier) =>
      this.#dueBuckets({ record, fresh }, tier, rolled[tier])
    );
    if (fresh.times.length > 0) this.#chunks.addSamples(record.id, fresh);
    for (const [index, tier] of BUCKET_TIERS.entries()) {
      for (const block of made[index] ?? []) this.#chunks.putBuckets(record.id, tier, block);
    }
    const newestAt = Math.max(record.newestAt ?? 0, fresh.times.at(-1) ?? 0);
    return { ...record, newestAt, rolled };
  }

  /** Returns the buckets that are to be written: those that got late samples, and those that are over now. */
  #dueBuckets(subject: Subject, tier: BucketTier, until: Instant): readonly BucketBlock[] {
    const from = subject.record.rolled[tier];
    return [
      ...this.#latePortions(subject, tier, { from: 0, to: from }),
      this.#fromBelow(subject, tier, { from, to: until }),
    ];
  }

  #lateBuckets(subject: Subject, tier: BucketTier, range: TimeSpan): BucketBlock {
    return this.#latePortions(subject, tier, range).reduce(replaceBuckets, NO_BUCKETS);
  }

  /** Returns the buckets of a range, all made already, that the fresh samples belong to, with these in them. */
  #latePortions(subject: Subject, tier: BucketTier, range: TimeSpan): readonly BucketBlock[] {
    const late = cutBlock(subject.fresh, range.from, range.to);
    if (late.times.length === 0) return [];
    const { id, floors } = subject.record;
    const step = STEP_MS[tier];
    const floor = Math.ceil(floors[BELOW[tier]] / step) * step;
    return [
      ...this.#addLate(id, tier, bucketSamples(cutBlock(late, 0, floor), step)),
      ...nearRanges(cutBlock(late, floor, range.to), step)
        .map((near) => this.#fromBelow(subject, tier, near)),
    ];
  }

  /** What it is made from may be forgotten, so all that can be done is to add to what was made. */
  #addLate(service: number, tier: BucketTier, late: BucketBlock): readonly BucketBlock[] {
    return nearRanges({ times: late.starts }, STEP_MS[tier]).map((near) => {
      const part = cutBuckets(late, near.from, near.to);
      return addBuckets(this.#chunks.buckets(service, tier, near), part);
    });
  }

  /** Returns buckets made from the tier below. */
  #fromBelow(subject: Subject, tier: BucketTier, range: TimeSpan): BucketBlock {
    if (range.from >= range.to) return NO_BUCKETS;
    const below: Tier = BELOW[tier];
    if (below !== "raw") return coarsen(this.buckets(subject, below, range), STEP_MS[tier]);
    const blocks = this.#chunks.samples(subject.record.id, range);
    const block = mergeBlocks([...blocks, cutBlock(subject.fresh, range.from, range.to)]);
    return bucketSamples(block, STEP_MS[tier]);
  }
}

/** Returns ranges of whole buckets that hold all instants; what is near to each other is in one. */
function nearRanges({ times }: Pick<SampleBlock, "times">, stepMs: number): readonly TimeSpan[] {
  const ranges: { readonly from: Instant; to: Instant }[] = [];
  for (const at of times) {
    const start = bucketStart(at, stepMs);
    const last = ranges.at(-1);
    if (last && start - last.to <= NEAR_BUCKETS * stepMs) last.to = start + stepMs;
    else ranges.push({ from: start, to: start + stepMs });
  }
  return ranges;
}
