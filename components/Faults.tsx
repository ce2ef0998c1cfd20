/**
 * What a simulated service is told to do wrong, and a button to tell it more. What the buttons do is loaded by
 * the first press.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import type { VNode } from "preact";

import { formatDuration, type Instant } from "@/lib/domain/instant.ts";
import type { LiveService } from "@/lib/protocol/live_state.ts";
import type { ActingFault } from "@/lib/protocol/views.ts";
import * as words from "@/texts/cards.ts";
import { formatNumber } from "@/texts/language.ts";
import { second } from "@/texts/units.ts";

import type { LiveStore } from "./live_store.ts";
import { useAct } from "./use_act.ts";

/** Props of {@linkcode Faults}. */
export interface FaultsProps {
  readonly service: Pick<LiveService, "name" | "source" | "faults">;
  readonly now: ReadonlySignal<Instant>;
  /** Tells what came of an act. */
  readonly store: Pick<LiveStore, "say">;
}

/** Renders a chip for each fault, and the button; nothing for a service that is not simulated. */
export function Faults({ service, now, store }: FaultsProps): VNode | null {
  const { failure, act } = useAct();
  const { name, source, faults } = service;
  if (source.kind !== "simulated") return null;
  const press = ({ currentTarget }: { readonly currentTarget: Element }, fault?: ActingFault) =>
    act("fault", (acts) => acts.actOnFaults(name, fault, { store, button: currentTarget }));
  return (
    <>
      {faults.length > 0 && (
        <ul class="chips" aria-label={words.faults}>
          {faults.map((fault) => (
            <li key={fault.id} class="chip" data-kind="fault">
              <b>{fault.kind.replace("-", " ")}</b>
              {words.left(describeLeft(fault, now.value))}
              <button
                type="button"
                class="scripted"
                aria-label={words.endFault(fault.kind, name)}
                onClick={(event) => press(event, fault)}
              >
                ✕
              </button>
            </li>
          ))}
        </ul>
      )}
      <button
        type="button"
        class="ghost scripted"
        aria-haspopup="dialog"
        aria-label={words.injectInto(name)}
        onClick={(event) => press(event)}
      >
        {words.inject}
      </button>
      {failure.value !== "" && <p class="failure" role="alert">{failure.value}</p>}
    </>
  );
}

/** Whole seconds, as they are counted down. */
function describeLeft({ startedAt, durationMs }: ActingFault, now: Instant): string {
  const seconds = Math.max(0, Math.ceil((startedAt + durationMs - now) / 1_000));
  return seconds < 120 ? `${formatNumber(seconds, 0)} ${second}` : formatDuration(seconds * 1_000);
}
