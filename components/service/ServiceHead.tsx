/**
 * The head of the page of a service: what it is, how it is, and how it has been.
 *
 * @module
 */

import type { VNode } from "preact";

import { formatUptime } from "@/lib/domain/uptime.ts";
import type { UptimeView } from "@/lib/protocol/history_views.ts";
import type { LiveService } from "@/lib/protocol/live_state.ts";
import type { SourceView } from "@/lib/protocol/views.ts";
import * as cards from "@/texts/cards.ts";
import * as words from "@/texts/service_page.ts";
import { statusNames } from "@/texts/statuses.ts";

import { Age } from "../Age.tsx";
import { cardId, servicePath } from "../addresses.ts";
import { Faults } from "../Faults.tsx";
import type { LiveStore } from "../live_store.ts";
import { Time } from "../Time.tsx";
import { STATUS_LOOKS } from "../tone.ts";
import { explainUptime, hintUptime, nameSpan } from "./uptime_text.ts";

/** Props of {@linkcode ServiceHead}. */
export interface ServiceHeadProps {
  readonly service: LiveService;
  readonly store: Pick<LiveStore, "now" | "say">;
  readonly uptime: readonly UptimeView[];
}

/** Renders name, status, origin and uptime. */
export function ServiceHead({ service, store, uptime }: ServiceHeadProps): VNode {
  const { now } = store;
  const { name, tags, source, status, since, lastHeartbeat, dependsOn, failure } = service;
  return (
    <section class="verdict" data-tone={STATUS_LOOKS[status].tone}>
      <div>
        <p class="crumb">
          <a href={`/#${cardId(name)}`}>{words.dashboard}</a>
        </p>
        <div class="service-name">
          <h1 tabIndex={-1}>{name}</h1>
          <span class="badge">
            <span aria-hidden="true">{STATUS_LOOKS[status].mark}</span> {statusNames[status]}
          </span>
        </div>
        <p class="facts">
          <span>{[...tags, describeSource(source)].join(" · ")}</span>
          <span>
            {words.standing(
              <Age since={since} now={now} />,
              <Time key={since} at={since} exact />,
            )}
          </span>
          <span>
            {lastHeartbeat === null
              ? cards.noHeartbeat
              : (status === "DOWN" ? cards.lastHeartbeat : cards.heartbeat)(
                <Age since={lastHeartbeat} now={now} />,
              )}
          </span>
          {source.kind === "heartbeat" && source.runs.map(({ id, startedAt }) => (
            <span key={id}>
              {words.runUnderWay(id, <Age since={startedAt} now={now} />)}
            </span>
          ))}
          {dependsOn.length > 0 && (
            <span>
              {words.dependsOn(dependsOn.map((other, index) => (
                <span key={other}>
                  {index > 0 && ", "}
                  <a href={servicePath(other)}>{other}</a>
                </span>
              )))}
            </span>
          )}
        </p>
        {failure && (
          <p class="note">
            {words.failingFor(
              `${failure.reason}: ${failure.detail}`,
              <Age since={failure.since} now={now} />,
            )}
          </p>
        )}
        {source.kind === "simulated" && (
          <div class="faults">
            <Faults service={service} now={now} store={store} />
          </div>
        )}
      </div>
      {uptime.length > 0 && (
        <ul class="counts" aria-label={words.uptime}>
          {uptime.map((view) => <UptimeTile key={view.spanMs} view={view} />)}
        </ul>
      )}
    </section>
  );
}

/** A worker is told of with the reason why it was last restarted, for which a card has no room. */
function describeSource(source: SourceView): string {
  switch (source.kind) {
    case "push":
      return words.pushed;
    case "probe":
    case "scrape":
    case "otlp":
    case "heartbeat":
      return words.sourceAbout(words.sourceKinds[source.kind], source.about);
    case "simulated": {
      const { state, restarts, reason } = source.worker;
      if (restarts === 0 && state === "running") return words.simulated;
      const why = reason ?? words.stopped;
      return state === "running"
        ? words.workerRestarted(restarts, why)
        : words.workerRestarting(why);
    }
  }
}

/** Down for a two-hundredth of the time is worth a colour. */
function toneOf({ ratio }: UptimeView): string {
  if (ratio === null) return "idle";
  return ratio >= 0.995 ? "ok" : ratio >= 0.98 ? "warn" : "crit";
}

function UptimeTile({ view }: { readonly view: UptimeView }): VNode {
  const hint = hintUptime(view);
  return (
    <li class="count" data-tone={toneOf(view)} title={explainUptime(view)}>
      <b data-zero={view.ratio === null}>{formatUptime(view.ratio)}</b>{" "}
      <span>
        {words.upIn(nameSpan(view.spanMs))}
        {hint !== "" && <small>{` ${hint}`}</small>}
        <span class="unseen">. {explainUptime(view)}</span>
      </span>
    </li>
  );
}
