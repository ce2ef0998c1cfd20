/**
 * What `deno task scenario` is told on its command line.
 *
 * @module
 */

import { parseArgs } from "node:util";

/** What it is to do. */
export type ScenarioFlags =
  | { readonly kind: "help" }
  | { readonly kind: "list" }
  /** Plays it in virtual time. */
  | { readonly kind: "fast"; readonly name: string }
  /** Plays it on a running Vitals. */
  | { readonly kind: "live"; readonly name: string; readonly url: URL };

/** What `--help` prints. */
export const USAGE = `Plays a scenario of simulators/scenarios.

  deno task scenario --list            what there is
  deno task scenario <name> --fast     in virtual time, in a moment
  deno task scenario <name>            on a running Vitals, at real speed

  --url <url>   where Vitals is, by default http://127.0.0.1:8000

Ends with 0 if all comes as the scenario expects, with 1 if not, with 2 if it cannot be played.
VITALS_TOKEN in the environment is sent as a bearer token.`;

const DEFAULT_URL = "http://127.0.0.1:8000";

/**
 * Returns what the arguments say.
 *
 * @throws {TypeError} If they are wrong; the message is one line for a terminal.
 */
export function parseScenarioFlags(args: readonly string[]): ScenarioFlags {
  const { values, positionals: [name, ...more] } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      list: { type: "boolean" },
      fast: { type: "boolean" },
      url: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return { kind: "help" };
  if (values.list) return { kind: "list" };
  if (name === undefined || more.length > 0) {
    throw new TypeError("Cannot play a scenario: expected one name; --list shows what there is");
  }
  if (values.fast) return { kind: "fast", name };
  return { kind: "live", name, url: parseUrl(values.url ?? DEFAULT_URL) };
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new TypeError(`Cannot use --url "${text}": expected such as ${DEFAULT_URL}`);
}
