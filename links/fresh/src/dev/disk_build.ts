/**
 * Writes a build to disk.
 *
 * @module
 */

import { dirname, join, relative, sep } from "node:path";

import type { SnapshotFile } from "../internal.ts";
import { type BuildAssets, collectAssets } from "./assets.ts";
import type { ResolvedBuildConfig } from "./build_config.ts";
import { contentTypeOf } from "./content.ts";
import { crawl, type ProjectSources, stemOf } from "./crawl.ts";
import { listStaticFiles, type StaticSource } from "./static_folder.ts";

const HEADER = "// Written by Builder.build(). Changes will be lost.\n";

/**
 * Bundles the project and writes the scripts, a copy of the static files, a list of all modules,
 * and a server. What an earlier build wrote is removed. No module of the project is run.
 *
 * @returns The build's id.
 */
export async function writeDiskBuild(config: ResolvedBuildConfig): Promise<string> {
  const sources = await crawl(config);
  const statics = await listStaticFiles(config.staticDir);
  const assets = await collectAssets(sources.islands, statics, "production");
  await removeIfThere(join(config.outDir, "static"));
  const files = [
    ...await writeScripts(config.outDir, assets),
    ...await copyStaticFiles(config.outDir, statics),
  ];
  const snapshot = snapshotSource({ config, sources, assets, files: Object.fromEntries(files) });
  await Deno.writeTextFile(join(config.outDir, "snapshot.js"), snapshot);
  await Deno.writeTextFile(join(config.outDir, "server.js"), serverSource(config));
  return assets.id;
}

type FileEntry = [path: string, file: SnapshotFile];

async function writeScripts(outDir: string, assets: BuildAssets): Promise<FileEntry[]> {
  const entries: FileEntry[] = [];
  for (const script of assets.bundle.scripts) {
    const path = assets.pathOf(script);
    const bytes = new TextEncoder().encode(script.code);
    await writeFile(join(outDir, "static", path), bytes);
    const hash = assets.hashes.get(script) ?? "";
    const contentType = contentTypeOf(script.name);
    entries.push([path, { file: `./static${path}`, contentType, hash, size: bytes.length }]);
  }
  return entries;
}

async function copyStaticFiles(
  outDir: string,
  statics: readonly StaticSource[],
): Promise<FileEntry[]> {
  const entries: FileEntry[] = [];
  for (const { path, name, contentType, hash, size, read } of statics) {
    await writeFile(join(outDir, "static", name), await read());
    entries.push([path, { file: `./static${path}`, contentType, hash, size }]);
  }
  return entries;
}

interface SnapshotParts {
  readonly config: ResolvedBuildConfig;
  readonly sources: ProjectSources;
  readonly assets: BuildAssets;
  readonly files: Readonly<Record<string, SnapshotFile>>;
}

function snapshotSource({ config, sources, assets, files }: SnapshotParts): string {
  const imports: string[] = [];
  const importAll = (name: string, file: string) => {
    imports.push(`import * as ${name} from ${specifier(config.outDir, file)};\n`);
    return name;
  };
  const islands = sources.islands.map((file, index) => {
    const name = JSON.stringify(stemOf(file));
    const script = JSON.stringify(assets.islandScript(file));
    return `{ name: ${name}, exports: ${importAll(`island${index}`, file)}, script: ${script} }`;
  });
  const routes = sources.routes.map(({ path, file, eager }, index) => {
    const start = `path: ${JSON.stringify(path)}, `;
    if (!eager) {
      return `{ ${start}load: () => import(${specifier(config.outDir, file)}) }`;
    }
    const name = importAll(`route${index}`, file);
    return `{ ${start}module: ${name}, load: () => Promise.resolve(${name}) }`;
  });
  return `${HEADER}${imports.join("")}
export default {
  id: ${JSON.stringify(assets.id)},
  root: ${specifier(config.outDir, config.root)},
  scripts: ${JSON.stringify(assets.scripts)},
  islands: [${islands.map((island) => `\n    ${island},`).join("")}\n  ],
  routes: [${routes.map((route) => `\n    ${route},`).join("")}\n  ],
  files: ${JSON.stringify(files, null, 2)},
};
`;
}

function serverSource({ outDir, serverEntry }: ResolvedBuildConfig): string {
  return `${HEADER}import { createServer } from "fresh/internal";
import { app } from ${specifier(outDir, serverEntry)};
import snapshot from "./snapshot.js";

export default createServer(app, snapshot, import.meta.url);
`;
}

/** Returns a quoted import specifier for a file. */
function specifier(folder: string, file: string): string {
  const path = relative(folder, file).split(sep).map((segment) =>
    segment.replace(/[%?#]/g, encodeURIComponent)
  ).join("/");
  return JSON.stringify(path.startsWith(".") ? path : `./${path}`);
}

async function writeFile(file: string, bytes: Uint8Array): Promise<void> {
  await Deno.mkdir(dirname(file), { recursive: true });
  await Deno.writeFile(file, bytes);
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
