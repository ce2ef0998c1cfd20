/**
 * Reading what source text imports and calls, for the test of layers. It knows no grammar, only comments,
 * strings and what imports look like; the sources are formatted, which makes that enough.
 *
 * @module
 */

/** An import or a re-export. */
export interface Import {
  /** What stands in the quotes. */
  readonly specifier: string;
  /** Whether it goes when types are stripped. */
  readonly typeOnly: boolean;
}

const STRING_OR_COMMENT =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

const STATIC = /\b(?:import|export)\s+(type\s+)?(?:[\w$*\s{},]*?\bfrom\s*)?"([^"\n]+)"/g;

const DYNAMIC = /\bimport\s*\(\s*"([^"\n]+)"/g;

/**
 * Returns the static and dynamic imports and the re-exports of a source text.
 *
 * @example
 * ```ts
 * import { findImports } from "@/tools/source_text.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(findImports('import type { A } from "./a.ts";'), [
 *   { specifier: "./a.ts", typeOnly: true },
 * ]);
 * ```
 */
export function findImports(source: string): Import[] {
  const code = withoutComments(source);
  const statics = [...code.matchAll(STATIC)].map(([, type, specifier = ""]) => ({
    specifier,
    typeOnly: type !== undefined,
  }));
  const dynamics = [...code.matchAll(DYNAMIC)].map(([, specifier = ""]) => ({
    specifier,
    typeOnly: false,
  }));
  return [...statics, ...dynamics];
}

/** Names through which code reaches the world: time, chance, network, system, terminal. */
export const EFFECTS = [
  "Date.now",
  "new Date()",
  "performance",
  "setTimeout",
  "setInterval",
  "Math.random",
  "fetch",
  "Deno",
  "console",
] as const;

/** One of {@linkcode EFFECTS}. */
export type Effect = (typeof EFFECTS)[number];

/** Returns which effects a source text names outside comments and strings, in the order of the list. */
export function findEffects(source: string): Effect[] {
  const code = withoutComments(source).replace(STRING_OR_COMMENT, blankString);
  return EFFECTS.filter((effect) => patternOf(effect).test(code));
}

function patternOf(effect: Effect): RegExp {
  switch (effect) {
    case "new Date()":
      return /\bnew\s+Date\s*\(\s*\)/;
    case "Deno":
    case "console":
    case "performance":
      return new RegExp(`(?<![\\w$.])${effect}\\s*\\.`);
    case "fetch":
    case "setTimeout":
    case "setInterval":
      return new RegExp(
        `(?<![\\w$.])(?:globalThis\\.)?${effect}\\b(?!\\s*[:?]|\\s*\\([^)]*\\)\\s*[:{])`,
      );
    case "Date.now":
    case "Math.random":
      return new RegExp(`(?<![\\w$.])${effect.replace(".", "\\.")}\\b`);
  }
}

function withoutComments(source: string): string {
  return source.replace(STRING_OR_COMMENT, (text) => text.startsWith("/") ? " " : text);
}

/** Templates stay: there may be code in them. */
function blankString(text: string): string {
  return text.startsWith("`") ? text : '""';
}
