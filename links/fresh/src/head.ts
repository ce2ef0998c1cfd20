/**
 * A component for elements that belong into the document's head.
 *
 * @module
 */

import { IS_BROWSER } from "./asset.ts";
import type { Renderable } from "./renderable.ts";

/** Props of {@linkcode Head}. */
export interface HeadProps {
  /** Elements such as `title`, `meta` and `link`. */
  children?: Renderable;
}

/**
 * Puts elements into the document's head while the page is rendered on the server. One that is
 * there already is replaced: the one with the same key, the same `title`, or the same attributes
 * apart from a meta's `content` and a link's `href`. In the browser it does nothing.
 */
export function Head(props: HeadProps): Renderable {
  return IS_BROWSER ? null : props.children;
}
