/**
 * Samples and buckets of services, in and out of chunks.
 *
 * @module
 */

import {
  type BucketBlock,
  cutBuckets,
  NO_BUCKETS,
  replaceBuckets,
  roundSums,
  sliceBuckets,
} from "@/lib/domain/bucket_block.ts";
import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";
import {
  countValues,
  cutBlock,
  lowerBound,
  mergeBlocks,
  type SampleBlock,
  sliceBlock,
} from "@/lib/domain/sample_block.ts";
import { type BucketTier, STEP_MS } from "@/lib/domain/tier.ts";

import type { Chunk, ChunkTable } from "./chunk_table.ts";
import { decodeBuckets, encodeBuckets } from "./codec/bucket_chunk.ts";
import { decodeSamples, encodeSamples } from "./codec/sample_chunk.ts";
import { BUCKET_ROWS, CHUNK_SPAN_MS, RAW_ROWS } from "./sealing.ts";

/** Reads and writes blocks. What it writes is kept if the transaction around it is. */
export class ChunkStore {
  readonly #table: ChunkTable;
  readonly #samples = new Recent<SampleBlock>();
  readonly #buckets = new Recent<BucketBlock>();

  /** Works on that table. */
  constructor(table: ChunkTable) {
    this.#table = table;
  }

  /** Returns the samples of a range, as blocks in the order of their arrival. */
  samples(service: number, { from, to }: TimeSpan): readonly SampleBlock[] {
    return this.#table.meeting({ service, tier: "raw" }, from, to)
      .map((chunk) => cutBlock(this.#decodeSamples(chunk), from, to));
  }

  /**
   * Returns the samples of a range, unless there are more than `points` of one metric: then `null`, and not
   * all chunks are looked at.
   */
  samplesIfFew(
    service: number,
    { from, to, points }: TimeSpan & { readonly points: number },
  ): readonly SampleBlock[] | null {
    const chunks = this.#table.meeting({ service, tier: "raw" }, from, to);
    const blocks = new Map<number, SampleBlock>();
    const counter = new MetricCounter();
    for (const chunk of chunks.toSorted((one, other) => one.fromAt - other.fromAt)) {
      const block = cutBlock(this.#decodeSamples(chunk), from, to);
      blocks.set(chunk.id, block);
      if (counter.add(block) > points) return null;
    }
    return chunks.flatMap(({ id }) => blocks.get(id) ?? []);
  }

  /** Returns the newest samples, as blocks in the order of arrival: enough for `rows` of every metric in them. */
  newestSamples(service: number, rows: number): readonly SampleBlock[] {
    const chunks = this.#table.backwards({ service, tier: "raw" }, NEWEST_CHUNKS);
    const taken: Chunk[] = [];
    // Rows that no chunk further back can be newer than.
    const isEnough = (before: Instant): boolean => {
      let rowCount = 0;
      for (const chunk of taken) {
        const { times, columns } = this.#decodeSamples(chunk);
        const isFull = columns.size > 0 && chunk.valueCount === chunk.rowCount * columns.size;
        if (isFull) rowCount += times.length - lowerBound(times, before);
      }
      return rowCount >= rows;
    };
    for (const chunk of chunks) {
      if (isEnough(chunk.toAt)) break;
      taken.push(chunk);
    }
    return taken.sort((one, other) => one.id - other.id).map((chunk) => this.#decodeSamples(chunk));
  }

  /** Writes samples that are newer by arrival than all that there are. */
  addSamples(service: number, block: SampleBlock): void {
    const owner = { service, tier: "raw" } as const;
    const open = this.#table.newest(owner);
    const isOpen = open !== undefined && open.rowCount < RAW_ROWS;
    if (isOpen) this.#table.delete(open);
    const merged = isOpen ? mergeBlocks([this.#decodeSamples(open), block]) : block;
    for (const [first, end] of portions(merged.times, { most: RAW_ROWS, spanMs: CHUNK_SPAN_MS })) {
      const part = sliceBlock(merged, first, end);
      const valueCount = countValues(part);
      this.#table.insert(owner, {
        ...{ ...spanOf(part.times), valueCount, body: encodeSamples(part) },
      });
    }
  }

  /** Returns the buckets of a range. */
  buckets(service: number, tier: BucketTier, { from, to }: TimeSpan): BucketBlock {
    const blocks = this.#table.meeting({ service, tier }, from, to)
      .map((chunk) => this.#decodeBuckets(chunk));
    return cutBuckets(joinAll(blocks), from, to);
  }

  /** Writes buckets; those with the same beginning are replaced. Chunks of a tier never overlap. */
  putBuckets(service: number, tier: BucketTier, block: BucketBlock): void {
    const [first, last] = [block.starts[0], block.starts.at(-1)];
    if (first === undefined || last === undefined) return;
    const owner = { service, tier };
    const met = this.#table.meeting(owner, first, last + 1);
    const open = met.length === 0 ? this.#table.lastBefore(owner, first) : undefined;
    const old = open && open.rowCount < BUCKET_ROWS ? [open] : met;
    const before = old.map((chunk) => this.#decodeBuckets(chunk)).reduce(
      replaceBuckets,
      NO_BUCKETS,
    );
    for (const chunk of old) this.#table.delete(chunk);
    const merged = replaceBuckets(before, roundSums(block));
    for (
      const [from, end] of portions(merged.starts, {
        most: BUCKET_ROWS,
        spanMs: BUCKET_ROWS * STEP_MS[tier],
      })
    ) {
      const part = sliceBuckets(merged, from, end);
      this.#table.insert(owner, {
        ...{ ...spanOf(part.starts), valueCount: 0, body: encodeBuckets(part) },
      });
    }
  }

  #decodeSamples({ id, body }: Chunk): SampleBlock {
    return this.#samples.get(id, () => decodeSamples(body));
  }

  #decodeBuckets({ id, body }: Chunk): BucketBlock {
    return this.#buckets.get(id, () => decodeBuckets(body));
  }
}

/** Joins pairs, then pairs of pairs: one after the other would copy the first of them again and again. */
function joinAll(blocks: readonly BucketBlock[]): BucketBlock {
  if (blocks.length <= 1) return blocks[0] ?? NO_BUCKETS;
  const middle = blocks.length >> 1;
  return replaceBuckets(joinAll(blocks.slice(0, middle)), joinAll(blocks.slice(middle)));
}

/** At most so many chunks are looked at for the newest samples. */
const NEWEST_CHUNKS = 4;

/** Chunks that are kept as they are in memory. */
const RECENT_CHUNKS = 16;

/** Keeps what was decoded lately. */
class Recent<Content> {
  readonly #contents = new Map<number, Content>();

