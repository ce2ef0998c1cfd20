/**
 * One service as a card.
 *
 * @module
 */

import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { VNode } from "preact";
import { useRef } from "preact/hooks";

import type { Instant } from "@/lib/domain/instant.ts";
import { BUILT_IN_IDS } from "@/lib/domain/metric.ts";
import { advanceStrip } from "@/lib/domain/status_strip.ts";
import type { LiveService } from "@/lib/protocol/live_state.ts";
import type { SourceView } from "@/lib/protocol/views.ts";
import * as cards from "@/texts/cards.ts";
import * as words from "@/texts/dashboard.ts";

import { Age } from "./Age.tsx";
import { cardId, servicePath } from "./addresses.ts";
import { Faults } from "./Faults.tsx";
import type { LiveStore } from "./live_store.ts";
import { MetricRow } from "./MetricRow.tsx";
import { StatusBadge } from "./StatusBadge.tsx";
import { Strip } from "./Strip.tsx";
import { STATUS_LOOKS } from "./tone.ts";
import { useSkipped } from "./use_skipped.ts";

/** Props of {@linkcode ServiceCard}. */
export interface ServiceCardProps {
  readonly service: ReadonlySignal<LiveService>;
  /** Has the metrics in the order of the rows, and the time. */
  readonly store: Pick<LiveStore, "metrics" | "now" | "say">;
}

/** A sample younger than this ends the sparkline; only then a gap begins to grow. */
const FRESH_MS = 2_000;

/**
 * Renders a service. While the card is on the screen it renders again when the service changes, and its
 * ages each second.
 */
export function ServiceCard({ service, store }: ServiceCardProps): VNode {
  const { metrics, now } = store;
  const card = useRef<HTMLElement>(null);
  const isSkipped = useSkipped(card);
  const view = useComputed(() => isSkipped.value ? service.peek() : service.value);
  const time = useComputed(() => isSkipped.value ? now.peek() : now.value);
  const end = useComputed(() => findEnd(view.value, time.value));
  const strip = useComputed(() => advanceStrip(view.value.strip, view.value.status, time.value));
  const { name, tags, source, status, since, lastHeartbeat, metrics: live } = view.value;
  const { flapping, failure } = view.value;
  // Of what Vitals observes by itself, nothing else will ever come.
  const rows = metrics.value.filter(({ id }) =>
    live[id] || !("about" in source) && BUILT_IN_IDS.includes(id)
  );
  return (
    <article ref={card} class="card" id={cardId(name)} data-tone={STATUS_LOOKS[status].tone}>
      <header>
        <div>
          <h2>
            <a href={servicePath(name)}>{name}</a>
          </h2>
          <p class="tags">
            {[...tags, describeSource(source)].join(" · ")}
            {flapping.length > 0 && (
              <>
                {" "}
                <span class="chip" data-kind="flapping">
                  {words.flapping}
                  <span class="unseen">: {flapping.join(", ")}</span>
                </span>
              </>
            )}
          </p>
        </div>
        <StatusBadge status={status} since={since} now={time} />
      </header>
      {source.kind === "simulated" && source.worker.state === "restarting" && (
        <p class="note">{words.restarting(source.worker.reason ?? cards.stopped)}</p>
      )}
      {failure && <p class="note">{failure.reason}: {failure.detail}</p>}
      <dl>
        {rows.map((metric) => (
          <MetricRow
            key={metric.id}
            metric={metric}
            live={live[metric.id]}
            silent={status === "DOWN"}
            end={end}
          />
        ))}
      </dl>
      <Strip strip={strip} />
      <footer>
        {lastHeartbeat === null ? <span>{cards.noHeartbeat}</span> : (
          <span>
            {(status === "DOWN" ? cards.lastHeartbeat : cards.heartbeat)(
              <Age since={lastHeartbeat} now={time} />,
            )}
          </span>
        )}
        <Faults service={view.value} now={time} store={store} />
      </footer>
    </article>
  );
}

function describeSource(source: SourceView): string {
  const restarts = source.kind === "simulated" && source.worker.restarts;
  // When a job is expected says more than that it is one.
  const what = source.kind === "heartbeat" ? source.about : words.sources[source.kind];
  return what + (restarts ? words.restarted(restarts) : "");
}

/** While samples come, the line ends at the newest, so that a tick draws only silent services again. */
function findEnd(service: LiveService, now: Instant): Instant {
  const newest = Math.max(
    ...Object.values(service.metrics).map((metric) => metric.points.at(-1)?.at ?? -Infinity),
  );
  return now - newest < FRESH_MS ? newest : now;
}
