/**
 * Answers a request with a route: its handler, and the page that the handler asks for.
 *
 * @module
 */

import { type ComponentChildren, createElement, Fragment } from "preact";

import { type Context, scopeOf } from "../context.ts";
import {
  type HandlerByMethod,
  type HandlerFn,
  type Method,
  METHODS,
  type PageResponse,
  type RouteHandler,
} from "../handlers.ts";
import type { RouteComponent, RouteConfig } from "../page_props.ts";
import { createPageElement, renderPage } from "../render/render_page.ts";
import { withoutSkipped } from "../render/wrappers.ts";
import { answerWrongMethod } from "../wrong_method.ts";

/** A page, a handler, or both. */
export interface Route<State> {
  /** Renders the page. */
  component?: RouteComponent<State>;
  /** Settings of the page. */
  config?: RouteConfig;
  /** Answers requests, or gives data to the page. */
  handler?: RouteHandler<unknown, State>;
}

/**
 * Answers a request.
 *
 * @throws {HttpError} 405 if the route has no handler for the method.
 */
export async function serveRoute<State>(
  route: Route<State>,
  ctx: Context<State>,
): Promise<Response> {
  const handler = findHandler(route, ctx.req.method);
  if (handler === undefined) return answerWrongMethod(ctx, methodsOf(route));
  return await runHandler(route, handler, ctx, 200);
}

/**
 * Answers a request that has failed. A page without handler for the method answers as for GET.
 *
 * @param status Status of the page when the handler does not set one.
 */
export async function serveErrorPage<State>(
  route: Route<State>,
  ctx: Context<State>,
  status: number,
): Promise<Response> {
  const handler = findHandler(route, ctx.req.method) ??
    findHandler(route, "GET");
  if (handler === undefined) throw ctx.error;
  return await runHandler(route, handler, ctx, status);
}

async function runHandler<State>(
  route: Route<State>,
  handler: HandlerFn<unknown, State>,
  ctx: Context<State>,
  status: number,
): Promise<Response> {
  const scope = scopeOf(ctx);
  if (route.config !== undefined) {
    scope.wrappers = withoutSkipped(scope.wrappers, route.config);
  }
  const result = await handler(ctx);
  if (result instanceof Response) return result;
  return await renderRoute(route, ctx, { status, ...result });
}

function findHandler<State>(
  { handler, component }: Route<State>,
  method: string,
): HandlerFn<unknown, State> | undefined {
  if (typeof handler === "function") return handler;
  const byMethod: HandlerByMethod<unknown, State> = handler ?? {};
  const known = METHODS.find((name) => name === method);
  const own = known && byMethod[known];
  if (own !== undefined) return own;
  if (method !== "GET" && method !== "HEAD") return undefined;
  return byMethod.GET ?? (component && (() => ({ data: {} })));
}

function methodsOf<State>({ handler, component }: Route<State>): Method[] {
  if (typeof handler === "function") return [...METHODS];
  return METHODS.filter((method) =>
    handler?.[method] !== undefined ||
    (method === "GET" && component !== undefined)
  );
}

async function renderRoute<State>(
  { component }: Route<State>,
  ctx: Context<State>,
  { data, headers, status }: PageResponse<unknown>,
): Promise<Response> {
  let content: ComponentChildren | Response = null;
  if (component !== undefined) {
    content = await createPageElement(component, ctx, data);
  }
  if (content instanceof Response) return content;
  const { wrappers, build } = scopeOf(ctx);
  const init = { ...(status && { status }), ...(headers && { headers }) };
  return await renderPage(ctx, createElement(Fragment, null, content), { init, wrappers, build });
}
