/**
 * Writes the language of `pseudo.ts` as modules, one for each of `texts/en`, and an import map that chooses them.
 *
 * @module
 */

import { join } from "node:path";
import { pathToFileURL } from "node:url";

import config from "../../deno.json" with { type: "json" };

const PROJECT = new URL("../../", import.meta.url);

const ENGLISH = new URL("texts/en/", PROJECT);

/** Symbols of units are parts of values, and what a language decides is no text. */
const KEPT = ["language.ts", "units.ts"];

/** Writes everything into a folder. Returns the path of the import map. */
export async function writePseudoLocale(folder: string): Promise<string> {
  for await (const { name } of Deno.readDir(ENGLISH)) {
    const url = new URL(name, ENGLISH).href;
    const text = KEPT.includes(name)
      ? `export * from "${url}";\n`
      : translated(url, Object.keys(await import(url)));
    await Deno.writeTextFile(join(folder, name), text);
  }
  const map = join(folder, "import_map.json");
  await Deno.writeTextFile(map, JSON.stringify({ imports: importsWith(folder) }));
  return map;
}

function translated(url: string, names: readonly string[]): string {
  const tool = new URL("tests/texts/pseudo.ts", PROJECT).href;
  return [
    `import * as english from "${url}";`,
    `import { translate } from "${tool}";`,
    ...names.map((name) => `export const ${name} = translate(english.${name});`),
  ].join("\n") + "\n";
}

function importsWith(folder: string): Readonly<Record<string, string>> {
  const packages = Object.entries(config.imports).filter(([name]) => !name.endsWith("/"));
  // deno.json lets a package's own paths through by itself, an import map does not.
  const paths = packages.map(([name, address]) => [
    `${name}/`,
    `${address.replace(/^(npm|jsr):/, "$1:/")}/`,
  ]);
  return {
    ...config.imports,
    ...Object.fromEntries(paths),
    "@/": PROJECT.href,
    "@/texts/": `${pathToFileURL(folder).href}/`,
  };
}
