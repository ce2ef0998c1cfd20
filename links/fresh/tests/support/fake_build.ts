/**
 * Builds without a bundler or a disk, for tests.
 *
 * @module
 */

import { attachBuild } from "../../src/app.ts";
import type { Build, StaticFile } from "../../src/build.ts";
import type { Mode } from "../../src/config.ts";
import { App } from "../../src/mod.ts";
import { compareRouteFiles, isEager, type RouteModule } from "../../src/routing/route_file.ts";

/** What a fake build has. */
export interface FakeBuildOptions {
  /** Modules by their path below the routes folder. */
  readonly routes?: Record<string, RouteModule>;
  /** Exports of island modules by the name of their file. */
  readonly islands?: Record<string, Record<string, unknown>>;
  /** Texts of static files by URL path. */
  readonly files?: Record<string, string>;
  /** @default {"production"} */
  readonly mode?: Mode;
}

/** Id of every fake build. */
export const BUILD_ID = "b1";

/** Returns a build made of what is given. */
export function createFakeBuild(options: FakeBuildOptions): Build {
  const { routes = {}, islands = {}, files = {}, mode = "production" } = options;
  const script = (name: string, imports: readonly string[] = []) => ({
    path: `/_fresh/js/${BUILD_ID}/${name}.js`,
    imports: imports.map((other) => `/_fresh/js/${BUILD_ID}/${other}.js`),
  });
  return {
    id: BUILD_ID,
    mode,
    root: "/project",
    scripts: {
      boot: script("boot", ["chunk"]),
      reload: mode === "development" ? script("reload") : null,
    },
    islands: Object.entries(islands).map(([name, exports]) => ({
      name,
      exports,
      script: script(name, ["chunk"]),
    })),
    routes: Object.keys(routes).sort(compareRouteFiles).map((path) => {
      const module = routes[path] ?? {};
      const text = "config" in module ? "routeOverride" : "";
      const load = () => Promise.resolve(module);
      return isEager(path, text) ? { path, load, module } : { path, load };
    }),
    findStatic: (path) => Promise.resolve(toStaticFile(files[path], path, mode)),
  };
}

/** Returns the handler of an app that has the file routes of a fake build and nothing else. */
export function serveRoutes(
  routes: Record<string, RouteModule>,
  options: FakeBuildOptions = {},
): (path: string, init?: RequestInit) => Promise<Response> {
  return requester(new App().fsRoutes(), { ...options, routes });
}

/** Attaches a fake build and returns a function that requests a path. */
export function requester<State>(
  app: App<State>,
  options: FakeBuildOptions = {},
): (path: string, init?: RequestInit) => Promise<Response> {
  attachBuild(app, createFakeBuild(options));
  const handler = app.handler();
  return (path, init) => handler(new Request(`http://localhost${path}`, init));
}

function toStaticFile(text: string | undefined, path: string, mode: Mode): StaticFile | null {
  if (text === undefined) return null;
  const bytes = new TextEncoder().encode(text);
  return {
    contentType: path.endsWith(".css") ? "text/css; charset=UTF-8" : "text/plain",
    hash: mode === "production" ? `h${text.length}` : null,
    size: bytes.length,
    read: () => Promise.resolve(bytes),
  };
}
