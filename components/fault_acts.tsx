/**
 * What the buttons of a simulated service do: open the menu of faults, begin one, end one.
 *
 * @module
 */

import { FAULT_WORDS, type FaultKind } from "@/lib/domain/fault.ts";
import { formatSpan } from "@/lib/domain/instant.ts";
import type { ActingFault } from "@/lib/protocol/views.ts";
import * as words from "@/texts/acts.ts";

import { actAtOnce } from "./act_at_once.tsx";
import { callApi } from "./api_client.ts";
import { openDialog } from "./dialogs/Dialog.tsx";
import { FaultDialog, type FaultStrength } from "./dialogs/FaultDialog.tsx";
import type { LiveStore } from "./live_store.ts";

/** Where something was pressed. */
export interface FaultContext {
  /** Tells what came of it. */
  readonly store: Pick<LiveStore, "say">;
  /** Beside it the menu opens. */
  readonly button: Element;
}

/**
 * Ends a fault, or lets one be chosen if none is given. A second menu does not open over the first.
 *
 * @param service Its name.
 */
export async function actOnFaults(
  service: string,
  fault: ActingFault | undefined,
  { store, button }: FaultContext,
): Promise<void> {
  if (fault !== undefined) return await endFault(service, fault, { store, button });
  if (document.querySelector("dialog[open]") !== null) return;
  openDialog((onClose) => (
    <FaultDialog
      service={service}
      button={button}
      onChoose={(kind, strength) => void beginFault(service, { kind, ...strength }, store)}
      onClose={onClose}
    />
  ));
}

interface Choice extends FaultStrength {
  readonly kind: FaultKind;
}

function beginFault(service: string, choice: Choice, store: FaultContext["store"]): Promise<void> {
  const { label } = FAULT_WORDS[choice.kind];
  const body = { service, ...choice };
  return actAtOnce({
    title: words.injectFault(label, service),
    submit: () => callApi({ method: "POST", path: "/api/faults", body }),
    onDone: () => store.say(words.faultBegan(label, service, formatSpan(choice.durationMs))),
  });
}

async function endFault(
  service: string,
  { id, kind }: ActingFault,
  { store, button }: FaultContext,
): Promise<void> {
  const { label } = FAULT_WORDS[kind];
  const path = `/api/faults/${encodeURIComponent(id)}`;
  // What was pressed goes with the fault; the focus must not go with it.
  const next = button.closest(":has(> .chips)")?.querySelector<HTMLElement>(":scope > button");
  await actAtOnce({
    title: words.endFault(label, service),
    submit: async () => {
      const answer = await callApi({ method: "DELETE", path });
      // It was over by itself a moment before.
      const isOver = answer.kind === "refused" && answer.status === 404;
      return isOver ? { kind: "done", value: null } : answer;
    },
    onDone: () => {
      next?.focus({ preventScroll: true });
      store.say(words.faultEnded(label, service));
    },
  });
}
