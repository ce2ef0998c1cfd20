/**
 * Reads the token of operators, as the environment holds it.
 *
 * @module
 */

import { Secret } from "@/lib/ports/secret.ts";

import { ConfigError } from "./config_error.ts";

/** What can stand behind `Bearer` in a header. */
const TOKEN = /^[\x21-\x7e]+$/;

/**
 * Returns the token; `null` if none is set. Space around it, such as the line break at the end of a file
 * that holds it, does not belong to it: no header could carry it.
 *
 * @throws {ConfigError} If no request could ever carry it. The message does not repeat it.
 *
 * @example
 * ```ts
 * import { parseOperatorToken } from "@/lib/config/operator_token.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseOperatorToken("correct-horse\n")?.reveal(), "correct-horse");
 * assertEquals(parseOperatorToken(""), null);
 * ```
 */
export function parseOperatorToken(text: string | undefined): Secret | null {
  const token = text?.trim() ?? "";
  if (token === "") return null;
  if (TOKEN.test(token)) return new Secret(token);
  const message = "must be letters, digits and punctuation of ASCII, without spaces inside";
  throw new ConfigError([{ path: "VITALS_TOKEN", message, position: null }], {
    file: "the environment",
  });
}
