/**
 * What a person can do about an alert. The dialogs behind the buttons are loaded by the first press, so that
 * a page that is only watched does not carry them.
 *
 * @module
 */

import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

import type { AlertView } from "@/lib/protocol/views.ts";

import { alertPath } from "./alert_path.ts";
import type { AlertAct } from "./alert_acts.tsx";
import type { LiveStore } from "./live_store.ts";

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
  const busy = useSignal<AlertAct | null>(null);
  const failure = useSignal("");
  const act = async (kind: AlertAct) => {
    if (busy.peek() !== null) return;
    busy.value = kind;
    failure.value = "";
    try {
      const { performAct } = await import("./alert_acts.tsx");
      await performAct(kind, alert, { store, hasReceivers });
    } catch {
      // The script is not there: the server is away, or is another version by now.
      if (kind === "why") location.assign(alertPath(alert.id));
      else failure.value = "This did not load. Please reload the page.";
    } finally {
      busy.value = null;
    }
  };
  const button = (kind: AlertAct, caption: string) => (
    <button
      type="button"
      class="ghost"
      aria-label={`${caption} ${alert.rule} on ${alert.service}`}
      aria-busy={busy.value === kind}
      onClick={() => act(kind)}
    >
      {caption}
    </button>
  );
  const isFiring = alert.state === "firing";
  const isSilenced = alert.silencedBy?.kind === "silence";
  return (
    <div class="acts">
      {isFiring && (alert.acknowledged === null
        ? button("acknowledge", "Acknowledge")
        : button("takeBack", "Take back"))}
      {isFiring && !isSilenced && button("silence", "Silence")}
      {offersWhy && (
        <a
          class="ghost"
          href={alertPath(alert.id)}
          aria-label={`Why? ${alert.rule} on ${alert.service}`}
          aria-busy={busy.value === "why"}
          onClick={(event) => {
            if (!isPlainClick(event)) return;
            event.preventDefault();
            act("why");
          }}
        >
          Why?
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
