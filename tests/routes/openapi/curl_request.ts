/**
 * Makes of a command of curl the request that it would send.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

/** Returns the request of a command with an address and perhaps `-X` and `--json`, as curl 7.82 sends it. */
export function curlRequest(command: string): Request {
  const [program, ...words] = splitWords(command);
  assertEquals(program, "curl");
  let method: string | undefined;
  let address: string | undefined;
  let json: string | undefined;
  while (words.length > 0) {
    const word = words.shift() ?? "";
    if (word === "-X") method = words.shift();
    else if (word === "--json") json = words.shift();
    else {
      assert(!word.startsWith("-") && address === undefined, `${word} is not understood`);
      address = word;
    }
  }
  assert(address !== undefined);
  const type = "application/json";
  return new Request(address, {
    method: method ?? (json === undefined ? "GET" : "POST"),
    ...json === undefined ? {} : { body: json, headers: { "content-type": type, accept: type } },
  });
}

/** Splits as a POSIX shell does; of quotes it knows single ones, and a backslash before one of them. */
function splitWords(command: string): string[] {
  const words = command.match(/(?:'[^']*'|\\'|[^\s'\\])+/g) ?? [];
  return words.map((word) => {
    return word.replace(/'([^']*)'|\\(')/g, (_, quoted = "", escaped = "") => quoted + escaped);
  });
}
