/**
 * What the buttons of an alert do. Loaded by the first press.
 *
 * @module
 */

import "./live_scripts.ts";
import type { AlertView } from "@/lib/protocol/views.ts";
import * as words from "@/texts/acts.ts";

import { actAtOnce } from "./act_at_once.tsx";
import type { ActContext } from "./AlertButtons.tsx";
import { isRecord } from "./api_answers.ts";
import { callApi, explainFailure } from "./api_client.ts";
import { acknowledge, AcknowledgeDialog, takeBack } from "./dialogs/AcknowledgeDialog.tsx";
import { openDialog } from "./dialogs/Dialog.tsx";
import { SilenceDialog } from "./dialogs/SilenceDialog.tsx";
import { WhyDialog } from "./dialogs/WhyDialog.tsx";
import type { LiveStore } from "./live_store.ts";
import { browserMemory } from "./operator_memory.ts";

export { actOnFaults } from "./fault_acts.tsx";

/** Everything that can be done about an alert. */
export type AlertAct = "acknowledge" | "takeBack" | "silence" | "why";

/** Does it, or opens the dialog that asks for what is missing. */
export async function performAct(
  act: AlertAct,
  alert: AlertView,
  context: ActContext,
): Promise<void> {
  const { store } = context;
  switch (act) {
    case "acknowledge":
      return await acknowledgeAtOnce(alert, store);
    case "takeBack":
      return await takeBackAtOnce(alert, store);
    case "silence":
      return openSilence(store, alert);
    case "why":
      return openDialog((onClose) => <WhyDialog alert={alert} {...context} onClose={onClose} />);
  }
}

/**
 * Opens the dialog that makes a silence.
 *
 * @param alert What it is about; `null` for one from scratch.
 * @param onDone Called when there is a new silence.
 */
export function openSilence(
  store: LiveStore,
  alert: Pick<AlertView, "rule" | "service"> | null,
  onDone: () => void = () => {},
): void {
  const done = () => {
    store.say(words.silenced);
    onDone();
  };
  openDialog((onClose) => (
    <SilenceDialog store={store} alert={alert} onDone={done} onClose={onClose} />
  ));
}

/** What {@linkcode endSilence} needs beside the id. */
export interface EndContext {
  /** What is silenced, in words. */
  readonly what: string;
  readonly store: LiveStore;
  readonly onDone: () => void;
}

/** Ends a silence. */
export function endSilence(id: string, { what, store, onDone }: EndContext): Promise<void> {
  return actAtOnce({
    title: words.endSilence(what),
    submit: () => {
      const path = `/api/silences/${encodeURIComponent(id)}`;
      return callApi({ method: "DELETE", path });
    },
    onDone: () => {
      store.say(words.silenceEnded);
      onDone();
    },
  });
}

/** What came of a trial, in words. */
export interface TrialOutcome {
  readonly tone: "ok" | "crit";
  readonly text: string;
}

/** Sends a test to a receiver, and tells what came of it. */
export async function testReceiver(
  name: string,
  onOutcome: (outcome: TrialOutcome) => void,
): Promise<void> {
  const path = `/api/receivers/${encodeURIComponent(name)}/test`;
  const answer = await callApi({ method: "POST", path });
  onOutcome(
    answer.kind === "done"
      ? { tone: "ok", text: describeTrial(answer.value) }
      : { tone: "crit", text: explainFailure(answer) },
  );
}

function describeTrial(value: unknown): string {
  const detail = isRecord(value) ? value.detail : "";
  return typeof detail === "string" && detail !== ""
    ? words.deliveredWith(detail)
    : words.delivered;
}

async function acknowledgeAtOnce(alert: AlertView, store: LiveStore): Promise<void> {
  const by = browserMemory().name;
  const onDone = () => store.say(words.acknowledged(alert.rule, alert.service));
  const answer = by === "" ? null : await acknowledge(alert.id, { by, note: "" });
  if (answer?.kind === "done") return onDone();
  const failure = answer === null ? {} : { failure: answer };
  openDialog((onClose) => (
    <AcknowledgeDialog alert={alert} {...failure} onDone={onDone} onClose={onClose} />
  ));
}

function takeBackAtOnce({ id, rule, service }: AlertView, store: LiveStore): Promise<void> {
  return actAtOnce({
    title: words.takeBack(rule, service),
    submit: () => takeBack(id),
    onDone: () => store.say(words.openAgain(rule, service)),
  });
}
