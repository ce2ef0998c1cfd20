/**
 * What middlewares and handlers get to know about a request, and how they answer it.
 *
 * @module
 */

import type { Build } from "./build.ts";
import type { ResolvedFreshConfig } from "./config.ts";
import type { LayoutConfig } from "./page_props.ts";
import { renderPage } from "./render/render_page.ts";
import { NO_WRAPPERS, withoutSkipped, type Wrappers } from "./render/wrappers.ts";
import type { PageComponent, PageElement } from "./renderable.ts";
import {
  attachHandlers,
  isWebSocketHandlers,
  upgradeWebSocket,
  type WebSocketHandlers,
  type WebSocketUpgrade,
  type WebSocketUpgradeOptions,
} from "./websocket.ts";

/** What {@linkcode Context.stream} can send. */
export type StreamSource<U> = Iterable<U> | AsyncIterable<U>;

/** What the framework keeps about a request beside the public {@linkcode Context}. */
export interface RequestScope {
  /** The build that scripts and static files come from. */
  build: Build | null;
  /** App wrapper and layouts in effect at this point of the chain. */
  wrappers: Wrappers;
  /** Changes the response after everything else, also one that an error page has given. */
  readonly finishers: ((response: Response) => Response)[];
}

/** Everything a {@linkcode Context} is made of. */
export interface ContextInit {
  /** The request. */
  readonly req: Request;
  /** Its prepared URL. */
  readonly url: URL;
  /** Where it came from. */
  readonly info: Deno.ServeHandlerInfo;
  /** The app's configuration. */
  readonly config: ResolvedFreshConfig;
  /** The pattern that matched, or `null`. */
  readonly route: string | null;
  /** What the pattern captured. */
  readonly params: Record<string, string>;
}

/** Returns the private part of a context; for this package only. */
export let scopeOf: <State>(ctx: Context<State>) => RequestScope;

/**
 * One request on its way through the app.
 *
 * @typeParam State What middlewares keep in {@linkcode Context.state}.
 */
export class Context<State> {
  /** The app's configuration. */
  readonly config: ResolvedFreshConfig;
  /** The request's URL; runs of slashes in its path are one slash. */
  readonly url: URL;
  /** The request as it came. */
  req: Request;
  /** The pattern that matched, or `null` if none did. */
  readonly route: string | null;
  /** What the pattern captured; groups that took no part are `""`. */
  readonly params: Record<string, string>;
  /** A fresh object per request that middlewares, handlers and components share. */
  readonly state: State;
  /** Not used on the context itself. */
  data: unknown;
  /** What was thrown last, or `null`. */
  error: unknown | null = null;
  /** Where the request came from. */
  readonly info: Deno.ServeHandlerInfo;
  /** Always false: this implementation has no partials. */
  readonly isPartial: boolean = false;
  /** Runs the rest of the chain. */
  next: () => Promise<Response>;
  /** Renders what is inside; in layouts and the app wrapper only. */
  Component: PageComponent<object>;

  readonly #scope: RequestScope;

  static {
    scopeOf = (ctx) => ctx.#scope;
  }

  /** Creates the context of a request; done by {@linkcode App.handler}. */
  constructor(init: ContextInit) {
    this.config = init.config;
    this.url = init.url;
    this.req = init.req;
    this.route = init.route;
    this.params = init.params;
    this.info = init.info;
    // The type parameter is a promise that middlewares keep: every request starts empty.
    this.state = {} as State;
    this.next = () => Promise.reject(new Error("Cannot go on: the chain has not started"));
    this.Component = () => null;
    this.#scope = { build: null, wrappers: NO_WRAPPERS, finishers: [] };
  }

  /**
   * Answers with a redirect. Runs of slashes at the start of a local path become one, so that it
   * cannot lead to another host.
   *
   * @param pathOrUrl Where to go.
   * @param status The status of the response; 302 by default.
   */
  redirect(pathOrUrl: string, status = 302): Response {
    return new Response(null, { status, headers: { location: localLocation(pathOrUrl) } });
  }

  /**
   * Answers with a page inside the layouts and app wrapper in effect.
   *
   * @param vnode What to render.
   * @param init Status and headers of the response.
   * @param config Which wrappers to leave out.
   * @throws {TypeError} If `vnode` is neither a Preact element nor `null`.
   */
  async render(
    vnode: PageElement | null,
    init: ResponseInit = {},
    config: LayoutConfig = {},
  ): Promise<Response> {
    const wrappers = withoutSkipped(this.#scope.wrappers, config);
    return await renderPage(this, vnode, { init, wrappers, build: this.#scope.build });
  }

  /** Answers with HTML. */
  html(content: string, init?: ResponseInit): Response {
    const headers = new Headers(init?.headers);
    headers.set("content-type", "text/html; charset=utf-8");
    return new Response(content, { ...init, headers });
  }

  /** Answers with plain text. */
  text(content: string, init?: ResponseInit): Response {
    return new Response(content, init);
  }

  /** Answers with JSON. */
  json(content: unknown, init?: ResponseInit): Response {
    return Response.json(content, init);
  }

  /**
   * Answers with chunks as they come. No content type is set.
   *
   * @param source The chunks, or a function that starts them.
   * @param init Status and headers of the response.
   */
  stream<U extends string | Uint8Array>(
    source: StreamSource<U> | (() => StreamSource<U>),
    init?: ResponseInit,
  ): Response {
    const chunks = typeof source === "function" ? source() : source;
    return new Response(ReadableStream.from(encodeChunks(chunks)), init);
  }

  /**
   * Upgrades to a WebSocket.
   *
   * @throws {HttpError} 400 if the request does not ask for it.
   */
  upgrade(options?: WebSocketUpgradeOptions): WebSocketUpgrade;
  /**
   * Upgrades to a WebSocket whose events call `handlers`.
   *
   * @throws {HttpError} 400 if the request does not ask for it.
   */
  upgrade(handlers: WebSocketHandlers, options?: WebSocketUpgradeOptions): Response;
  upgrade(
    first: WebSocketHandlers | WebSocketUpgradeOptions = {},
    options: WebSocketUpgradeOptions = {},
  ): WebSocketUpgrade | Response {
    if (!isWebSocketHandlers(first)) return upgradeWebSocket(this.req, first);
    const { socket, response } = upgradeWebSocket(this.req, options);
    attachHandlers(socket, first);
    return response;
  }
}

/** The former name of {@linkcode Context}. */
export type FreshContext<State> = Context<State>;

function localLocation(pathOrUrl: string): string {
  if (!pathOrUrl.startsWith("/")) return pathOrUrl;
  const end = pathOrUrl.search(/[?#]/);
  const path = end < 0 ? pathOrUrl : pathOrUrl.slice(0, end);
  // Browsers read a backslash here as a slash.
  return path.replace(/[/\\]{2,}/g, "/") + pathOrUrl.slice(path.length);
}

async function* encodeChunks<U extends string | Uint8Array>(
  chunks: StreamSource<U>,
): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const chunk of chunks) {
    yield typeof chunk === "string" ? encoder.encode(chunk) : chunk;
  }
}
