/**
 * Which hosts a configuration has Vitals talk to.
 *
 * @module
 */

import type { MonitorConfig } from "@/lib/ports/monitor_config.ts";

/** The port where an address names none. */
const PORTS: Readonly<Record<string, string>> = {
  "http:": "80",
  "https:": "443",
  "smtp:": "587",
  "smtps:": "465",
};

/**
 * Returns the hosts that receivers and sources are reached at, each with its port and once, as `--allow-net`
 * takes them.
 *
 * @example
 * ```ts
 * import { parseConfig } from "@/lib/config/parse_config.ts";
 * import { reachableHosts } from "@/lib/config/reachable_hosts.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const receiver = { name: "team", kind: "slack", url: "https://hooks.example.com/services/1" };
 * const config = parseConfig(JSON.stringify({ receivers: [receiver] }));
 * assertEquals(reachableHosts(config), ["hooks.example.com:443"]);
 * ```
 */
export function reachableHosts(
  { receivers, services }: Pick<MonitorConfig, "receivers" | "services">,
): string[] {
  const told = receivers.flatMap(({ target }) =>
    target.kind === "log" ? [] : [hostOf(target.url.reveal())]
  );
  const observed = services.flatMap(({ source }) => "hosts" in source ? source.hosts : []);
  return [...new Set([...told, ...observed])];
}

function hostOf(address: string): string {
  const { hostname, port, protocol } = new URL(address);
  return `${hostname}:${port || PORTS[protocol]}`;
}
