/**
 * Makes of a command of curl the request that it would send.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

/** Variables of a shell by name. */
export type Variables = Readonly<Record<string, string>>;

/** Returns the request of a command with an address and perhaps `-X`, `-H`, `--json` and `--data-raw`. */
export function curlRequest(command: string, variables: Variables = {}): Request {
  const [program, ...words] = splitWords(command, variables);
  assertEquals(program, "curl");
  const headers = new Headers();
  let method: string | undefined;
  let address: string | undefined;
  let body: string | undefined;
  while (words.length > 0) {
    const word = words.shift() ?? "";
    if (word === "-X") method = words.shift();
    else if (word === "-H") headers.set(...splitHeader(words.shift() ?? ""));
    else if (word === "--data-raw") body = words.shift();
    else if (word === "--json") {
      body = words.shift();
      // As curl does from 7.82 on.
      for (const name of ["content-type", "accept"]) headers.set(name, "application/json");
    } else {
      assert(!word.startsWith("-") && address === undefined, `${word} is not understood`);
      address = word;
    }
  }
  assert(address !== undefined);
  const asked = method ?? (body === undefined ? "GET" : "POST");
  return new Request(address, { method: asked, headers, ...body === undefined ? {} : { body } });
}

function splitHeader(header: string): [name: string, value: string] {
  const [, name = "", value = ""] = /^([^:]+): *(.*)$/.exec(header) ?? [];
  return [name, value];
}

/** Splits as a POSIX shell does; it knows both quotes, a backslash before a single one, and variables. */
function splitWords(command: string, variables: Variables): string[] {
  const words = command.match(/(?:'[^']*'|"[^"]*"|\\'|[^\s'"\\])+/g) ?? [];
  return words.map((word) => {
    return word.replace(
      /'([^']*)'|"([^"]*)"|\\(')/g,
      (_, quoted = "", filled = "", escaped = "") => quoted + fill(filled, variables) + escaped,
    );
  });
}

function fill(text: string, variables: Variables): string {
  return text.replace(/\$(\w+)/g, (_, name: string) => variables[name] ?? "");
}
