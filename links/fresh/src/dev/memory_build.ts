/**
 * A build that stays in memory: for development, and for tests of production behaviour.
 *
 * @module
 */

import { pathToFileURL } from "node:url";

import type { Build, IslandModule, StaticFile } from "../build.ts";
import type { Mode } from "../config.ts";
import type { RouteFile, RouteModule } from "../routing/route_file.ts";
import { type BuildAssets, collectAssets } from "./assets.ts";
import type { ResolvedBuildConfig } from "./build_config.ts";
import { contentTypeOf } from "./content.ts";
import { crawl, type RouteSource, stemOf } from "./crawl.ts";
import { findStaticFile, listStaticFiles } from "./static_folder.ts";

/** Bundles the project and imports its modules. */
export async function createMemoryBuild(config: ResolvedBuildConfig, mode: Mode): Promise<Build> {
  const sources = await crawl(config);
  const statics = mode === "production" ? await listStaticFiles(config.staticDir) : [];
  const assets = await collectAssets(sources.islands, statics, mode);
  const files = new Map<string, StaticFile>(statics.map((file) => [file.path, file]));
  for (const script of scriptFiles(assets, mode)) {
    files.set(script.path, script);
  }
  return {
    id: assets.id,
    mode,
    root: config.root,
    scripts: assets.scripts,
    islands: await Promise.all(sources.islands.map((file) => importIsland(file, assets))),
    routes: await Promise.all(sources.routes.map(importRoute)),
    async findStatic(path) {
      const file = files.get(path);
      if (file !== undefined || mode === "production") return file ?? null;
      return await findStaticFile(config.staticDir, path);
    },
  };
}

function scriptFiles(
  { bundle, pathOf, hashes }: BuildAssets,
  mode: Mode,
): (StaticFile & { path: string })[] {
  return bundle.scripts.map((script) => {
    const bytes = new TextEncoder().encode(script.code);
    return {
      path: pathOf(script),
      contentType: contentTypeOf(script.name),
      size: bytes.length,
      hash: mode === "production" ? hashes.get(script) ?? null : null,
      read: () => Promise.resolve(bytes),
    };
  });
}

async function importIsland(file: string, assets: BuildAssets): Promise<IslandModule> {
  return { name: stemOf(file), exports: await load(file), script: assets.islandScript(file) };
}

async function importRoute({ path, file, eager }: RouteSource): Promise<RouteFile> {
  const route = { path, load: () => load(file) };
  return eager ? { ...route, module: await load(file) } : route;
}

async function load(file: string): Promise<RouteModule> {
  return await import(pathToFileURL(file).href);
}
