/**
 * Tells where a request came from: by the connection, and by what a proxy says of it if that is trusted.
 *
 * @module
 */

import ipaddr from "ipaddr.js";

import type { Client } from "@/lib/ports/access.ts";
import type { TrustProxy } from "@/lib/ports/monitor_config.ts";

/** What is known of a request. */
export interface Arrival {
  /** The other end of the connection; `null` if that is no address. */
  readonly peer: string | null;
  /** The name and the port that it was sent to; `null` if it does not say. */
  readonly host: string | null;
  /** The headers. */
  readonly headers: Pick<Headers, "get" | "has">;
  /** Whether the connection itself was https. */
  readonly isSecure: boolean;
}

/** Headers by which proxies say that they passed a request on. One of them is enough. */
const FORWARDING = [
  ...["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"],
  ...["x-forwarded-port", "x-forwarded-server", "x-forwarded-by", "x-real-ip", "x-client-ip"],
  ...["x-cluster-client-ip", "true-client-ip", "cf-connecting-ip", "cf-ray", "fastly-client-ip"],
  ...["fly-client-ip", "x-original-forwarded-for", "x-original-host", "x-envoy-external-address"],
];

/**
 * Returns where a request came from.
 *
 * What a proxy passed on is never local, whatever it says: an open Vitals behind a proxy on the same machine
 * would else be open to the world. And local requests name this machine: another name that leads here may be
 * that of a proxy, or of a page that was made to point here (DNS rebinding).
 */
export function clientOf(arrival: Arrival, trustProxy: TrustProxy): Client {
  const peer = normalise(arrival.peer ?? "");
  const isForwarded = FORWARDING.some((name) => arrival.headers.has(name));
  const isLocal = isLoopback(peer) && !isForwarded && namesLoopback(arrival.host);
  const { isSecure } = arrival;
  if (peer === null || !isForwarded) {
    return { address: peer ?? UNKNOWN, isLocal: peer !== null && isLocal, isSecure };
  }
  const { address, proxies } = follow(peer, statedAddresses(arrival.headers), trustProxy);
  const protocol = proxies === 0 ? null : statedProtocol(arrival.headers, proxies);
  return { address, isLocal, isSecure: protocol === null ? isSecure : protocol === "https" };
}

const UNKNOWN = "unknown";

/** Goes back from proxy to proxy as long as they are trusted, and what they say is an address. */
function follow(
  peer: string,
  stated: readonly string[],
  trustProxy: TrustProxy,
): { readonly address: string; readonly proxies: number } {
  let address = peer;
  let proxies = 0;
  while (isTrusted(address, proxies, trustProxy)) {
    const before = normalise(stated.at(-1 - proxies) ?? "");
    if (before === null) return { address, proxies: proxies + 1 };
    address = before;
    proxies++;
  }
  return { address, proxies };
}

function isTrusted(address: string, proxies: number, trustProxy: TrustProxy): boolean {
  if (trustProxy === false) return false;
  if (typeof trustProxy === "number") return proxies < trustProxy;
  return trustProxy.some((range) => isWithin(address, range));
}

function isWithin(address: string, range: string): boolean {
  const parsed = ipaddr.process(address);
  const [net, bits] = range.includes("/") ? ipaddr.parseCIDR(range) : [ipaddr.parse(range), null];
  if (net.kind() !== parsed.kind()) return false;
  return parsed.match(net, bits ?? (net.kind() === "ipv4" ? 32 : 128));
}

/**
 * Returns the addresses that proxies state, the nearest last. If `X-Forwarded-For` and `Forwarded` differ, one
 * of them is what the client itself sent, and neither is believed.
 */
function statedAddresses(headers: Arrival["headers"]): readonly string[] {
  const older = splitList(headers.get("x-forwarded-for"));
  const newer = splitList(headers.get("forwarded")).map(forIn);
  if (older.length === 0) return newer;
  if (newer.length === 0) return older;
  const isSame = older.length === newer.length &&
    older.every((each, index) => normalise(each) === normalise(newer[index] ?? ""));
  return isSame ? older : [];
}

function splitList(header: string | null): readonly string[] {
  return (header ?? "").split(",").map((part) => part.trim()).filter((part) => part !== "");
}

/** RFC 7239: `for=192.0.2.60;proto=http`, `for="[2001:db8:cafe::17]:4711"`. */
function forIn(element: string): string {
  const [, value = ""] = /(?:^|;)\s*for="?([^";]+)"?/i.exec(element) ?? [];
  return value;
}

function statedProtocol(headers: Arrival["headers"], proxies: number): string | null {
  const stated = splitList(headers.get("x-forwarded-proto"));
  const nearest = stated.at(-proxies) ?? stated[0];
  if (nearest !== undefined) return nearest.toLowerCase();
  const element = splitList(headers.get("forwarded")).at(-proxies) ?? "";
  const [, protocol] = /(?:^|;)\s*proto="?([a-z]+)"?/i.exec(element) ?? [];
  return protocol?.toLowerCase() ?? null;
}

/** Returns an address in its one form, without brackets, port and zone; `null` if it is none. */
function normalise(text: string): string | null {
  const [, bracketed] = /^\[([^\]]+)\](?::\d+)?$/.exec(text) ?? [];
  const [, beforePort] = /^([\d.]+):\d+$/.exec(text) ?? [];
  const address = (bracketed ?? beforePort ?? text).replace(/%.*$/, "");
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return address;
  return ipaddr.IPv6.isValid(address) ? ipaddr.process(address).toString() : null;
}

function isLoopback(address: string | null): boolean {
  return address !== null && ipaddr.process(address).range() === "loopback";
}

/** Programs that speak HTTP/1.0 send no `Host`; browsers always do. */
function namesLoopback(host: string | null): boolean {
  if (host === null) return true;
  const name = URL.parse(`http://${host}`)?.hostname ?? "";
  return name === "localhost" || name.endsWith(".localhost") || name === "[::1]" ||
    /^127(\.\d+){3}$/.test(name);
}
