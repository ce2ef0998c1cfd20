/**
 * Our own implementation of the part of Fresh 2 that Vitals uses: an app of middlewares, routes
 * and pages, with islands that come to life in the browser.
 *
 * @module
 */

export { App, type RequestHandler } from "./app.ts";
export type { FreshConfig, ListenOptions, Mode, ResolvedFreshConfig } from "./config.ts";
export { Context, type ContextInit, type FreshContext, type StreamSource } from "./context.ts";
export { createDefine, type Define } from "./define.ts";
export {
  type HandlerByMethod,
  type HandlerFn,
  type Method,
  page,
  type PageOptions,
  type PageResponse,
  type RouteData,
  type RouteHandler,
} from "./handlers.ts";
export { type ErrorStatus, HttpError } from "./http_error.ts";
export { csp, type CSPOptions } from "./middleware/csp.ts";
export { csrf, type CsrfOptions } from "./middleware/csrf.ts";
export type { Lazy, MaybeLazy, MaybeLazyMiddleware, Middleware } from "./middleware/middleware.ts";
export { staticFiles } from "./middleware/static_files.ts";
export type { LayoutConfig, PageProps, RouteComponent, RouteConfig } from "./page_props.ts";
export type { PageComponent, PageElement, Renderable } from "./renderable.ts";
export type { Route } from "./routing/serve_route.ts";
export type { WebSocketHandlers, WebSocketUpgrade, WebSocketUpgradeOptions } from "./websocket.ts";
