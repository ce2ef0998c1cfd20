/**
 * How often each decision was made.
 *
 * @module
 */

/** Counts by the code of the reason, such as `first` or `silenced`; none ever falls. */
export type DecisionCounts = Readonly<Record<string, number>>;

/** Counts one more. */
export function countDecision(counts: Map<string, number>, reason: string): void {
  counts.set(reason, (counts.get(reason) ?? 0) + 1);
}
