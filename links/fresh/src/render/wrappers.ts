/**
 * The app wrapper and layouts around a page.
 *
 * @module
 */

import type { LayoutConfig, RouteComponent } from "../page_props.ts";

/**
 * A page component whose state type is not known any more. The types of `App` see to it that
 * middlewares and components of one app agree about it.
 */
// deno-lint-ignore no-explicit-any -- components of every state type meet here
export type AnyRouteComponent = RouteComponent<any>;

/** What a page is rendered into. */
export interface Wrappers {
  /** The outermost component, or `null`. */
  readonly app: AnyRouteComponent | null;
  /** Layouts from the outermost to the innermost. */
  readonly layouts: readonly AnyRouteComponent[];
}

/** A layout component with its settings. */
export interface Layout {
  /** Renders around `props.Component`. */
  readonly component: AnyRouteComponent;
  /** Which of the wrappers around it to leave out. */
  readonly config: LayoutConfig;
}

/** No wrapper at all. */
export const NO_WRAPPERS: Wrappers = { app: null, layouts: [] };

/** Returns the wrappers without those that `config` leaves out. */
export function withoutSkipped(wrappers: Wrappers, config: LayoutConfig): Wrappers {
  if (!config.skipAppWrapper && !config.skipInheritedLayouts) return wrappers;
  return {
    app: config.skipAppWrapper ? null : wrappers.app,
    layouts: config.skipInheritedLayouts ? [] : wrappers.layouts,
  };
}

/** Returns the wrappers with one more layout inside. */
export function withLayout(wrappers: Wrappers, layout: Layout): Wrappers {
  const outer = withoutSkipped(wrappers, layout.config);
  return { app: outer.app, layouts: [...outer.layouts, layout.component] };
}
