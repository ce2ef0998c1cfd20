/**
 * The app: a list of middlewares and routes that becomes one request handler.
 *
 * @module
 */

import { answerRequest } from "./answer_request.ts";
import { switchBuildId } from "./asset.ts";
import type { Build } from "./build.ts";
import {
  type FreshConfig,
  type ListenOptions,
  resolveConfig,
  type ResolvedFreshConfig,
} from "./config.ts";
import { type Method, METHODS } from "./handlers.ts";
import { listen } from "./listen.ts";
import type { MaybeLazy, MaybeLazyMiddleware, Middleware, Step } from "./middleware/middleware.ts";
import type { Command } from "./routing/command.ts";
import type { Route } from "./routing/serve_route.ts";
import { createSite } from "./routing/site.ts";
import type { WebSocketHandlers, WebSocketUpgradeOptions } from "./websocket.ts";

/** Handles a request; what `Deno.serve` takes. */
export type RequestHandler = (req: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>;

/** Gives an app its build; for this package only. */
export let attachBuild: <State>(app: App<State>, build: Build) => void;

/** Tests call handlers without saying where a request comes from. */
const LOCAL_INFO: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "localhost", port: 0 },
  completed: Promise.resolve(),
};

/**
 * A web app. All methods only note what is to be done, and return the app.
 *
 * @example Usage
 * ```ts
 * import { App } from "fresh";
 * import { assertEquals } from "@std/assert";
 *
 * const app = new App().get("/hello/:name", (ctx) => ctx.text(`Hi ${ctx.params.name}`));
 * const response = await app.handler()(new Request("http://localhost/hello/Ada"));
 *
 * assertEquals(await response.text(), "Hi Ada");
 * ```
 *
 * @typeParam State What middlewares keep in `ctx.state`.
 */
export class App<State> {
  /** The configuration; `root` and `mode` follow the attached build. */
  config: ResolvedFreshConfig;
  readonly #commands: Command<State>[] = [];
  #build: Build | null = null;

  static {
    attachBuild = (app, build) => {
      app.#build = build;
      app.config = { ...app.config, root: build.root, mode: build.mode };
      switchBuildId(build.id);
    };
  }

  /** Creates an app without any routes. */
  constructor(config: FreshConfig = {}) {
    this.config = resolveConfig(config);
  }

  /** Adds middlewares for all requests. */
  use(...middlewares: MaybeLazyMiddleware<State>[]): this;
  /** Adds middlewares for the routes at and below a path. */
  use(path: string, ...middlewares: MaybeLazyMiddleware<State>[]): this;
  use(
    first: string | MaybeLazyMiddleware<State>,
    ...others: MaybeLazyMiddleware<State>[]
  ): this {
    const path = typeof first === "string" ? first : "/";
    const middlewares = typeof first === "string" ? others : [first, ...others];
    this.#commands.push({ kind: "middleware", path, steps: toSteps(middlewares) });
    return this;
  }

  /** Answers GET, and HEAD where nothing else does. The last function has to return a response. */
  get(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#route(["GET"], path, middlewares);
  }

  /** Answers POST. */
  post(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#route(["POST"], path, middlewares);
  }

  /** Answers PATCH. */
  patch(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#route(["PATCH"], path, middlewares);
  }

  /** Answers PUT. */
  put(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#route(["PUT"], path, middlewares);
  }

  /** Answers DELETE. */
  delete(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#route(["DELETE"], path, middlewares);
  }

  /** Answers HEAD. */
  head(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#route(["HEAD"], path, middlewares);
  }

  /** Answers every method. */
  all(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#route(METHODS, path, middlewares);
  }

  /** Opens WebSockets whose events call `handlers`. */
  ws(path: string, handlers: WebSocketHandlers, options?: WebSocketUpgradeOptions): this {
    return this.get(path, (ctx) => ctx.upgrade(handlers, options));
  }

  /**
   * Adds the files of the routes folder at this point of the list. Without a build there are none.
   *
   * @param pattern Path that their URLs are below.
   */
  fsRoutes(pattern = "*"): this {
    const prefix = pattern === "*" || pattern === "/*" ? "/" : pattern;
    this.#commands.push({ kind: "files", prefix });
    return this;
  }

  /** Answers whatever ends with status 404. */
  notFound(page: Route<State> | Middleware<State>): this {
    this.#commands.push({ kind: "notFound", page: toRoute(page) });
    return this;
  }

  /** Answers errors of the routes at and below a path that are added later. */
  onError(path: string, page: Route<State> | Middleware<State>): this {
    this.#commands.push({ kind: "error", path, page: toRoute(page) });
    return this;
  }

  /** Returns a handler for what has been registered up to now. */
  handler(): RequestHandler {
    const { config } = this;
    const build = this.#build;
    const site = createSite(this.#commands, build, config.basePath);
    return (req, info = LOCAL_INFO) => answerRequest(req, { site, config, build, info });
  }

  /**
   * Serves the app until `options.signal` aborts. Without a port it takes the first free one from
   * 8000 to 8019.
   *
   * @throws {Deno.errors.AddrInUse} If there is none.
   */
  async listen(options: ListenOptions = {}): Promise<void> {
    await listen(this.handler(), this.config.basePath, options);
  }

  #route(
    methods: readonly Method[],
    path: string,
    middlewares: MaybeLazy<Middleware<State>>[],
  ): this {
    this.#commands.push({ kind: "route", path, methods, steps: toSteps(middlewares) });
    return this;
  }
}

function toSteps<State>(middlewares: readonly MaybeLazyMiddleware<State>[]): Step<State>[] {
  return middlewares.map((run) => ({ run }));
}

function toRoute<State>(page: Route<State> | Middleware<State>): Route<State> {
  return typeof page === "function" ? { handler: page } : page;
}
