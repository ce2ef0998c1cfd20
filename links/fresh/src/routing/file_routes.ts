/**
 * Registers the files of the routes folder.
 *
 * @module
 */

import { METHODS } from "../handlers.ts";
import type { MaybeLazyMiddleware, Step } from "../middleware/middleware.ts";
import type { LayoutConfig, RouteConfig } from "../page_props.ts";
import type { AnyRouteComponent } from "../render/wrappers.ts";
import { joinPath, toSegments } from "./path.ts";
import {
  folderSegments,
  kindOf,
  patternOf,
  type RouteFile,
  type RouteModule,
} from "./route_file.ts";
import { type Route, serveRoute } from "./serve_route.ts";
import type { Site } from "./site.ts";

/**
 * Adds all route files to a site.
 *
 * @param prefix Path that their patterns are below.
 * @throws {Error} If a module lacks the exports that its file's name calls for, or if two files
 * answer the same URLs.
 */
export function addFileRoutes<State>(
  site: Site<State>,
  files: readonly RouteFile[],
  prefix: string,
): void {
  const owners = new Map<string, string>();
  for (const file of files) {
    const node = site.root.descend([...toSegments(prefix), ...folderSegments(file.path)]);
    switch (kindOf(file.path)) {
      case "app":
        site.root.app = parseComponent(file);
        break;
      case "layout":
        node.layout = { component: parseComponent(file), config: parseConfig(file) };
        break;
      case "middleware":
        node.middlewares.push(...parseMiddlewares<State>(file));
        break;
      case "error":
        node.errorPage = parseRoute(moduleOf(file), file.path);
        break;
      case "page": {
        const pattern = parseConfig(file).routeOverride ?? patternOf(file.path);
        const owner = owners.get(pattern);
        if (owner !== undefined) {
          throw new Error(
            `Cannot register route file "${file.path}": "${owner}" answers "${pattern}" already`,
          );
        }
        owners.set(pattern, file.path);
        const path = joinPath(prefix, pattern);
        site.addRoute({ path, methods: METHODS, node, steps: [createRouteStep(file)] });
      }
    }
  }
}

function createRouteStep<State>(file: RouteFile): Step<State> {
  let route: Promise<Route<State>> | undefined;
  return {
    run: async (ctx) => {
      route ??= file.load().then((module) => parseRoute<State>(module, file.path));
      return await serveRoute(await route, ctx);
    },
  };
}

/** Only for files that are imported with the build. */
function moduleOf(file: RouteFile): RouteModule {
  if (file.module !== undefined) return file.module;
  throw new Error(`Cannot register route file "${file.path}": it has not been imported`);
}

function parseConfig(file: RouteFile): RouteConfig & LayoutConfig {
  const config = file.module?.config;
  return typeof config === "object" && config !== null ? config : {};
}

function parseComponent(file: RouteFile): AnyRouteComponent {
  const component = moduleOf(file).default;
  if (isFunction<AnyRouteComponent>(component)) return component;
  throw missingExports(file.path, "a default component");
}

function parseMiddlewares<State>(file: RouteFile): Step<State>[] {
  const module = moduleOf(file);
  const middlewares: unknown[] = [module.handlers ?? module.handler ?? module.default].flat();
  return middlewares.map((run) => {
    if (isFunction<MaybeLazyMiddleware<State>>(run)) return { run };
    throw missingExports(file.path, "a middleware or an array of them");
  });
}

function parseRoute<State>(module: RouteModule, path: string): Route<State> {
  if ("css" in module) {
    throw new Error(`Cannot use route file "${path}": css is not supported`);
  }
  const handler = module.handlers ?? module.handler;
  if (typeof handler === "function" && handler.length > 1) {
    throw new Error(`Cannot use route file "${path}": a handler takes one parameter, the context`);
  }
  const entries = Object.entries({ component: module.default, handler, config: module.config });
  const route = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  if (isRoute<State>(route)) return route;
  throw missingExports(path, "a default component, handler or handlers");
}

/** Modules are typed by their own `define` calls; from outside only this much can be seen. */
function isRoute<State>(value: object): value is Route<State> {
  return "component" in value || "handler" in value;
}

function isFunction<T>(value: unknown): value is T {
  return typeof value === "function";
}

function missingExports(path: string, expected: string): Error {
  return new Error(`Could not find relevant exports in: ${path} (expected ${expected})`);
}
