/**
 * What a person can do about an alert. The dialogs behind the buttons are loaded by the first press, so that
 * a page that is only watched does not carry them.
 *
 * @module
 */

import type { VNode } from "preact";

import type { AlertView } from "@/lib/protocol/views.ts";
import * as words from "@/texts/alert_rows.ts";

import { alertPath } from "./addresses.ts";
import type { AlertAct } from "./alert_acts.tsx";
import type { LiveStore } from "./live_store.ts";
import { useAct } from "./use_act.ts";

/** What the acts on alerts need to know of their page. */
export interface ActContext {
  readonly store: LiveStore;
  /** Whether there is anybody to tell. */
  readonly hasReceivers: boolean;
}

/** Props of {@linkcode AlertButtons}. */
export interface AlertButtonsProps extends ActContext {
  readonly alert: AlertView;
  /** Whether the page already says why. @default {true} */
  readonly offersWhy?: boolean;
}

/** Renders the buttons that make sense for an alert, and that it is at work or has failed. */
export function AlertButtons(
  { alert, store, hasReceivers, offersWhy = true }: AlertButtonsProps,
): VNode {
  const { busy, failure, act } = useAct();
  const perform = (kind: AlertAct, instead?: () => void) =>
    act(kind, ({ performAct }) => performAct(kind, alert, { store, hasReceivers }), instead);
  const button = (kind: AlertAct, caption: string) => (
    <button
      type="button"
      class="ghost"
      aria-label={words.actOn(caption, alert.rule, alert.service)}
      aria-busy={busy.value === kind}
      onClick={() => perform(kind)}
    >
      {caption}
    </button>
  );
  const isFiring = alert.state === "firing";
  const isSilenced = alert.silencedBy?.kind === "silence";
  return (
    <div class="acts">
      {isFiring && (alert.acknowledged === null
        ? button("acknowledge", words.acknowledge)
        : button("takeBack", words.takeBack))}
      {isFiring && !isSilenced && button("silence", words.silence)}
      {offersWhy && (
        <a
          class="ghost"
          href={alertPath(alert.id)}
          aria-label={words.actOn(words.why, alert.rule, alert.service)}
          aria-busy={busy.value === "why"}
          onClick={(event) => {
            if (!isPlainClick(event)) return;
            event.preventDefault();
            perform("why", () =>
              location.assign(alertPath(alert.id)));
          }}
        >
          {words.why}
        </a>
      )}
      {failure.value !== "" && <p class="failure" role="alert">{failure.value}</p>}
    </div>
  );
}

/** Others open the page in a new tab, or save it. */
function isPlainClick({ button, ctrlKey, metaKey, shiftKey, altKey }: MouseEvent): boolean {
  return button === 0 && !ctrlKey && !metaKey && !shiftKey && !altKey;
}
