/**
 * What the agent is told on its command line.
 *
 * @module
 */

import { parseArgs } from "node:util";

import { parseDuration } from "@/lib/domain/instant.ts";
import { SERVICE_NAME, SERVICE_NAME_RULE } from "@/lib/domain/sample.ts";

/** What the agent is to do. */
export type AgentFlags =
  | { readonly kind: "help" }
  | {
    readonly kind: "run";
    /** Where Vitals is. */
    readonly url: URL;
    /** Name of the service; `null` if it is to be made of the host's name. */
    readonly service: string | null;
    /** The distance between samples, in milliseconds. */
    readonly intervalMs: number;
  };

/** What `--help` prints. */
export const USAGE = `Sends CPU and memory of this machine to Vitals.

  deno task agent --url http://127.0.0.1:8000

  --url <url>            where Vitals is (required)
  --service <name>       name of the service, by default the name of this host
  --interval <duration>  time between samples, 100ms to 1h, by default 1s
  --help                 prints this

VITALS_TOKEN in the environment is sent as a bearer token.`;

/** The distances between samples that are useful, in milliseconds. */
const INTERVAL_MS = { min: 100, max: 3_600_000 } as const;

/**
 * Returns what the arguments say.
 *
 * @throws {TypeError} If they are wrong; the message is one line for a terminal.
 *
 * @example
 * ```ts
 * import { parseAgentFlags } from "@/agent/flags.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const flags = parseAgentFlags(["--url", "http://127.0.0.1:8000", "--interval", "5s"]);
 * assertEquals(flags.kind === "run" && flags.intervalMs, 5_000);
 * ```
 */
export function parseAgentFlags(args: readonly string[]): AgentFlags {
  const { url, service, interval = "1s", help } = parseValues(args);
  if (help) return { kind: "help" };
  if (url === undefined) fail("--url is missing; give --url http://127.0.0.1:8000 or such");
  if (service !== undefined && !SERVICE_NAME.test(service)) {
    fail(`--service ${SERVICE_NAME_RULE}, got "${service}"`);
  }
  return {
    kind: "run",
    url: parseUrl(url),
    service: service ?? null,
    intervalMs: parseInterval(interval),
  };
}

/**
 * Returns the service name that is closest to a host's name.
 *
 * @example
 * ```ts
 * import { toServiceName } from "@/agent/flags.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(toServiceName("Anna's MacBook.local"), "anna-s-macbook.local");
 * ```
 */
export function toServiceName(hostname: string): string {
  const name = hostname.toLowerCase().replace(/[^a-z0-9._-]+/g, "-").slice(0, 64);
  return SERVICE_NAME.test(name) ? name : "host";
}

function parseValues(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        url: { type: "string" },
        service: { type: "string" },
        interval: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
    return values;
  } catch (error) {
    const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return fail(line);
  }
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    return fail(`--url must be such as http://127.0.0.1:8000, got "${text}"`);
  }
  if (url.username !== "" || url.password !== "") {
    return fail("--url must not hold a user name or password; a token goes into VITALS_TOKEN");
  }
  return url;
}

function parseInterval(text: string): number {
  try {
    const intervalMs = parseDuration(text);
    if (intervalMs >= INTERVAL_MS.min && intervalMs <= INTERVAL_MS.max) return intervalMs;
  } catch {
    // The message below says what is right in either case.
  }
  return fail(`--interval must be a duration from 100ms to 1h, got "${text}"`);
}

function fail(message: string): never {
  throw new TypeError(`Cannot start agent: ${message}`);
}
