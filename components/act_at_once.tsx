/**
 * Acts that need no question. Loaded with the acts themselves.
 *
 * @module
 */

import "./live_scripts.ts";
import { tryAgain } from "@/texts/acts.ts";

import type { Answer } from "./api_client.ts";
import { openDialog } from "./dialogs/Dialog.tsx";
import { FormDialog } from "./dialogs/FormDialog.tsx";

/** What {@linkcode actAtOnce} does and says. */
export interface Act {
  /** What it is about, such as `"Take back"`; a dialog has it for its title. */
  readonly title: string;
  readonly submit: () => Promise<Answer>;
  readonly onDone: () => void;
}

/** Does something that needs no question; asks only if it fails, for another try. */
export async function actAtOnce({ title, submit, onDone }: Act): Promise<void> {
  const answer = await submit();
  if (answer.kind === "done") return onDone();
  openDialog((onClose) => (
    <FormDialog
      title={title}
      action={tryAgain}
      submit={submit}
      failure={answer}
      onDone={onDone}
      onClose={onClose}
    />
  ));
}
