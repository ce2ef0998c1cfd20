/**
 * Bundles islands and the client runtime for the browser.
 *
 * @module
 */

import { basename, dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

import type { Mode } from "../config.ts";

/** A bundled script. */
export interface BundledScript {
  /** Its file name; all scripts share one folder. */
  readonly name: string;
  /** Its text. */
  readonly code: string;
  /** Names of the scripts that it cannot run without, over any number of steps. */
  readonly imports: readonly string[];
}

/** All scripts of a build. */
export interface Bundle {
  /** Entries and what they share, in no particular order. */
  readonly scripts: readonly BundledScript[];
  /** The script that exports `boot()`. */
  readonly boot: BundledScript;
  /** The script that reloads the page; in development only. */
  readonly reload: BundledScript | null;
  /** The script of each island file, in the order in which these were given. */
  readonly islands: readonly BundledScript[];
}

/** A script as it comes from the bundler. */
interface Output {
  readonly path: string;
  readonly text: string;
}

const BOOT = new URL("../client/boot.ts", import.meta.url);
const RELOAD = new URL("../client/reload.ts", import.meta.url);

/** An import of another script, static or (with the bracket) dynamic. */
const IMPORT = /(\bfrom\s*|\bimport\s*\(?\s*)(["'])(\.{1,2}\/[^"'\n]+)\2/g;

/**
 * Bundles the island files together, so that what they share exists once.
 *
 * @param islands Absolute paths.
 * @throws {Error} If the bundler finds a mistake.
 */
export async function bundle(islands: readonly string[], mode: Mode): Promise<Bundle> {
  if (!("bundle" in Deno)) {
    throw new Error('Cannot bundle the islands: deno.json needs "unstable": ["bundle"]');
  }
  const isDevelopment = mode === "development";
  const own = (isDevelopment ? [BOOT, RELOAD] : [BOOT]).map((url) => fileURLToPath(url));
  const entrypoints = [...own, ...islands];
  const result = await Deno.bundle({
    entrypoints,
    outputDir: "out",
    write: false,
    platform: "browser",
    format: "esm",
    codeSplitting: true,
    minify: !isDevelopment,
  });
  if (!result.success) {
    const messages = result.errors.map(({ text, location }) =>
      location ? `${text} (${location.file}:${location.line})` : text
    );
    throw new Error(`Cannot bundle the islands: ${messages.join("; ")}`);
  }
  const outputs = (result.outputFiles ?? []).map((file) => ({
    path: resolve(file.path),
    text: file.text(),
  }));
  const scripts = flatten(outputs, outputPaths(entrypoints, resolve("out")));
  const [boot, ...others] = entrypoints.map((entry) => find(scripts, entry));
  if (boot === undefined) {
    throw new Error("Cannot bundle the islands: the runtime is missing");
  }
  const reload = isDevelopment ? others.shift() ?? null : null;
  return { scripts: [...scripts.values()], boot, reload, islands: others };
}

/** Maps where the bundler puts each entry to the entry. It keeps folders below their common one. */
function outputPaths(entrypoints: readonly string[], outDir: string): Map<string, string> {
  const common = entrypoints.map((entry) => dirname(entry).split(sep)).reduce(commonStart);
  return new Map(entrypoints.map((entry) => {
    const path = relative(common.join(sep) || sep, entry).replace(
      /\.[^.]+$/,
      ".js",
    );
    return [resolve(outDir, path), entry];
  }));
}

function commonStart(a: string[], b: string[]): string[] {
  const end = a.findIndex((segment, index) => segment !== b[index]);
  return end < 0 ? a : a.slice(0, end);
}

/**
 * Moves all scripts into one folder, so that their URLs do not tell where they came from.
 *
 * @returns The scripts by entry, or by output path for what entries share.
 */
function flatten(
  outputs: readonly Output[],
  entries: ReadonlyMap<string, string>,
): Map<string, BundledScript> {
  const names = uniqueNames(outputs);
  const direct = new Map<string, string[]>();
  const codes = new Map(outputs.map(({ path, text }) => {
    const imports: string[] = [];
    const code = text.replace(
      IMPORT,
      (whole, start: string, quote: string, specifier: string) => {
        const target = resolve(dirname(path), specifier);
        const name = names.get(target);
        if (name === undefined) return whole;
        if (!start.includes("(")) imports.push(target);
        return `${start}${quote}./${name}${quote}`;
      },
    );
    direct.set(path, imports);
    return [path, code];
  }));
  return new Map([...names].map(([path, name]) => {
    const imports = reachable(path, direct).map((other) => names.get(other) ?? "");
    return [entries.get(path) ?? path, { name, code: codes.get(path) ?? "", imports }];
  }));
}

function uniqueNames(outputs: readonly Output[]): Map<string, string> {
  const taken = new Set<string>();
  return new Map(outputs.map(({ path }) => {
    const stem = basename(path, ".js");
    let name = `${stem}.js`;
    for (let count = 2; taken.has(name); count++) name = `${stem}_${count}.js`;
    taken.add(name);
    return [path, name];
  }));
}

function reachable(start: string, direct: ReadonlyMap<string, readonly string[]>): string[] {
  const found = new Set<string>();
  const visit = (path: string) => {
    for (const next of direct.get(path) ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(start);
  return [...found];
}

function find(scripts: ReadonlyMap<string, BundledScript>, entry: string): BundledScript {
  const script = scripts.get(entry);
  if (script !== undefined) return script;
  throw new Error(`Cannot bundle the islands: nothing came out for "${entry}"`);
}
