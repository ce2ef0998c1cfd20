/**
 * The newest samples of a service, for its window after a restart.
 *
 * @module
 */

import { mergeBlocks, newestOf } from "@/lib/domain/sample_block.ts";
import { WINDOW_SIZE } from "@/lib/domain/series_window.ts";
import type { RecentSamples } from "@/lib/ports/history.ts";

import type { ChunkStore } from "./chunk_store.ts";
import type { Subject } from "./series_archive.ts";

/** Returns the newest samples of a service, as many as a window holds; `null` if it never sent any. */
export function recentSamples(
  { record, fresh }: Subject,
  chunks: ChunkStore,
): RecentSamples | null {
  const newestAt = Math.max(record.newestAt ?? -Infinity, fresh.times.at(-1) ?? -Infinity);
  if (newestAt === -Infinity) return null;
  const older = chunks.newestSamples(record.id, WINDOW_SIZE);
  const block = mergeBlocks([...older, fresh]);
  const series = Array.from(
    block.columns.keys(),
    (metric) => [metric, newestOf(block, metric, WINDOW_SIZE)] as const,
  );
  return { service: record.name, newestAt, series: Object.fromEntries(series) };
}
