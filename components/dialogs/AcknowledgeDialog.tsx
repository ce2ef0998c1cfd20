/**
 * Asks who acknowledges an alert.
 *
 * @module
 */

import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

import type { AlertView } from "@/lib/protocol/views.ts";
import * as words from "@/texts/acts.ts";

import { pathSegment } from "../addresses.ts";
import { type Answer, callApi, type Failure } from "../api_client.ts";
import { browserMemory } from "../operator_memory.ts";
import { FormDialog } from "./FormDialog.tsx";

/** Props of {@linkcode AcknowledgeDialog}. */
export interface AcknowledgeDialogProps {
  readonly alert: Pick<AlertView, "id" | "rule" | "service">;
  /** Why one press was not enough. */
  readonly failure?: Failure;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Renders fields for name and note. The name is remembered, so that from then on one press is enough. */
export function AcknowledgeDialog(props: AcknowledgeDialogProps): VNode {
  const { alert, failure, onDone, onClose } = props;
  const by = useSignal(browserMemory().name);
  const note = useSignal("");
  const submit = () => {
    browserMemory().name = by.peek().trim();
    return acknowledge(alert.id, { by: by.peek().trim(), note: note.peek().trim() });
  };
  return (
    <FormDialog
      title={words.acknowledgeAlert(alert.rule, alert.service)}
      action={words.acknowledge}
      submit={submit}
      onDone={onDone}
      onClose={onClose}
      {...failure === undefined ? {} : { failure }}
    >
      <p class="lead">
        {words.acknowledgeLead}
      </p>
      <label>
        {words.yourName}
        <input
          type="text"
          autoComplete="name"
          required
          maxLength={64}
          value={by.value}
          onInput={(event) => by.value = event.currentTarget.value}
        />
      </label>
      <label>
        {words.noteOptional(<small>{words.optional}</small>)}
        <input
          type="text"
          maxLength={500}
          placeholder={words.noteHint}
          value={note.value}
          onInput={(event) => note.value = event.currentTarget.value}
        />
      </label>
    </FormDialog>
  );
}

/** Acknowledges an alert. */
export function acknowledge(
  id: string,
  act: { readonly by: string; readonly note: string },
): Promise<Answer> {
  const path = `/api/alerts/${pathSegment(id)}/ack`;
  return callApi({ method: "POST", path, body: act });
}

/** Takes an acknowledgement back. */
export function takeBack(id: string): Promise<Answer> {
  const path = `/api/alerts/${pathSegment(id)}/ack`;
  return callApi({ method: "DELETE", path });
}
