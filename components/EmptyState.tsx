/**
 * What to do when there is no service yet.
 *
 * @module
 */

import type { VNode } from "preact";

import * as words from "@/texts/dashboard.ts";

/** Props of {@linkcode EmptyState}. */
export interface EmptyStateProps {
  /** Scheme, host and port that this server was reached by. */
  readonly origin: string;
}

/** Renders the command that sends a first sample to this server. */
export function EmptyState({ origin }: EmptyStateProps): VNode {
  const command = `curl ${origin}/api/samples \\
  -H "content-type: application/json" \\
  -d '{"service":"my-service","metrics":{"cpu":42}}'`;
  return (
    <div class="empty">
      <p>{words.tryIt}</p>
      <pre><code>{command}</code></pre>
    </div>
  );
}
