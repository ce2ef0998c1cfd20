/**
 * A dialog that asks before an act, and stays until the act is done.
 *
 * @module
 */

import { useSignal } from "@preact/signals";
import type { ComponentChildren, VNode } from "preact";
import { useRef } from "preact/hooks";

import { loginPath } from "@/lib/protocol/return_path.ts";
import * as words from "@/texts/acts.ts";

import { type Answer, explainFailure, type Failure, isSignedOut } from "../api_client.ts";
import { Dialog } from "./Dialog.tsx";

/** Props of {@linkcode FormDialog}. */
export interface FormDialogProps {
  readonly title: string;
  /** What the button says. */
  readonly action: string;
  /** Does it. */
  readonly submit: () => Promise<Answer>;
  /** Called once it is done; the dialog closes by itself. */
  readonly onDone: (value: unknown) => void;
  readonly onClose: () => void;
  /** What an earlier attempt came to. */
  readonly failure?: Failure;
  readonly children?: ComponentChildren;
}

/**
 * Renders the fields it is given, and why the act failed if it did, with the way to sign in if that is what is
 * missing.
 */
export function FormDialog(props: FormDialogProps): VNode {
  const { title, action, submit, onDone, onClose, children } = props;
  const failure = useSignal<Failure | null>(props.failure ?? null);
  const isBusy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const onSubmit = async (event: Event) => {
    event.preventDefault();
    if (isBusy.peek()) return;
    isBusy.value = true;
    const answer = await submit();
    isBusy.value = false;
    if (answer.kind !== "done") {
      failure.value = answer;
      return;
    }
    form.current?.closest("dialog")?.close();
    onDone(answer.value);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form ref={form} class="form" onSubmit={onSubmit} aria-busy={isBusy.value}>
        {children}
        <FailureNote failure={failure.value} />
        <footer>
          <button
            type="button"
            class="ghost"
            onClick={() => form.current?.closest("dialog")?.close()}
          >
            {words.cancel}
          </button>
          <button type="submit" class="primary" aria-disabled={isBusy.value}>
            {isBusy.value ? words.working : action}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

/** The region is there before it is filled, or it might not be read out. */
function FailureNote({ failure }: { readonly failure: Failure | null }): VNode {
  return (
    <div role="alert" class={failure === null ? "" : "failure"}>
      {failure !== null && <p>{explainFailure(failure)}</p>}
      {failure !== null && isSignedOut(failure) && (
        <a href={loginPath(location.pathname + location.search)}>{words.signIn}</a>
      )}
      {failure?.kind === "refused" && failure.issues.length > 0 && (
        <ul>{failure.issues.map((issue) => <li key={issue}>{issue}</li>)}</ul>
      )}
    </div>
  );
}
