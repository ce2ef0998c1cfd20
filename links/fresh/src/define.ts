/**
 * Helpers that give handlers, pages, layouts and middlewares their types.
 *
 * @module
 */

import type { HandlerByMethod, HandlerFn, RouteHandler } from "./handlers.ts";
import type { Middleware } from "./middleware/middleware.ts";
import type { PageProps } from "./page_props.ts";
import type { PageComponent } from "./renderable.ts";

/** What {@linkcode createDefine} returns: functions that return their argument as it is. */
export interface Define<State> {
  /** Types the handlers of a route. */
  handlers<
    Data,
    Handlers extends RouteHandler<Data, State> = RouteHandler<Data, State>,
  >(handlers: Handlers): Handlers;
  /** Types a page. With `typeof handler` as type argument it knows the data that it gets. */
  page<
    Handler extends RouteHandler<unknown, State> = never,
    Data = Handler extends HandlerFn<infer D, State> ? D
      : Handler extends HandlerByMethod<infer D, State> ? D
      : never,
  >(render: PageComponent<PageProps<Data, State>>): PageComponent<PageProps<Data, State>>;
  /** Types a layout or the app wrapper. */
  layout(
    render: PageComponent<PageProps<unknown, State>>,
  ): PageComponent<PageProps<unknown, State>>;
  /** Types a middleware or a list of them. */
  middleware<M extends Middleware<State> | Middleware<State>[]>(middleware: M): M;
}

/**
 * Creates the `define` helpers for an app's state.
 *
 * @example Usage
 * ```ts
 * import { createDefine, page } from "fresh";
 * import { assertEquals } from "@std/assert";
 *
 * const define = createDefine<{ user: string }>();
 * const handler = define.handlers({ GET: (ctx) => page({ greeting: `Hi ${ctx.state.user}` }) });
 * const Page = define.page<typeof handler>(({ data }) => data.greeting);
 *
 * assertEquals(typeof Page, "function");
 * ```
 *
 * @typeParam State What middlewares keep in `ctx.state`.
 */
export function createDefine<State>(): Define<State> {
  return {
    handlers: (handlers) => handlers,
    page: (render) => render,
    layout: (render) => render,
    middleware: (middleware) => middleware,
  };
}
