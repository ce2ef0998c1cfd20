/**
 * Components that make up a page, and the settings that a route or layout exports beside them.
 *
 * @module
 */

import type { Context } from "./context.ts";
import type { Method } from "./handlers.ts";
import type { PageComponent } from "./renderable.ts";

/** What pages, layouts and the app wrapper get as props. */
export type PageProps<Data = unknown, T = unknown> =
  & Pick<
    Context<T>,
    | "config"
    | "url"
    | "req"
    | "params"
    | "info"
    | "state"
    | "isPartial"
    | "Component"
    | "error"
    | "route"
  >
  & {
    /** What the handler gave to {@linkcode page}; `null` in layouts and the app wrapper. */
    data: Data;
  };

/**
 * A page, layout or app wrapper. Written as an `async` function it runs once per request, cannot
 * use hooks, and may return a `Response` instead of elements.
 */
export type RouteComponent<State> = PageComponent<PageProps<unknown, State>>;

/** Settings of a layout, or of one `ctx.render()`. */
export interface LayoutConfig {
  /**
   * Whether the layouts of outer folders are left out.
   *
   * @default {false}
   */
  skipInheritedLayouts?: boolean;
  /**
   * Whether the app wrapper is left out.
   *
   * @default {false}
   */
  skipAppWrapper?: boolean;
}

/** Settings that a route file exports as `config`. */
export interface RouteConfig extends LayoutConfig {
  /** Pattern to answer instead of the one that follows from the file's name. */
  routeOverride?: string;
  /** Accepted and not used. */
  csp?: boolean;
  /** Accepted and not used: the handlers say it. */
  methods?: "ALL" | Method[];
}
