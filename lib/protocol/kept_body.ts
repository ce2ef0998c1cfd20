/**
 * Bodies that are the same for everybody: made and compressed once, and sent again only when they are news.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";

/** A body that is ready to be sent. */
export interface KeptBody {
  /** As it is. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Compressed by gzip (RFC 1952). */
  readonly gzip: Uint8Array<ArrayBuffer>;
  /** A weak validator: compressed or not, it says the same. */
  readonly etag: string;
  /** When what it says changed for the last time. */
  readonly changedAt: Instant;
}

/** How it is sent. */
export interface KeptAnswer {
  /** Its content type. */
  readonly type: string;
  /** For how long it may be reused, in seconds. */
  readonly maxAgeS: number;
}

/** Returns a text as a body. */
export async function keepBody(text: string, changedAt: Instant): Promise<KeptBody> {
  const bytes = new TextEncoder().encode(text);
  const compressed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  const gzip = new Uint8Array(await new Response(compressed).arrayBuffer());
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const etag = `W/"${hash.slice(0, 12).toBase64({ alphabet: "base64url" })}"`;
  return { bytes, gzip, etag, changedAt };
}

/**
 * Returns the answer to a request: the body, or 304 if it is no news (RFC 9110, section 13). Shared caches may
 * keep it.
 */
export function answerKept(
  { headers }: Pick<Request, "headers">,
  { bytes, gzip, etag, changedAt }: KeptBody,
  { type, maxAgeS }: KeptAnswer,
): Response {
  const shared = {
    "cache-control": `public, max-age=${maxAgeS}, stale-while-revalidate=${STALE_S}`,
    "last-modified": new Date(changedAt).toUTCString(),
    etag,
    vary: "accept-encoding",
  };
  if (isKnown(headers, { etag, changedAt })) {
    return new Response(null, { status: 304, headers: shared });
  }
  const isShort = acceptsGzip(headers.get("accept-encoding"));
  return new Response(isShort ? gzip : bytes, {
    headers: {
      ...shared,
      "content-type": type,
      ...(isShort ? { "content-encoding": "gzip" } : {}),
    },
  });
}

/** For how long caches may hand out an older one while they ask for the next, in seconds. */
const STALE_S = 60;

/** `If-None-Match` comes before `If-Modified-Since`, whatever it says; weak validators are enough for both. */
function isKnown(headers: Headers, { etag, changedAt }: Pick<KeptBody, "etag" | "changedAt">) {
  const match = headers.get("if-none-match");
  if (match !== null) {
    return match.split(",").map((each) => each.trim())
      .some((each) => each === "*" || each.replace(/^W\//, "") === etag.slice("W/".length));
  }
  const since = Date.parse(headers.get("if-modified-since") ?? "");
  // Headers have whole seconds.
  return Math.floor(changedAt / 1_000) * 1_000 <= since;
}

function acceptsGzip(header: string | null): boolean {
  return (header ?? "").split(",").some((each) => {
    const [coding = "", ...parameters] = each.split(";").map((part) => part.trim().toLowerCase());
    return (coding === "gzip" || coding === "*") &&
      !parameters.some((part) => /^q=0(\.0*)?$/.test(part));
  });
}
