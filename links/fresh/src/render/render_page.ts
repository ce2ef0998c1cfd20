/**
 * Turns a page, its layouts and the app wrapper into a response.
 *
 * @module
 */

import { type ComponentChildren, createElement, isValidElement } from "preact";
import { jsxTemplate } from "preact/jsx-runtime";

import type { Build, ClientScript } from "../build.ts";
import type { Context } from "../context.ts";
import { islandsOf } from "../islands/island.ts";
import type { PageProps } from "../page_props.ts";
import { PageRender } from "./page_render.ts";
import type { AnyRouteComponent, Wrappers } from "./wrappers.ts";

/** How {@linkcode renderPage} renders. */
export interface RenderPageOptions {
  /** Status and headers of the response. */
  readonly init: ResponseInit;
  /** What to render around the page. */
  readonly wrappers: Wrappers;
  /** Where scripts come from. */
  readonly build: Build | null;
}

const AsyncFunction = (async () => {}).constructor;
const nonces = new WeakMap<Response, string>();

/** Returns the nonce that scripts and styles of a rendered response carry. */
export function nonceOf(response: Response): string | undefined {
  return nonces.get(response);
}

/**
 * Renders a page. A wrapper that returns a response instead of elements ends it there.
 *
 * @throws {TypeError} If the content is neither an element nor `null`.
 */
export async function renderPage<State>(
  ctx: Context<State>,
  content: unknown,
  { init, wrappers, build }: RenderPageOptions,
): Promise<Response> {
  if (content !== null && !isValidElement(content)) {
    throw new TypeError(`Cannot render: expected a Preact element or null, got ${typeof content}`);
  }
  let inner: ComponentChildren = content;
  for (const layout of wrappers.layouts.toReversed()) {
    const outer: ComponentChildren | Response = await wrap(layout, inner, ctx);
    if (outer instanceof Response) return outer;
    inner = outer;
  }
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const buildId = build?.id ?? null;
  const page = new PageRender({ nonce, buildId, url: ctx.url }, islandsOf(build));
  let html = page.render(inner);
  if (wrappers.app !== null) {
    // The page comes first, so that its <Head> is known when the wrapper's <head> is rendered.
    const outer = await wrap(wrappers.app, jsxTemplate([html]), ctx);
    if (outer instanceof Response) return outer;
    html = page.render(outer);
  }
  const { basePath } = ctx.config;
  const scripts = build?.scripts;
  const scriptHtml = scripts ? page.islands.toHtml({ basePath, nonce, scripts }) : "";
  const headers = new Headers(init.headers);
  headers.set("content-type", "text/html; charset=utf-8");
  if (scripts) addPreloads(headers, page.islands.scripts(scripts), basePath);
  const response = new Response(page.finish(html, scriptHtml), { ...init, headers });
  nonces.set(response, nonce);
  return response;
}

/**
 * Makes an element of a component, or awaits it if it is an async function.
 *
 * @param data What the component gets as `props.data`.
 */
export async function createPageElement<State>(
  component: AnyRouteComponent,
  ctx: Context<State>,
  data: unknown,
): Promise<ComponentChildren | Response> {
  const { config, url, req, params, info, state, isPartial, Component, error, route } = ctx;
  const request = { config, url, req, params, info, state, isPartial, Component, error, route };
  const props: PageProps<unknown, State> = { ...request, data };
  if (component instanceof AsyncFunction) return await component(props);
  return createElement(component, props);
}

async function wrap<State>(
  component: AnyRouteComponent,
  inner: ComponentChildren,
  ctx: Context<State>,
): Promise<ComponentChildren | Response> {
  ctx.Component = () => inner;
  return await createPageElement(component, ctx, null);
}

function addPreloads(headers: Headers, scripts: readonly ClientScript[], basePath: string): void {
  const paths = new Set(scripts.flatMap((script) => [script.path, ...script.imports]));
  const links = [...paths].map((path) => `<${basePath}${path}>; rel="modulepreload"; as="script"`);
  if (links.length > 0) headers.append("link", links.join(", "));
}
