/**
 * Which folder may import what: the direction of imports as a table, and the check of one file against it.
 *
 * @module
 */

import { posix } from "node:path";

import { type Effect, findEffects, findImports, type Import } from "./source_text.ts";

/** What the files of a folder may import. */
export interface Layer {
  /** The start of a path from the project's folder, such as `lib/domain/`; or one file. */
  readonly of: string;
  /** Starts of paths, and names of packages. */
  readonly imports: readonly string[];
  /** Like `imports`, for `import type` alone. */
  readonly types?: readonly string[];
}

/** A file and its text. */
export interface SourceFile {
  /** From the project's folder, with slashes. */
  readonly path: string;
  readonly text: string;
}

/**
 * Returns what is wrong with the imports of a file, a line each. The first layer that fits the file holds; a
 * file without a layer may import nothing.
 */
export function checkImports(file: SourceFile, layers: readonly Layer[]): string[] {
  const layer = layers.find(({ of }) => file.path.startsWith(of));
  return findImports(file.text)
    .filter((found) => !layer || !isAllowed(found, targetOf(found, file.path), layer))
    .map((found) => `${file.path} must not import ${targetOf(found, file.path)}`);
}

/** Returns the effects that a file has and must not have, a line each. */
export function checkEffects(
  file: SourceFile,
  allowed: Readonly<Record<string, readonly Effect[]>>,
): string[] {
  const own = allowed[file.path] ?? [];
  return findEffects(file.text)
    .filter((effect) => !own.includes(effect))
    .map((effect) => `${file.path} must not use ${effect}`);
}

function isAllowed({ typeOnly }: Import, target: string, { imports, types = [] }: Layer): boolean {
  const allowed = typeOnly ? [...imports, ...types] : imports;
  return allowed.some((prefix) =>
    prefix.endsWith("/") ? target.startsWith(prefix) : target === prefix
  );
}

/** Returns the path from the project's folder, or the name of the package. */
function targetOf({ specifier }: Import, importer: string): string {
  if (specifier.startsWith("@/")) return posix.normalize(specifier.slice(2));
  if (!specifier.startsWith(".")) return specifier;
  return posix.join(posix.dirname(importer), specifier);
}
