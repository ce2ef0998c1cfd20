/**
 * Checks a batch of samples against the present state, before any of it is taken.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import { MAX_FUTURE_MS } from "@/lib/domain/sample.ts";
import type { IncomingSample, InputIssue } from "@/lib/ports/monitor.ts";
import type { MonitorConfig } from "@/lib/ports/monitor_config.ts";

/** What a batch is checked against. */
export interface BatchContext {
  /** The present instant. */
  readonly now: Instant;
  /** The configuration in force. */
  readonly config: MonitorConfig;
  /** Tells whether a service exists already. */
  readonly isKnown: (service: string) => boolean;
}

/** What was found. */
export interface BatchReport {
  /** What is wrong; paths begin with the index in the batch. */
  readonly issues: readonly InputIssue[];
  /** Services that the batch would add. */
  readonly unknown: ReadonlySet<string>;
}

/** Returns what is wrong with a batch, and which services are new. */
export function checkBatch(samples: readonly IncomingSample[], context: BatchContext): BatchReport {
  const unknown = new Set<string>();
  const issues: InputIssue[] = [];
  for (const [index, sample] of samples.entries()) {
    const aheadMs = (sample.at ?? context.now) - context.now;
    if (aheadMs > MAX_FUTURE_MS) {
      const limit = `at most ${MAX_FUTURE_MS / 1_000} s ahead of the monitor's clock`;
      issues.push({
        path: `[${index}].at`,
        message: `must be ${limit} (${context.now}), got ${sample.at}`,
      });
    }
    if (context.isKnown(sample.service)) continue;
    unknown.add(sample.service);
    if (!context.config.limits.autoRegister) {
      issues.push({
        path: `[${index}].service`,
        message:
          `must be a configured service, as limits.autoRegister is off, got "${sample.service}"`,
      });
    }
  }
  return { issues, unknown };
}
