/**
 * Everything that an app answers, ready for requests.
 *
 * @module
 */

import type { Build } from "../build.ts";
import type { Method } from "../handlers.ts";
import { HttpError } from "../http_error.ts";
import type { Step } from "../middleware/middleware.ts";
import { answerWrongMethod } from "../wrong_method.ts";
import type { Command } from "./command.ts";
import { addFileRoutes } from "./file_routes.ts";
import { joinPath, toSegments } from "./path.ts";
import { type Params, Router } from "./router.ts";
import { type ErrorPage, ScopeNode } from "./scope_tree.ts";

/** A route to be added with {@linkcode Site.addRoute}. */
export interface SiteRoute<State> {
  /** Its pattern without the base path. */
  readonly path: string;
  /** The methods that it answers. */
  readonly methods: readonly Method[];
  /** Whose middlewares, layouts and error pages it has. */
  readonly node: ScopeNode<State>;
  /** What runs behind the middlewares. */
  readonly steps: readonly Step<State>[];
}

/** How to answer one request. */
export interface Answer<State> {
  /** The chain to run. */
  readonly steps: readonly Step<State>[];
  /** The pattern that matched, or `null`. */
  readonly route: string | null;
  /** What it captured. */
  readonly params: Params;
}

/** The routes of an app, and the tree of what surrounds them. */
export class Site<State> {
  /** The top of the tree. */
  readonly root = new ScopeNode<State>();
  /** Answers every error with status 404, if set. */
  notFound: ErrorPage<State> | null = null;
  readonly #basePath: string;
  readonly #router = new Router<readonly Step<State>[]>();
  /** What runs when no route does; complete once all is registered. */
  #rootSteps: readonly Step<State>[] | null = null;

  /** Starts without routes. */
  constructor(basePath: string) {
    this.#basePath = basePath;
  }

  /** Adds a route behind all that has been registered for its node up to now. */
  addRoute({ path, methods, node, steps }: SiteRoute<State>): void {
    const chain = [...node.steps(() => this.notFound), ...steps];
    this.#router.add(joinPath(this.#basePath, path), methods, chain);
  }

  /** Finds the chain for a request. What no route answers goes to the root middlewares. */
  answer(method: string, path: string): Answer<State> {
    const match = this.#router.match(method, path);
    switch (match.kind) {
      case "found":
        return { steps: match.target, route: match.route, params: match.params };
      case "wrongMethod":
        return this.#fallback((ctx) => answerWrongMethod(ctx, match.allow), match.route);
      case "malformed":
        return this.#fallback(() => Promise.reject(new HttpError(400)));
      case "none":
        return this.#fallback(() => Promise.reject(new HttpError(404)));
    }
  }

  #fallback(run: Step<State>["run"], route: string | null = null): Answer<State> {
    this.#rootSteps ??= this.root.steps(() => this.notFound);
    return { steps: [...this.#rootSteps, { run }], route, params: {} };
  }
}

/** Builds a site from what was registered on an app. */
export function createSite<State>(
  commands: readonly Command<State>[],
  build: Build | null,
  basePath: string,
): Site<State> {
  const site = new Site<State>(basePath);
  for (const command of commands) {
    switch (command.kind) {
      case "middleware":
        site.root.descend(toSegments(command.path)).middlewares.push(...command.steps);
        break;
      case "route": {
        const { path, methods, steps } = command;
        site.addRoute({ path, methods, steps, node: site.root.descend(toSegments(path)) });
        break;
      }
      case "files":
        addFileRoutes(site, build?.routes ?? [], command.prefix);
        break;
      case "error":
        site.root.descend(toSegments(command.path)).errorPage = command.page;
        break;
      case "notFound":
        site.notFound = command.page;
    }
  }
  return site;
}
