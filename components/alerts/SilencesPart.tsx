/**
 * What mutes alerts: silences that people made, and maintenance windows of the configuration.
 *
 * @module
 */

import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

import { type Silence, silenceState } from "@/lib/domain/silence.ts";
import type { MaintenanceView, SilenceView } from "@/lib/protocol/views.ts";
import * as words from "@/texts/alerts_page.ts";
import { didNotLoad } from "@/texts/loading.ts";

import type { AlertsData } from "../alerts_data.ts";
import type { LiveStore } from "../live_store.ts";
import { describeMatcher } from "../silence_fields.ts";
import { Time } from "../Time.tsx";

/** Props of {@linkcode SilencesPart}. */
export interface SilencesPartProps {
  readonly store: LiveStore;
  readonly data: AlertsData;
  /** Called when a silence was made or ended here. */
  readonly onChange: () => void;
}

/** Renders silences that hold or will, those that are over folded away, and the maintenance windows. */
export function SilencesPart({ store, data, onChange }: SilencesPartProps): VNode {
  const now = store.now.value;
  const stateOf = (silence: Silence) => silenceState(silence, now);
  const current = data.silences.filter((silence) => stateOf(silence) !== "expired");
  const expired = data.silences.filter((silence) => stateOf(silence) === "expired");
  const failure = useSignal("");
  const make = async () => {
    try {
      const { openSilence } = await import("../alert_acts.tsx");
      failure.value = "";
      openSilence(store, null, onChange);
    } catch {
      failure.value = didNotLoad;
    }
  };
  return (
    <div class="groups">
      <section class="panel" id="silences" aria-labelledby="silences-title">
        <header>
          <h2 id="silences-title" tabIndex={-1}>{words.silences}</h2>
          <button type="button" class="ghost scripted" onClick={make}>{words.newSilence}</button>
        </header>
        {failure.value !== "" && <p class="failure" role="alert">{failure.value}</p>}
        {current.length === 0
          ? (
            <p class="quiet">
              {words.noSilences}
            </p>
          )
          : <SilenceList silences={current} {...{ store, onChange, stateOf }} />}
        {expired.length > 0 && (
          <details class="folded">
            <summary>{words.expiredCount(expired.length)}</summary>
            <SilenceList silences={expired} {...{ store, onChange, stateOf }} />
          </details>
        )}
      </section>
      <section class="panel" id="maintenance" aria-labelledby="maintenance-title">
        <header>
          <h2 id="maintenance-title" tabIndex={-1}>{words.maintenanceWindows}</h2>
          <span>{words.fromConfiguration}</span>
        </header>
        {data.maintenance.length === 0
          ? (
            <p class="quiet">
              {words.noMaintenance}
            </p>
          )
          : (
            <ul class="entries">
              {data.maintenance.map((window) => <Window key={window.name} window={window} />)}
            </ul>
          )}
      </section>
    </div>
  );
}

interface SilenceListProps extends Pick<SilencesPartProps, "store" | "onChange"> {
  readonly silences: readonly SilenceView[];
  readonly stateOf: (silence: Silence) => SilenceView["state"];
}

function SilenceList({ silences, stateOf, store, onChange }: SilenceListProps): VNode {
  return (
    <ul class="entries">
      {silences.map((silence) => (
        <SilenceEntry
          key={silence.id}
          silence={silence}
          state={stateOf(silence)}
          {...{ store, onChange }}
        />
      ))}
    </ul>
  );
}

interface SilenceEntryProps extends Pick<SilencesPartProps, "store" | "onChange"> {
  readonly silence: SilenceView;
  readonly state: SilenceView["state"];
}

function SilenceEntry({ silence, state, store, onChange }: SilenceEntryProps): VNode {
  const { id, matcher, startsAt, endsAt, author, reason, mutes } = silence;
  const what = describeMatcher(matcher);
  const isBusy = useSignal(false);
  const end = async () => {
    if (isBusy.peek()) return;
    isBusy.value = true;
    try {
      const { endSilence } = await import("../alert_acts.tsx");
      await endSilence(id, { what, store, onDone: onChange });
    } finally {
      isBusy.value = false;
    }
  };
  return (
    <li id={`silence-${id}`} data-state={state}>
      <div>
        <b>{what}</b>
        <p>
          {state === "pending" && words.fromTime(<Time at={startsAt} />)}
          {(state === "expired" ? words.ended : words.until)(<Time at={endsAt} />)}
          {state === "active" && words.mutes(mutes)}
        </p>
        <p>
          {words.silencedBy(author)}
          {reason !== "" && `: ${reason}`}
        </p>
      </div>
      <span class="state">{words.silenceStates[state]}</span>
      {state !== "expired" && (
        <button
          type="button"
          class="ghost scripted"
          aria-label={words.endSilence(what)}
          aria-busy={isBusy.value}
          onClick={end}
        >
          {words.end}
        </button>
      )}
    </li>
  );
}

function Window({ window }: { readonly window: MaintenanceView }): VNode {
  const { name, matcher, reason, active, span } = window;
  return (
    <li data-state={active ? "active" : "pending"}>
      <div>
        <b>{name}</b>
        <p>{describeMatcher(matcher)}</p>
        <p>
          {span === null ? words.neverAgain : (active ? words.nowFromTo : words.nextFromTo)(
            <Time at={span.startsAt} />,
            <Time at={span.endsAt} />,
          )}
          {reason !== "" && ` · ${reason}`}
        </p>
      </div>
      <span class="state">
        {words.windowStates[active ? "active" : span === null ? "over" : "planned"]}
      </span>
    </li>
  );
}
