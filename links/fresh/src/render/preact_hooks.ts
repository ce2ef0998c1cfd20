/**
 * Watches Preact render to a string.
 *
 * @module
 */

import { type Options, options, type VNode } from "preact";

/** Called for every element and component while it is rendered. */
export interface RenderObserver {
  /** Before it is rendered; may change the node's type and props. */
  enter(vnode: VNode): void;
  /** After all that is inside has been rendered. */
  leave(vnode: VNode): void;
}

/**
 * Preact's hook before a node is rendered. Its name is private, but `preact-render-to-string`,
 * `@preact/signals` and the devtools all use it. The public `options.vnode` runs when a node is
 * created, which may be long before it is known for which page.
 */
interface OptionsWithDiff extends Options {
  __b?: (vnode: VNode) => void;
}

/** Runs a synchronous function while an observer sees every node that is rendered in it. */
export function observeRender<T>(observer: RenderObserver, render: () => T): T {
  const hooks: OptionsWithDiff = options;
  const { __b: before, diffed: after } = hooks;
  hooks.__b = (vnode) => {
    observer.enter(vnode);
    before?.(vnode);
  };
  hooks.diffed = (vnode) => {
    after?.(vnode);
    observer.leave(vnode);
  };
  try {
    return render();
  } finally {
    restore(hooks, "__b", before);
    restore(hooks, "diffed", after);
  }
}

function restore<K extends "__b" | "diffed">(
  hooks: OptionsWithDiff,
  name: K,
  hook: OptionsWithDiff[K] | undefined,
): void {
  if (hook === undefined) delete hooks[name];
  else hooks[name] = hook;
}
