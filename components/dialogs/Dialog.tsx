/**
 * A modal dialog that lives outside the islands, and is gone when it is closed.
 *
 * @module
 */

import { type ComponentChildren, render, type VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";

import * as words from "@/texts/acts.ts";

/** Props of {@linkcode Dialog}. */
export interface DialogProps {
  readonly title: string;
  /** Whether there is much to read. @default {false} */
  readonly wide?: boolean;
  /** Beside it the dialog opens, as a menu does; else in the middle. */
  readonly near?: Element;
  /** Called when it is closed, also by Escape. */
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** Renders a native dialog, which keeps the focus and closes on Escape by itself. */
export function Dialog({ title, wide = false, near, onClose, children }: DialogProps): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  // Unique, as a dialog over another one has another title.
  const titleId = `dialog ${title}`.replaceAll(/\W+/g, "-");
  const closesOutside = wide || near !== undefined;
  useEffect(() => {
    dialog.current?.showModal();
    if (near !== undefined) placeNear(dialog.current, near);
  }, []);
  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      class="dialog"
      data-wide={wide}
      data-near={near !== undefined}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && closesOutside && close()}
    >
      <div class="sheet">
        <header>
          <h2 id={titleId}>{title}</h2>
          <button type="button" class="ghost close" aria-label={words.close} onClick={close}>
            <span aria-hidden="true">✕</span>
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

/** The least distance from the edges of the window, and from what it is near, in pixels. */
const MARGIN = 12;
const GAP = 6;

/** Below, if there is room, else above, and always inside of the window. The stylesheet places it on small screens. */
function placeNear(dialog: HTMLDialogElement | null, near: Element): void {
  if (dialog === null) return;
  const { right, top, bottom } = near.getBoundingClientRect();
  const { width, height } = dialog.getBoundingClientRect();
  const below = bottom + GAP;
  const isRoomBelow = below + height + MARGIN <= innerHeight;
  const y = isRoomBelow ? below : Math.max(MARGIN, top - GAP - height);
  dialog.style.setProperty("--left", `${Math.max(MARGIN, right - width)}px`);
  dialog.style.setProperty("--top", `${Math.min(y, innerHeight - MARGIN - height)}px`);
}

/**
 * Opens a dialog over the page.
 *
 * @param view Makes the dialog; it is handed what to call once it is closed.
 */
export function openDialog(view: (onClose: () => void) => VNode): void {
  const before = document.activeElement;
  const host = document.createElement("div");
  document.body.append(host);
  render(
    view(() => {
      render(null, host);
      host.remove();
      restoreFocus(before);
    }),
    host,
  );
}

/** What opened the dialog may be gone, as alerts come and go. */
function restoreFocus(before: Element | null): void {
  const target = before?.isConnected ? before : document.querySelector(".panel h2, h1");
  if (target instanceof HTMLElement && target !== document.body) target.focus();
}
