/**
 * The verdict at the top of the page: a line, its reasons, and how many services are how.
 *
 * @module
 */

import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { VNode } from "preact";

import type { Status } from "@/lib/domain/status.ts";
import { composeHeadline, composeReasons, type StatusCounts } from "@/lib/domain/verdict.ts";

import type { LiveStore } from "./live_store.ts";
import { STATUS_LOOKS } from "./tone.ts";

/** Props of {@linkcode Verdict}. */
export interface VerdictProps {
  readonly store: LiveStore;
}

const CAPTIONS: readonly (readonly [status: Status, caption: string])[] = [
  ["HEALTHY", "Healthy"],
  ["DEGRADED", "Degraded"],
  ["DOWN", "Down"],
  ["UNKNOWN", "Unknown"],
];

/** Renders the verdict. Line and reasons are text signals: when they change, no component renders. */
export function Verdict({ store }: VerdictProps): VNode {
  const headline = useComputed(() => composeHeadline(store.counts.value));
  const reasons = useComputed(() => explain(store));
  return (
    <section class="verdict" aria-label="Verdict">
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
  const shown = CAPTIONS.filter(([status]) => status !== "UNKNOWN" || counts.value[status] > 0);
  return (
    <ul class="counts" aria-label="Services by status">
      {shown.map(([status, caption]) => (
        <li key={status} class="count" data-tone={STATUS_LOOKS[status].tone}>
          <b data-zero={counts.value[status] === 0}>{counts.value[status]}</b>{" "}
          <span>{caption}</span>
        </li>
      ))}
    </ul>
  );
}
