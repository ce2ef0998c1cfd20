/**
 * What a probe looks at, from its address and what belongs to it in the configuration.
 *
 * @module
 */

import type { ProbeTarget, SourceFacts } from "@/lib/ports/source_config.ts";
import type { Secret } from "@/lib/ports/secret.ts";

import type { ReceiverTexts } from "../receiver_texts.ts";
import type { ProbeEntry } from "./probe.ts";
import { type ReportAt, resolveExpect } from "./probe_expect.ts";

/** What a target is resolved with. */
export interface TargetScope {
  /** Reads texts that may be secret. */
  readonly texts: ReceiverTexts;
  /** Takes what is wrong. */
  readonly report: ReportAt;
}

/** A target, and what follows from it. */
export type FoundTarget = Pick<SourceFacts, "about" | "hosts"> & {
  /** What is looked at. */
  readonly target: ProbeTarget;
};

/** What says something about HTTP alone. */
const OF_HTTP = ["method", "headers", "body", "expect", "redirects", "maxBytes"] as const;

/** Connections are asked for by other means, or not at all (RFC 9110, section 7.6.1). */
const FORBIDDEN = [
  ...["connection", "content-length", "expect", "keep-alive", "te", "trailer", "upgrade"],
  ...["accept-encoding", "transfer-encoding"],
];

/** A value of a header (RFC 9110, section 5.5), of characters that all servers read in the same way. */
const HEADER_VALUE = {
  pattern: /^(?:[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?)?$/,
  error: "must be characters of ASCII without line breaks, and without spaces at the ends",
};

/** Returns what a probe looks at; `null`, with the reason reported, if that means nothing. */
export function resolveTarget(entry: ProbeEntry, scope: TargetScope): FoundTarget | null {
  const address = scope.texts.address("url", entry.url, ["http:", "https:", "tcp:"]);
  if (address === null) return null;
  const url = new URL(address.reveal());
  if (url.protocol === "tcp:") return resolveTcp(entry, url, scope);
  if (url.hash === "") return resolveHttp(entry, address, scope);
  scope.report(["url"], "must be an address without a #fragment");
  return null;
}

function resolveTcp(
  entry: ProbeEntry,
  { hostname, port, username, password, pathname, search, hash }: URL,
  { report }: TargetScope,
): FoundTarget | null {
  const unused = OF_HTTP.filter((key) => entry[key] !== undefined);
  for (const key of unused) report([key], "is for http:// and https:// only");
  const isBare = username + password + pathname + search + hash === "";
  if (port === "" || port === "0" || !isBare) {
    report(["url"], 'must be a host and its port alone, as in "tcp://db.example.com:5432"');
    return null;
  }
  if (unused.length > 0) return null;
  const host = `${hostname}:${port}`;
  const target = { kind: "tcp", hostname, port: Number(port) } as const;
  return { target, about: `TCP ${host}`, hosts: [host] };
}

function resolveHttp(
  entry: ProbeEntry,
  url: Secret,
  { texts, report }: TargetScope,
): FoundTarget | null {
  const { method = "GET", redirects = 5, maxBytes = 1_048_576 } = entry;
  const headers = resolveHeaders(entry, { texts, report });
  const body = entry.body === undefined ? null : texts.text(["body"], entry.body);
  if (entry.body !== undefined && ["GET", "HEAD"].includes(method)) {
    report(["body"], `cannot go with ${method}; "method": "POST" would take it`);
  }
  const expect = resolveExpect(entry.expect ?? {}, report);
  if (headers === null || (body === null && entry.body !== undefined)) return null;
  const { origin } = new URL(url.reveal());
  return {
    target: { kind: "http", url, method, headers, body, redirects, maxBytes, expect },
    about: `${method} ${origin}/`,
    hosts: hostsOf(url, redirects),
  };
}

function resolveHeaders(
  { headers = {} }: ProbeEntry,
  { texts, report }: TargetScope,
): Readonly<Record<string, Secret>> | null {
  const found = new Map<string, Secret>();
  const names = Object.keys(headers);
  for (const [name, text] of Object.entries(headers)) {
    const key = name.toLowerCase();
    if (FORBIDDEN.includes(key)) report(["headers", name], "is not a header that can be given");
    else if (found.has(key)) report(["headers", name], "is given twice");
    const value = texts.text(["headers", name], text, HEADER_VALUE);
    if (value !== null) found.set(key, value);
  }
  return found.size < names.length ? null : Object.fromEntries(found);
}

/** The host itself, and as what most sites redirect plain requests to: the same host with TLS. */
function hostsOf(url: Secret, redirects: number): string[] {
  const { protocol, hostname, port } = new URL(url.reveal());
  const own = `${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
  return protocol === "http:" && port === "" && redirects > 0 ? [own, `${hostname}:443`] : [own];
}
