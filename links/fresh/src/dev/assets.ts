/**
 * Everything that browsers load from a build, and the id that stands for exactly that.
 *
 * @module
 */

import type { ClientScript, ClientScripts } from "../build.ts";
import type { Mode } from "../config.ts";
import { type Bundle, bundle, type BundledScript } from "./bundle.ts";
import { hashOf } from "./content.ts";
import type { StaticSource } from "./static_folder.ts";

/** Scripts with their URLs and hashes. */
export interface BuildAssets {
  /** Hash of all scripts and static files; the same id never stands for different bytes. */
  readonly id: string;
  /** The scripts. */
  readonly bundle: Bundle;
  /** Hashes of the scripts. */
  readonly hashes: ReadonlyMap<BundledScript, string>;
  /** The scripts that are not islands, by URL. */
  readonly scripts: ClientScripts;
  /** Returns the URL path of a script. */
  pathOf(script: Pick<BundledScript, "name">): string;
  /** Returns the script of an island file. */
  islandScript(file: string): ClientScript;
}

/**
 * Bundles the islands and names the result.
 *
 * @param islands Absolute paths of the island files.
 * @param statics The static files that belong to the build.
 */
export async function collectAssets(
  islands: readonly string[],
  statics: readonly StaticSource[],
  mode: Mode,
): Promise<BuildAssets> {
  const bundled = await bundle(islands, mode);
  const hashes = new Map<BundledScript, string>();
  for (const script of bundled.scripts) {
    hashes.set(script, await hashOf(new TextEncoder().encode(script.code)));
  }
  const lines = [
    ...statics.map(({ path, hash }) => `${path} ${hash}`),
    ...[...hashes].map(([{ name }, hash]) => `${name} ${hash}`),
  ];
  const id = await hashOf(new TextEncoder().encode(lines.sort().join("\n")));
  const pathOf = ({ name }: Pick<BundledScript, "name">) => `/_fresh/js/${id}/${name}`;
  const toClientScript = (script: BundledScript): ClientScript => ({
    path: pathOf(script),
    imports: script.imports.map((name) => pathOf({ name })),
  });
  const islandScripts = new Map(islands.map((file, index) => [file, bundled.islands[index]]));
  return {
    id,
    bundle: bundled,
    hashes,
    pathOf,
    scripts: {
      boot: toClientScript(bundled.boot),
      reload: bundled.reload && toClientScript(bundled.reload),
    },
    islandScript(file) {
      const script = islandScripts.get(file);
      if (script === undefined) {
        throw new Error(`Cannot find the script of island "${file}"`);
      }
      return toClientScript(script);
    },
  };
}
