/**
 * A link to another window of the same page.
 *
 * @module
 */

import type { ComponentChildren, VNode } from "preact";

import { formatWindowChoice, type WindowChoice } from "@/lib/domain/time_window.ts";

/** Shows another window. */
export type Choose = (choice: WindowChoice) => void;

/** Props of {@linkcode ChoiceLink}. */
export interface ChoiceLinkProps {
  readonly choice: WindowChoice;
  readonly choose: Choose;
  /** How it stands to what is shown, as of `aria-current`. */
  readonly current?: "page" | "true" | undefined;
  /** Its class. */
  readonly looks?: string;
  /** What it is called where its text is not enough. */
  readonly label?: string;
  readonly children: ComponentChildren;
}

/** Renders a link that changes the window in place. A click that asks for a new tab is the browser's. */
export function ChoiceLink(props: ChoiceLinkProps): VNode {
  const { choice, choose, current, looks, label, children } = props;
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    choose(choice);
  };
  return (
    <a
      class={looks}
      href={formatWindowChoice(choice)}
      aria-current={current}
      aria-label={label}
      onClick={follow}
    >
      {children}
    </a>
  );
}
