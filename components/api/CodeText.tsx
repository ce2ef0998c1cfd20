/**
 * Text of the description, in which backticks mark what is meant literally.
 *
 * @module
 */

import type { VNode } from "preact";

/** Props of {@linkcode CodeText}. */
export interface CodeTextProps {
  readonly text: string;
}

/** Renders one paragraph's text. */
export function CodeText({ text }: CodeTextProps): VNode {
  return (
    <>
      {text.split("`").map((part, index) =>
        index % 2 === 1 ? <code key={index}>{part}</code> : part
      )}
    </>
  );
}
