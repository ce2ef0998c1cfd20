/**
 * The menu of faults: how strong, how long, and which. A press on a kind is enough.
 *
 * @module
 */

import { type Signal, useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { DEFAULT_FAULT, FAULT_KINDS, FAULT_WORDS, type FaultKind } from "@/lib/domain/fault.ts";
import * as words from "@/texts/acts.ts";

import { Dialog } from "./Dialog.tsx";

/** How a fault is to be. */
export interface FaultStrength {
  /** From 0 to 1. */
  readonly intensity: number;
  /** How long it acts, in milliseconds. */
  readonly durationMs: number;
}

/** Props of {@linkcode FaultDialog}. */
export interface FaultDialogProps {
  /** Name of the service. */
  readonly service: string;
  /** Beside it the menu opens. */
  readonly button: Element;
  /** Called with what was chosen, once the menu is closed. */
  readonly onChoose: (kind: FaultKind, strength: FaultStrength) => void;
  readonly onClose: () => void;
}

const INTENSITIES: readonly Choice[] = [
  { value: 0.4, caption: words.mild },
  { value: DEFAULT_FAULT.intensity, caption: words.strong },
  { value: 1, caption: words.worst },
];

const DURATIONS: readonly Choice[] = [
  { value: 10_000, caption: words.seconds10 },
  { value: DEFAULT_FAULT.durationMs, caption: words.seconds30 },
  { value: 60_000, caption: words.minute1 },
  { value: 300_000, caption: words.minutes5 },
];

/** Renders the choices with what is usual chosen already; the first kind has the focus. */
export function FaultDialog({ service, button, onChoose, onClose }: FaultDialogProps): VNode {
  const intensity = useSignal<number>(DEFAULT_FAULT.intensity);
  const durationMs = useSignal<number>(DEFAULT_FAULT.durationMs);
  const kinds = useRef<HTMLUListElement>(null);
  useEffect(() => kinds.current?.querySelector("button")?.focus(), []);
  const choose = (kind: FaultKind) => {
    kinds.current?.closest("dialog")?.close();
    onChoose(kind, { intensity: intensity.peek(), durationMs: durationMs.peek() });
  };
  return (
    <Dialog title={words.injectInto(service)} near={button} onClose={onClose}>
      <div class="form">
        <Choices
          legend={words.howStrong}
          name="intensity"
          choices={INTENSITIES}
          chosen={intensity}
        />
        <Choices legend={words.howLong} name="duration" choices={DURATIONS} chosen={durationMs} />
        <ul ref={kinds} class="kinds" aria-label={words.faults} onKeyDown={moveFocus}>
          {FAULT_KINDS.map((kind) => (
            <li key={kind}>
              <button type="button" onClick={() => choose(kind)}>
                {FAULT_WORDS[kind].label} <small>{FAULT_WORDS[kind].what}</small>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

interface Choice {
  readonly value: number;
  readonly caption: string;
}

interface ChoicesProps {
  readonly legend: string;
  readonly name: string;
  readonly choices: readonly Choice[];
  readonly chosen: Signal<number>;
}

function Choices({ legend, name, choices, chosen }: ChoicesProps): VNode {
  return (
    <fieldset class="line">
      <legend>{legend}</legend>
      <div class="choices">
        {choices.map(({ value, caption }) => (
          <label key={value}>
            <input
              type="radio"
              name={name}
              checked={chosen.value === value}
              onChange={() => chosen.value = value}
            />
            <span>{caption}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** By how much each key moves the focus among the kinds. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: -Infinity,
  End: Infinity,
};

function moveFocus(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const step = STEPS[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.findIndex((button) => button === document.activeElement);
  buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
}
