/**
 * What is wrong with a configuration, as lines.
 *
 * @module
 */

import { ConfigError } from "@/lib/config/config_error.ts";
import { parseConfig, type ParseConfigOptions } from "@/lib/config/parse_config.ts";

/** Returns `path: message` for each issue of a file, given as text or as the value it holds. */
export function issuesOf(file: unknown, options: ParseConfigOptions = {}): readonly string[] {
  const text = typeof file === "string" ? file : JSON.stringify(file);
  try {
    parseConfig(text, options);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.issues.map(({ path, message }) => `${path}: ${message}`);
  }
}
