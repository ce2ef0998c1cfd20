/**
 * The verdict at the top of the page: a line, its reasons, and how many services are how.
 *
 * @module
 */

import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { VNode } from "preact";

import { composeHeadline, composeReasons, type StatusCounts } from "@/lib/domain/verdict.ts";
import * as words from "@/texts/dashboard.ts";
import { formatCount } from "@/texts/language.ts";

import type { LiveStore } from "./live_store.ts";
import { STATUS_LOOKS } from "./tone.ts";

/** Props of {@linkcode Verdict}. */
export interface VerdictProps {
  readonly store: LiveStore;
}

const SHOWN = ["HEALTHY", "DEGRADED", "DOWN", "UNKNOWN"] as const;

/** Renders the verdict. Line and reasons are text signals: when they change, no component renders. */
export function Verdict({ store }: VerdictProps): VNode {
  const headline = useComputed(() => composeHeadline(store.counts.value));
  const reasons = useComputed(() => explain(store));
  return (
    <section class="verdict" aria-label={words.verdict}>
      <div>
        <h1>{headline}</h1>
        <p>{reasons}</p>
      </div>
      <Counts counts={store.counts} />
    </section>
  );
}

/** The counts change whenever a service appears, goes, or gets another status. */
function explain(store: LiveStore): string {
  void store.counts.value;
  const facts = { services: store.peekServices(), alerts: store.alerts.value };
  return composeReasons(facts, store.now.value);
}

function Counts({ counts }: { readonly counts: ReadonlySignal<StatusCounts> }): VNode {
  const shown = SHOWN.filter((status) => status !== "UNKNOWN" || counts.value[status] > 0);
  return (
    <ul class="counts" aria-label={words.byStatus}>
      {shown.map((status) => (
        <li key={status} class="count" data-tone={STATUS_LOOKS[status].tone}>
          <b data-zero={counts.value[status] === 0}>{formatCount(counts.value[status])}</b>{" "}
          <span>{words.statusCaptions[status]}</span>
        </li>
      ))}
    </ul>
  );
}
