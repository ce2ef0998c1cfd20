/**
 * The tree of path segments that middlewares, layouts and error pages belong to.
 *
 * @module
 */

import { type Context, scopeOf } from "../context.ts";
import { HttpError } from "../http_error.ts";
import { logError } from "../log.ts";
import type { Step } from "../middleware/middleware.ts";
import {
  type AnyRouteComponent,
  type Layout,
  NO_WRAPPERS,
  withLayout,
  type Wrappers,
} from "../render/wrappers.ts";
import { type Route, serveErrorPage } from "./serve_route.ts";

/** Answers errors instead of the app. */
export type ErrorPage<State> = Route<State>;

/** A folder of the URL space. */
export class ScopeNode<State> {
  /** Middlewares in the order of registration. */
  readonly middlewares: Step<State>[] = [];
  /** The app wrapper; on the root only. */
  app: AnyRouteComponent | null = null;
  /** Wraps the pages below. */
  layout: Layout | null = null;
  /** Answers errors from below. */
  errorPage: ErrorPage<State> | null = null;
  readonly #parent: ScopeNode<State> | null;
  readonly #children = new Map<string, ScopeNode<State>>();

  /** Creates the root, or a node below another. */
  constructor(parent: ScopeNode<State> | null = null) {
    this.#parent = parent;
  }

  /** Returns the node at the end of some segments, creating what is missing. */
  descend(segments: readonly string[]): ScopeNode<State> {
    const [name, ...rest] = segments;
    if (name === undefined) return this;
    let child = this.#children.get(name);
    if (child === undefined) {
      this.#children.set(name, child = new ScopeNode(this));
    }
    return child.descend(rest);
  }

  /**
   * Returns what runs before a route of this node, as registered up to now: for each node from
   * the root, a guard with its error page, and its middlewares.
   *
   * @param notFound Looked up when an error with status 404 passes.
   */
  steps(notFound: () => ErrorPage<State> | null): Step<State>[] {
    return this.#collect(notFound).steps;
  }

  #collect(notFound: () => ErrorPage<State> | null): Collected<State> {
    const parent = this.#parent;
    const above = parent === null
      ? { steps: [], wrappers: NO_WRAPPERS }
      : parent.#collect(notFound);
    let { wrappers } = above;
    if (this.app !== null) wrappers = { ...wrappers, app: this.app };
    if (this.layout !== null) wrappers = withLayout(wrappers, this.layout);
    const { errorPage } = this;
    const needsGuard = this.#parent === null || errorPage !== null ||
      wrappers !== above.wrappers;
    const guards = needsGuard ? [{ run: createGuard({ wrappers, notFound, errorPage }) }] : [];
    return { steps: [...above.steps, ...guards, ...this.middlewares], wrappers };
  }
}

interface Collected<State> {
  readonly steps: Step<State>[];
  readonly wrappers: Wrappers;
}

interface Guard<State> {
  readonly wrappers: Wrappers;
  readonly notFound: () => ErrorPage<State> | null;
  readonly errorPage: ErrorPage<State> | null;
}

function createGuard<State>(guard: Guard<State>): (ctx: Context<State>) => Promise<Response> {
  return async (ctx) => {
    const scope = scopeOf(ctx);
    scope.wrappers = guard.wrappers;
    try {
      return await ctx.next();
    } catch (error) {
      const status = error instanceof HttpError ? error.status : 500;
      const errorPage = (status === 404 ? guard.notFound() : null) ?? guard.errorPage;
      if (errorPage === null) throw error;
      // Whoever answers may not think of telling anyone about a bug.
      if (!(error instanceof HttpError)) {
        logError(`Cannot serve ${ctx.url.pathname}`, error);
      }
      scope.wrappers = guard.wrappers;
      ctx.next = () => Promise.reject(error);
      return await serveErrorPage(errorPage, ctx, status);
    }
  };
}