  get(id: number, decode: () => Content): Content {
    const content = this.#contents.get(id) ?? decode();
    this.#contents.delete(id);
    this.#contents.set(id, content);
    const [oldest] = this.#contents.keys();
    if (this.#contents.size > RECENT_CHUNKS && oldest !== undefined) this.#contents.delete(oldest);
    return content;
  }
}

/** Counts the samples of each metric in blocks that come in order of their beginnings. */
class MetricCounter {
  readonly #counts = new Map<string, number>();
  /** What is not after this may have been counted. */
  #end = -Infinity;

  /** Returns how many samples there are at least of the metric that has most. */
  add({ times, columns }: SampleBlock): number {
    for (const [metric, column] of columns) {
      let count = this.#counts.get(metric) ?? 0;
      for (let row = 0; row < column.length; row++) {
        if (!Number.isNaN(column[row]) && (times[row] ?? 0) > this.#end) count++;
      }
      this.#counts.set(metric, count);
    }
    this.#end = Math.max(this.#end, times.at(-1) ?? -Infinity);
    return Math.max(0, ...this.#counts.values());
  }
}

/** How much a chunk takes. */
interface Portion {
  /** Rows. */
  readonly most: number;
  /** Time between the first and the last of them. */
  readonly spanMs: number;
}

/** Yields rows in portions that a chunk takes. */
function* portions(
  keys: Float64Array,
  { most, spanMs }: Portion,
): Generator<readonly [number, number]> {
  let end = 0;
  while (end < keys.length) {
    const first = end;
    const last = (keys[first] ?? 0) + spanMs;
    while (end < keys.length && end - first < most && (keys[end] ?? 0) <= last) end++;
    yield [first, end];
  }
}

function spanOf(keys: Float64Array): {
  readonly fromAt: Instant;
  readonly toAt: Instant;
  readonly rowCount: number;
} {
  return { fromAt: keys[0] ?? 0, toAt: keys.at(-1) ?? 0, rowCount: keys.length };
}
