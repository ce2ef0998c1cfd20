/**
 * Makes a token, and prints it once with the line of the configuration that knows it: `deno task token`, with a
 * name and scopes as arguments.
 *
 * @module
 */

import { parseArgs } from "node:util";

import { digestOf } from "@/lib/access/token_book.ts";
import { type Scope, SCOPES } from "@/lib/protocol/access_table.ts";

const USAGE = `Usage: deno task token <name> [<scope> …]

Makes a random token. Scopes are ${SCOPES.join(", ")}; without any it is one to read.`;

/** What is asked for. */
export interface TokenWish {
  /** What the token goes by. */
  readonly name: string;
  /** What it is good for. */
  readonly scopes: readonly Scope[];
}

/**
 * Returns what arguments ask for.
 *
 * @throws {RangeError} If they ask for no name, or for a scope that there is not.
 */
export function parseTokenWish([name, ...words]: readonly string[]): TokenWish {
  if (name === undefined || !/^[A-Za-z][A-Za-z0-9_.-]{0,63}$/.test(name)) {
    throw new RangeError(
      "Cannot make a token: it wants a name that begins with a letter, of A-Z, a-z, 0-9, dot, underscore and hyphen",
    );
  }
  const scopes = SCOPES.filter((scope) => words.includes(scope));
  const unknown = words.find((word) => SCOPES.every((scope) => scope !== word));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot make a token: there is no scope "${unknown}"; scopes are ${SCOPES.join(", ")}`,
    );
  }
  return { name, scopes: scopes.length > 0 ? scopes : ["read"] };
}

/** Returns the text that tells of a token. */
export function formatToken(token: string, { name, scopes }: TokenWish): string {
  const listed = scopes.map((scope) => `"${scope}"`).join(", ");
  return [
    "The token, which is shown this once and kept nowhere:",
    "",
    `  ${token}`,
    "",
    'What knows it, for "tokens" of "auth" in vitals.config.jsonc:',
    "",
    `  { "name": "${name}", "sha256": "${digestOf(token)}", "scopes": [${listed}] }`,
    "",
  ].join("\n");
}

if (import.meta.main) main();

function main(): void {
  const { positionals, values } = parseArgs({
    args: Deno.args,
    options: { help: { type: "boolean", short: "h", default: false } },
    allowPositionals: true,
  });
  if (values.help) return say(USAGE);
  try {
    const bytes = crypto.getRandomValues(new Uint8Array(32));
    const wish = parseTokenWish(positionals);
    say(formatToken(bytes.toBase64({ alphabet: "base64url", omitPadding: true }), wish));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // deno-lint-ignore no-console -- the program's answer to who called it
    console.error(`${error.message}\n\n${USAGE}`);
    Deno.exit(2);
  }
}

function say(text: string): void {
  // deno-lint-ignore no-console -- the program's answer to who called it
  console.log(text);
}
