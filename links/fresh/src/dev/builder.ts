/**
 * The tool behind `dev.ts`: it serves an app during development, and builds it for production.
 *
 * @module
 */

import { type App, attachBuild } from "../app.ts";
import type { ListenOptions, Mode } from "../config.ts";
import { listen } from "../listen.ts";
import { logNotice } from "../log.ts";
import { type BuildOptions, resolveBuildConfig, type ResolvedBuildConfig } from "./build_config.ts";
import { createDevHandler } from "./dev_handler.ts";
import { writeDiskBuild } from "./disk_build.ts";
import { createMemoryBuild } from "./memory_build.ts";

/** Imports the app, or the module that exports it. */
export type ImportApp<State> = () => Promise<{ app: App<State> } | App<State>>;

/** Gives a build to an app, before its `handler()` is called. */
export type ApplyBuild<State> = (app: App<State>) => void;

/** Options of {@linkcode Builder.build}. */
export interface BuilderBuildOptions {
  /**
   * What the build is for. Builds on disk are for production.
   *
   * @default {"production"}
   */
  mode?: Mode;
  /**
   * Where the build is kept; one in memory is for tests.
   *
   * @default {"disk"}
   */
  snapshot?: "disk" | "memory";
}

/**
 * Builds a project.
 *
 * @example A whole dev.ts
 * ```ts ignore
 * import { Builder } from "fresh/dev";
 *
 * const builder = new Builder();
 * if (Deno.args.includes("build")) await builder.build();
 * else await builder.listen(() => import("./main.ts"));
 * ```
 *
 * @typeParam State The state of the app.
 */
// deno-lint-ignore no-explicit-any -- a builder works for apps of every state
export class Builder<State = any> {
  /** Where the project keeps its parts. */
  config: ResolvedBuildConfig;

  /** Creates a builder; nothing is read yet. */
  constructor(options: BuildOptions = {}) {
    this.config = resolveBuildConfig(options);
  }

  /**
   * Serves the app and lets pages reload themselves when the server has restarted, which
   * `deno run --watch` does after each change.
   */
  async listen(importApp: ImportApp<State>, options: ListenOptions = {}): Promise<void> {
    const revision = Date.now();
    const building = this.#buildInMemory("development");
    // Importing the app may fail first; then nobody else awaits the build.
    building.catch(() => {});
    const imported = await importApp();
    const app = "app" in imported ? imported.app : imported;
    const ready = building.then((apply) => {
      apply(app);
      return app.handler();
    });
    const { basePath } = app.config;
    await listen(createDevHandler({ basePath, ready, revision }), basePath, options);
  }

  /**
   * Builds the app.
   *
   * @returns A function that gives a build in memory to an app. One on disk is used by running its
   * `server.js`.
   * @throws {Error} If the islands cannot be bundled.
   */
  async build(options: BuilderBuildOptions = {}): Promise<ApplyBuild<State>> {
    const { mode = "production", snapshot = "disk" } = options;
    if (snapshot === "memory") return await this.#buildInMemory(mode);
    if (mode === "development") {
      throw new Error("Cannot build for development on disk: use listen(), or a build in memory");
    }
    const buildId = await writeDiskBuild(this.config);
    this.config = { ...this.config, mode, buildId };
    logNotice(`Assets written to: ${this.config.outDir}`);
    return () => {
      throw new Error('Cannot attach a build on disk: import its "server.js" instead');
    };
  }

  async #buildInMemory(mode: Mode): Promise<ApplyBuild<State>> {
    const build = await createMemoryBuild(this.config, mode);
    this.config = { ...this.config, mode, buildId: build.id };
    return (app) => attachBuild(app, build);
  }
}
