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

/**
 * An instant this many times smaller than the present one was meant in seconds. (They are a thousand times
 * smaller; the clock of a sender may be wrong.)
 */
const SECONDS_FACTOR = 100;

/** Returns what is wrong with a batch, and which services are new. */
export function checkBatch(samples: readonly IncomingSample[], context: BatchContext): BatchReport {
  const unknown = new Set<string>();
  const issues: InputIssue[] = [];
  for (const [index, sample] of samples.entries()) {
    const message = checkInstant(sample.at ?? context.now, context.now);
    if (message !== null) issues.push({ path: `[${index}].at`, message });
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

/** Returns what is wrong with the instant of a sample; `null` if nothing. */
function checkInstant(at: Instant, now: Instant): string | null {
  if (at - now > MAX_FUTURE_MS) {
    const limit = `at most ${MAX_FUTURE_MS / 1_000} s ahead of the monitor's clock`;
    return `must be ${limit} (${now}), got ${at}`;
  }
  // Read as milliseconds, seconds of our time lie in January 1970: such samples would be accepted, count
  // as late, and never be seen.
  if (at < now / SECONDS_FACTOR) {
    return `must be milliseconds since 1970, got ${at}, which looks like seconds`;
  }
  return null;
}
