/**
 * A modal dialog that lives outside the islands, and is gone when it is closed.
 *
 * @module
 */

import { type ComponentChildren, render, type VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** Props of {@linkcode Dialog}. */
export interface DialogProps {
  readonly title: string;
  /** Whether there is much to read. @default {false} */
  readonly wide?: boolean;
  /** Called when it is closed, also by Escape. */
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** Renders a native dialog, which keeps the focus and closes on Escape by itself. */
export function Dialog({ title, wide = false, onClose, children }: DialogProps): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  // Unique, as a dialog over another one has another title.
  const titleId = `dialog ${title}`.replaceAll(/\W+/g, "-");
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      class="dialog"
      data-wide={wide}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && wide && close()}
    >
      <div class="sheet">
        <header>
          <h2 id={titleId}>{title}</h2>
          <button type="button" class="ghost close" aria-label="Close" onClick={close}>
            <span aria-hidden="true">✕</span>
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
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
