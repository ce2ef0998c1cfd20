/**
 * Whether the browser skips the contents of an element, because they are far from the screen.
 *
 * @module
 */

import { type ReadonlySignal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

/**
 * Returns whether the contents of an element with `content-visibility: auto` are skipped; `false` where browsers do not
 * tell. What cannot be seen need not be rendered again, which counts when there are a thousand cards.
 */
export function useSkipped(element: RefObject<HTMLElement>): ReadonlySignal<boolean> {
  const isSkipped = useSignal(false);
  useEffect(() => {
    const watched = element.current;
    if (watched === null) return;
    // Only the contents are skipped: the element itself counts as visible.
    const update = () => {
      const inside = watched.firstElementChild;
      isSkipped.value = inside?.checkVisibility({ contentVisibilityAuto: true }) === false;
    };
    update();
    watched.addEventListener("contentvisibilityautostatechange", update);
    return () => watched.removeEventListener("contentvisibilityautostatechange", update);
  }, [element, isSkipped]);
  return isSkipped;
}
