/**
 * How a page is asked for: its address and the headers that are sent.
 *
 * @module
 */

import { Secret } from "@/lib/ports/secret.ts";
import type { ScrapeConfig } from "@/lib/ports/source_config.ts";

import type { Placed } from "../entries.ts";
import { ReceiverTexts, type TextScope } from "../receiver_texts.ts";

/** What an entry says of its request. */
export interface ScrapeRequestEntry {
  /** The page. */
  readonly url: string;
  /** Is sent as a bearer token. */
  readonly token?: string | undefined;
  /** Headers by name. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The part of a configuration that follows from it. */
export type ScrapeRequest = Pick<ScrapeConfig, "url" | "headers" | "about" | "hosts">;

/** Headers that the connection itself needs. */
const FORBIDDEN = [
  ...["connection", "content-length", "host", "keep-alive", "te", "trailer", "upgrade"],
  ...["accept-encoding", "expect", "transfer-encoding"],
];

const HEADER_VALUE = {
  pattern: /^(?:[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?)?$/,
  error: "must be characters of ASCII without line breaks, and without spaces at the ends",
};

/** Returns how a page is asked for; `null`, with the reason reported, if that means nothing. */
export function resolveScrapeRequest(
  { path, entry }: Placed<ScrapeRequestEntry>,
  scope: TextScope,
): ScrapeRequest | null {
  const texts = new ReceiverTexts(path, scope);
  const address = texts.webAddress("url", entry.url);
  const token = entry.token === undefined ? null : texts.token("token", entry.token);
  const headers = resolveHeaders({ path, entry }, { ...scope, texts });
  if (address === null || token === undefined || headers === null) return null;
  const { url, basic } = splitUser(address);
  const known = [basic, token && new Secret(`Bearer ${token.reveal()}`)].filter((each) =>
    each !== null
  );
  const [authorization] = known;
  const inHeaders = Object.hasOwn(headers, "authorization") ? 1 : 0;
  if (known.length + inHeaders > 1) {
    const message = "must be the only authorization, beside a password in the url and headers";
    scope.report([...path, entry.token === undefined ? "headers" : "token"], message);
    return null;
  }
  return {
    url,
    headers: authorization === undefined ? headers : { ...headers, authorization },
    ...describe(url, entry.url),
  };
}

interface HeaderScope extends TextScope {
  readonly texts: ReceiverTexts;
}

function resolveHeaders(
  { path, entry: { headers } }: Placed<ScrapeRequestEntry>,
  { texts, report }: HeaderScope,
): Record<string, Secret> | null {
  const found = new Map<string, Secret>();
  for (const [name, text] of Object.entries(headers)) {
    const place = [...path, "headers", name];
    const key = name.toLowerCase();
    if (FORBIDDEN.includes(key)) report(place, "is not a header that can be given");
    else if (found.has(key)) report(place, "is given twice");
    const value = texts.text(["headers", name], text, HEADER_VALUE);
    if (value !== null) found.set(key, value);
  }
  return found.size < Object.keys(headers).length ? null : Object.fromEntries(found);
}

/** A user and a password are no part of what is asked for, but a header (RFC 7617). */
function splitUser(address: Secret): { readonly url: Secret; readonly basic: Secret | null } {
  const url = new URL(address.reveal());
  if (url.username === "" && url.password === "") return { url: address, basic: null };
  const pair = [url.username, url.password].map(decodeURIComponent).join(":");
  url.username = "";
  url.password = "";
  const encoded = new TextEncoder().encode(pair).toBase64();
  return { url: new Secret(url.href), basic: new Secret(`Basic ${encoded}`) };
}

/** The path is shown if nothing of it can be secret. */
function describe(address: Secret, text: string): Pick<ScrapeRequest, "about" | "hosts"> {
  const { protocol, host, hostname, port, pathname, search } = new URL(address.reveal());
  const isPlain = !text.includes("${") && search === "";
  return {
    about: `${protocol}//${host}${isPlain ? pathname : "/…"}`,
    hosts: [`${hostname}:${port || (protocol === "https:" ? 443 : 80)}`],
  };
}
